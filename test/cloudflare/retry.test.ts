import { describe, expect, it } from 'vitest';
import { connectWriter } from '../../src/cloudflare/cloudflare.ts';
import type { Remote } from '../../src/model/remote.ts';
import { ProblemError, WriteError } from '../../src/problem/problem.ts';
import {
  eventLog,
  failureOf,
  no,
  optionsOf,
  type Reply,
  testClock,
  withServer,
  withWriter,
  yes,
  zone,
} from './scripted.ts';

const asset = { name: 'e5', url: 'https://example.com/5', description: '' };
const ruleset = yes({ id: 'r', version: '3', rules: [] });
const throttled = (retryAfter?: string): Reply => ({
  status: 429,
  json: { success: false, errors: [{ code: 971, message: 'slow down' }] },
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
});

interface TestedCall {
  readonly name: string;
  readonly run: (remote: Remote) => Promise<unknown>;
  readonly good: Reply;
}

const reads: readonly TestedCall[] = [
  { name: 'GET of rules', run: (remote) => remote.readRuleset(zone), good: ruleset },
  { name: 'GET of an asset', run: (remote) => remote.readAsset(zone, 'e5'), good: yes(asset) },
];

const writes: readonly TestedCall[] = [
  { name: 'PUT of an asset', run: (remote) => remote.updateAsset(zone, asset), good: yes(asset) },
  {
    name: 'DELETE of an asset',
    run: (remote) => remote.deleteAsset(zone, 'e5'),
    good: { status: 204, text: '' },
  },
  { name: 'POST of an asset', run: (remote) => remote.createAsset(zone, asset), good: yes(asset) },
  { name: 'PUT of rules', run: (remote) => remote.putRuleset(zone, undefined, []), good: ruleset },
];

describe('trying again', () => {
  it.each(reads)('$name after a lost answer, and after 429', async ({ run, good }) => {
    const broken = { status: 200, text: '{"success":true,"result":{"id":' };
    for (const failure of ['drop', 'cut', { status: 503, text: 'busy' }, throttled('1'), broken] as const) {
      await withWriter([failure, failure, failure, good], async ({ remote }, { heard }) => {
        await run(remote);
        expect(heard.length).toBe(4);
      });
    }
  });

  it.each(writes)(
    '$name after a lost answer: that is for the caller, who looks first',
    async ({ run, good }) => {
      for (const failure of ['drop', 'cut', { status: 503, text: 'busy' }] as const) {
        await withWriter([failure, good], async ({ remote }, { heard }) => {
          const error = await failureOf(run(remote));
          expect(error).toBeInstanceOf(WriteError);
          expect(error).toMatchObject({ fate: 'unknown' });
          expect(heard.length).toBe(1);
        });
      }
    },
  );

  it.each(writes)('$name after 429: likewise, when the pause is over', async ({ run, good }) => {
    const clock = testClock();
    await withWriter(
      [throttled('17'), good],
      async ({ remote, requests }) => {
        const error = await failureOf(run(remote));
        expect(error).toMatchObject({ fate: 'held', problems: [{ code: 'cloudflare/rate-limited' }] });
        expect([clock.sleeps, requests()]).toEqual([[17_000], 1]);
        await run(remote);
        expect(requests()).toBe(2);
      },
      { clock },
    );
  });

  it.each(writes)('$name that waits long for its turn: likewise', async ({ run, good }) => {
    await withWriter(
      [throttled('17'), ruleset, good],
      async ({ remote, requests }) => {
        const read = remote.readRuleset(zone);
        expect(await failureOf(run(remote))).toMatchObject({ fate: 'held' });
        await read;
        expect(requests()).toBe(2);
        await run(remote);
        expect(requests()).toBe(3);
      },
      { clock: testClock(), parallelism: 1 },
    );
  });

  it.each([
    { name: 'seconds', header: '17', waits: [17_000] },
    { name: 'an HTTP date', header: 'Thu, 01 Jan 2026 00:00:42 GMT', waits: [42_000] },
    {
      name: 'a date gone by, with jitter',
      header: 'Wed, 31 Dec 2025 00:00:00 GMT',
      random: 0.5,
      waits: [250],
    },
    { name: 'as long as may be waited', header: '300', waits: [300_000] },
    { name: 'nonsense', header: 'soon', waits: [1000] },
    { name: 'nothing', header: undefined, waits: [1000] },
  ])('obeys Retry-After: $name', async ({ header, waits, random = 0 }) => {
    const clock = testClock(random);
    await withWriter(
      [throttled(header), ruleset],
      async ({ remote }) => {
        await remote.readRuleset(zone);
        expect(clock.sleeps).toEqual(waits);
      },
      { clock },
    );
  });

  it('waits for 429 no longer than allowed in all, then says so', async () => {
    const clock = testClock();
    await withWriter(
      [throttled('20')],
      async ({ remote, requests }) => {
        const error = await failureOf(remote.readRuleset(zone));
        expect(error).toMatchObject({ problems: [{ code: 'cloudflare/rate-limited' }] });
        expect(clock.sleeps).toEqual([20_000, 20_000]);
        expect(requests()).toBe(3);
      },
      { clock, maxWaitMs: 50_000 },
    );
  });

  it('backs off exponentially with full jitter', async () => {
    const clock = testClock(0.5);
    await withWriter(['drop'], async ({ remote }) => void (await failureOf(remote.readRuleset(zone))), {
      clock,
    });
    expect(clock.sleeps).toEqual([250, 500, 1000]);
  });

  it('counts a 404 as done for a DELETE', async () => {
    await withWriter([no(404, { code: 1, message: 'gone' })], async ({ remote }) => {
      await expect(remote.deleteAsset(zone, 'e5')).resolves.toBeUndefined();
    });
  });

  it('does not forget an attempt that may have been carried out', async () => {
    await withWriter(['cut', no(400, { message: 'no' })], async ({ remote }) => {
      expect(await failureOf(remote.updateAsset(zone, asset))).toMatchObject({ fate: 'unknown' });
    });
  });

  it.each(writes)('$name that never left: it is known not to have happened', async ({ run }) => {
    const { baseUrl } = await withServer(['drop'], async (server) => server);
    const connection = connectWriter(optionsOf(baseUrl));
    const error = await failureOf(run(connection.remote));
    expect(error).toMatchObject({ fate: 'held', problems: [{ code: 'cloudflare/unreachable' }] });
    expect(connection.requests()).toBe(1);
    await connection.close();
  });

  it('says that a server does not speak TLS', async () => {
    await withServer([ruleset], async ({ baseUrl, heard }) => {
      const connection = connectWriter(optionsOf(baseUrl.replace('http:', 'https:')));
      const error = await failureOf(connection.remote.readRuleset(zone));
      await connection.close();
      expect(error).toMatchObject({ problems: [{ code: 'cloudflare/unreachable' }] });
      expect(String(error)).toContain('no TLS connection');
      expect(heard).toEqual([]);
    });
  });
});

describe('a connection', () => {
  it('has at most so many requests under way, and all of them in the end', async () => {
    let open = 0;
    let most = 0;
    const clock = testClock();
    const { events } = eventLog();
    const onEvent = (event: (typeof events)[number]): void => {
      if (event.kind === 'request') open += 1;
      if (event.kind === 'answer') open -= 1;
      most = Math.max(most, open);
    };
    await withWriter(
      [ruleset],
      async ({ remote, requests }) => {
        await Promise.all(Array.from({ length: 20 }, () => remote.readRuleset(zone)));
        expect(requests()).toBe(20);
        expect(most).toBe(3);
      },
      { parallelism: 3, onEvent, clock },
    );
  });

  it('ends what is under way when the run is ended', async () => {
    const run = new AbortController();
    const onEvent = (): void => void setImmediate(() => run.abort());
    await withWriter(
      ['hang'],
      async ({ remote, requests }) => {
        expect(await failureOf(remote.createAsset(zone, asset))).toMatchObject({
          fate: 'unknown',
          problems: [{ code: 'cloudflare/interrupted' }],
        });
        const later = await failureOf(remote.createAsset(zone, asset));
        expect(later).toMatchObject({ fate: 'refused', problems: [{ code: 'cloudflare/interrupted' }] });
        expect(later).toBeInstanceOf(ProblemError);
        expect(requests()).toBe(1);
      },
      { signal: run.signal, onEvent },
    );
  });

  it('ends a long pause when it is closed', async () => {
    const never = new Promise<void>(() => undefined);
    const clock = {
      ...testClock(),
      sleep: (_: number, signal?: AbortSignal) =>
        Promise.race([
          never,
          new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
        ]),
    };
    await withServer([throttled('300')], async ({ baseUrl }) => {
      const paused = Promise.withResolvers<void>();
      const connection = connectWriter(
        optionsOf(baseUrl, {
          clock,
          onEvent: (event) => event.kind === 'wait' && paused.resolve(),
        }),
      );
      const failure = failureOf(connection.remote.readRuleset(zone));
      await paused.promise;
      await connection.close();
      expect(await failure).toMatchObject({ problems: [{ code: 'cloudflare/interrupted' }] });
    });
  });
});
