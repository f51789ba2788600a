import { describe, expect, it } from 'vitest';
import { assetRule, rule, withWorld } from './client.ts';

const url = 'https://static.example.com/a.html';
const asset = { name: 'a', description: '', url };

describe('the watch over live rules', () => {
  it('sees an asset deleted from under a rule, once, and nobody at the dashboard', () =>
    withWorld({}, async ({ send, call, sandbox, zonePath, entrypoint }) => {
      await send('POST', `${zonePath}/custom_pages/assets`, asset);
      await send('PUT', entrypoint, { rules: [assetRule('r', 'a')] });
      expect(sandbox.violations).toEqual([]);
      await send('DELETE', `${zonePath}/custom_pages/assets/a`);
      await send('POST', `${zonePath}/custom_pages/assets`, { ...asset, name: 'b' });
      expect(sandbox.violations).toEqual([expect.stringContaining('names asset a, which is not there')]);
      await call('PUT', entrypoint, { rules: [assetRule('s', 'b')] });
      await call('DELETE', `${zonePath}/custom_pages/assets/b`);
      expect(sandbox.violations).toHaveLength(1);
    }));
});

describe('the guard', () => {
  it('takes claimed writes and reports every other one', () =>
    withWorld({ zones: ['one.example', 'two.example'] }, async ({ send, sandbox, zone }) => {
      const [one, two] = [zone('one.example'), zone('two.example')];
      const put = (scope: string, phase: string, body: unknown) =>
        send('PUT', `/zones/${scope}/rulesets/phases/${phase}/entrypoint`, body);
      sandbox.guard([
        { scope: one, kind: 'rules' },
        { scope: two, kind: 'assets' },
      ]);
      await put(one, 'http_custom_errors', { rules: [rule('a')] });
      await send('POST', `/zones/${two}/custom_pages/assets`, asset);
      await put(two, 'http_custom_errors', { rules: [{}] });
      expect(sandbox.violations).toEqual([]);

      await send('POST', `/zones/${one}/custom_pages/assets`, asset);
      await put(two, 'http_custom_errors', { rules: [] });
      await put(one, 'http_ratelimit', { rules: [] });
      expect(sandbox.violations).toEqual([
        `${one}: assets were written, nobody claims them`,
        `${two}: rules were written, nobody claims them`,
        `${one}: a ruleset of the foreign phase http_ratelimit was written`,
      ]);
    }));
});

describe('disturbances', () => {
  it('answer in place of the API, cut before the work, or after it', () => {
    const kinds = ['answer', 'hang-up', 'lose-answer'] as const;
    let turn = 0;
    const before = () => {
      const kind = kinds[turn++];
      return kind === 'answer'
        ? { kind, status: 429, headers: { 'retry-after': '7' }, body: null }
        : kind && { kind };
    };
    return withWorld({ before }, async ({ send, sandbox, entrypoint, baseUrl }) => {
      const authorization = 'Bearer test';
      const throttled = await fetch(`${baseUrl}/zones`, { headers: { authorization } });
      expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '7']);
      await expect(send('PUT', entrypoint, { rules: [] })).rejects.toThrow();
      expect(sandbox.state().scopes).toEqual({});
      await expect(send('PUT', entrypoint, { rules: [] })).rejects.toThrow();
      expect((await send('GET', entrypoint)).result.version).toBe('1');
      expect(sandbox.log.map(({ method, status }) => [method, status])).toEqual([
        ['GET', 429],
        ['PUT', 0],
        ['PUT', 0],
        ['GET', 200],
      ]);
    });
  });

  it('let the dashboard act in the middle of a request', () => {
    const hand: { act?: () => Promise<unknown> } = {};
    const before = async () => {
      await hand.act?.();
      return undefined;
    };
    return withWorld({ before }, async ({ send, call, sandbox, entrypoint }) => {
      hand.act = () => call('PUT', entrypoint, { rules: [rule('dashboard')] });
      expect((await send('PUT', entrypoint, { rules: [rule('ours')] })).result.version).toBe('2');
      expect(sandbox.log).toHaveLength(1);
    });
  });

  it('are not needed for writes to wait for each other', () =>
    withWorld({}, async ({ send, zonePath, entrypoint }) => {
      const { result } = await send('PUT', entrypoint, { rules: [] });
      const adds = Array.from({ length: 20 }, (_, n) =>
        send('POST', `${zonePath}/rulesets/${result.id}/rules`, rule(`r${n}`)),
      );
      const versions = (await Promise.all(adds)).map((reply) => Number(reply.result.version));
      expect(versions.toSorted((a, b) => a - b)).toEqual(adds.map((_, n) => n + 2));
    }));
});

describe('requests that lead nowhere', () => {
  it.each([
    ['GET', '/nothing', 404],
    ['POST', '/zones', 404],
    ['GET', '/zones/%zz', 400],
    ['GET', '/zones/nonsense/rulesets', 404],
    ['GET', '/zones/00000000000000000000000000000000/rulesets', 403],
  ])('%s %s', (method, target, status) =>
    withWorld({}, async ({ send, sandbox }) => {
      expect(await send(method, target)).toMatchObject({ status, result: null });
      expect(sandbox.violations).toEqual([]);
    }),
  );

  it('a path outside of /client/v4 is none of the API', () =>
    withWorld({}, async ({ baseUrl }) => {
      const headers = { authorization: 'Bearer test' };
      expect((await fetch(new URL('/zones', baseUrl), { headers })).status).toBe(404);
    }));
});
