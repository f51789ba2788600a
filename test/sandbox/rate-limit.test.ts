import { describe, expect, it } from 'vitest';
import type { RateLimit } from '../../src/sandbox/sandbox.ts';
import { sandboxWorld } from './world.ts';

interface Seen {
  readonly status: number;
  readonly left: string | null;
  readonly policy: string | null;
  readonly retryAfter: string | null;
}

interface Scene {
  ask(target?: string, token?: string): Promise<Seen>;
  pass(ms: number): void;
}

const tokens = [{ token: 'mine' }, { token: 'mine-too' }, { token: 'owned', account: 'a'.repeat(32) }];

async function withLimit(limit: RateLimit, test: (scene: Scene) => Promise<void>): Promise<void> {
  let now = Date.UTC(2026, 0, 1);
  await using world = await sandboxWorld({ limit, tokens, now: () => new Date(now) });
  await test({
    pass: (ms) => {
      now += ms;
    },
    ask: async (target = '/zones', token = 'mine') => {
      const { status, headers } = await fetch(`${world.baseUrl}${target}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return {
        status,
        left: headers.get('ratelimit'),
        policy: headers.get('ratelimit-policy'),
        retryAfter: headers.get('retry-after'),
      };
    },
  });
}

describe('the limit of requests', () => {
  it('says on every answer what is left, and refuses one too many for a whole window', async () => {
    await withLimit({ requests: 2, windowMs: 60_000 }, async ({ ask, pass }) => {
      const policy = '"default";q=2;w=60';
      expect(await ask()).toEqual({ status: 200, left: '"default";r=1;t=60', policy, retryAfter: null });
      pass(20_000);
      expect(await ask('/nowhere')).toMatchObject({ status: 404, left: '"default";r=0;t=40', policy });
      pass(30_000);
      const refused = { status: 429, left: '"default";r=0;t=60', policy, retryAfter: '60' };
      expect(await ask()).toEqual(refused);
      pass(59_000);
      expect(await ask()).toMatchObject({ status: 429, retryAfter: '1' });
      pass(1_000);
      expect(await ask()).toMatchObject({ status: 200, left: '"default";r=1;t=60' });
    });
  });

  it('without a penalty refuses to the end of the window only', async () => {
    await withLimit({ requests: 1, windowMs: 10_000, penalty: false }, async ({ ask, pass }) => {
      await ask();
      pass(4_500);
      expect(await ask()).toMatchObject({ status: 429, retryAfter: '6' });
      pass(5_500);
      expect(await ask()).toMatchObject({ status: 200 });
    });
  });

  it('is one for all tokens of the user, another for a token that an account owns, none for nobody', async () => {
    await withLimit({ requests: 1, windowMs: 10_000 }, async ({ ask }) => {
      expect((await ask('/zones', 'mine')).status).toBe(200);
      expect((await ask('/zones', 'mine-too')).status).toBe(429);
      expect((await ask('/zones', 'owned')).status).toBe(200);
      expect(await ask('/zones', 'unknown')).toMatchObject({ status: 403, left: null });
    });
  });
});
