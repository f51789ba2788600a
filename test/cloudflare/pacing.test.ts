import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBudget, overAt } from '../../src/cloudflare/budget.ts';
import type { ConnectionOptions, WriteConnection } from '../../src/cloudflare/cloudflare.ts';
import { type Policy, readRateReport } from '../../src/cloudflare/rate-headers.ts';
import { ProblemError } from '../../src/problem/problem.ts';
import { type IdleClock, idleClock } from './idle-clock.ts';
import { eventLog, failureOf, type Reply, type Script, withWriter, yes, zone } from './scripted.ts';

describe('the rate headers', () => {
  it.each([
    ['"default";q=1200;w=300', [['"default"', 1200, 300_000]]],
    [
      ' "a b;c,d" ; w = 60 ; q = 5 ;new=1 , tok;Q=7;W=1.5',
      [
        ['"a b;c,d"', 5, 60_000],
        ['tok', 7, 1500],
      ],
    ],
    ['"esc\\";q=9;w=9,";q=3;w=2', [['"esc\\";q=9;w=9,"', 3, 2000]]],
    ['"none";q=0;w=60, "neg";q=-1;w=60, "zero";q=5;w=0, "text";q=many;w=60, "half";q=5', []],
    ['"huge";q=99999999999999999999;w=1, "open;q=5;w=1', []],
    ['100;w=60', []],
    ['', []],
    [undefined, []],
  ])('reads the policies of %s', (header, wanted) => {
    const { policies } = readRateReport({ 'ratelimit-policy': header });
    expect(policies.map(({ name, quota, windowMs }) => [name, quota, windowMs])).toEqual(wanted);
  });

  it('reads what is left', () => {
    const { standings } = readRateReport({
      ratelimit: '"default";r=0;t=30, "other";r=5;pk=:YQ==:;t=0, "no";r=5',
    });
    expect(standings).toEqual([
      { name: '"default"', remaining: 0, resetMs: 30_000 },
      { name: '"other"', remaining: 5, resetMs: 0 },
    ]);
  });

  it('takes any text, however long, for what it says and nothing more', () => {
    const pieces = fc.constantFrom(
      '"',
      ';',
      ',',
      '\\',
      '=',
      'q',
      'w',
      'r',
      't',
      '7',
      '0',
      '.',
      '-',
      ' ',
      '\0',
      'é',
    );
    fc.assert(
      fc.property(fc.string({ unit: pieces, maxLength: 60 }), fc.nat(2000), (text, times) => {
        const header = text.repeat(times);
        const { policies, standings } = readRateReport({ ratelimit: header, 'ratelimit-policy': header });
        expect(policies.length).toBeLessThanOrEqual(10);
        for (const { quota, windowMs } of policies) {
          expect(Number.isSafeInteger(quota) && quota >= 1 && windowMs > 0 && windowMs < 1e12).toBe(true);
        }
        for (const { remaining, resetMs } of standings) {
          expect(Number.isSafeInteger(remaining) && remaining >= 0 && resetMs >= 0 && resetMs < 1e12).toBe(
            true,
          );
        }
      }),
    );
  });
});

/** A server far away: each request takes a while to arrive, and its answer a while to come back. */
interface Course {
  readonly policy: Policy;
  readonly lanes: number;
  readonly requests: number;
  /** The n-th number of milliseconds on the way. */
  readonly delay: (n: number) => number;
  /** Where the server's windows begin, and how much slower its clock goes. */
  readonly anchor: number;
  readonly skew: number;
}

interface Run {
  /** When each request reached the server, ascending. */
  readonly arrivals: readonly number[];
  readonly tookMs: number;
}

/** Sends requests as early as a budget lets them go, in a world that is only numbers. */
function simulate({ policy, lanes, requests, delay, anchor, skew }: Course): Run {
  const budget = makeBudget();
  const windowMs = policy.windowMs * skew;
  const windowOf = (time: number): number => Math.floor((time - anchor) / windowMs);
  const arrivals: number[] = [];
  const underWay: { sentAt: number; arrival: number; answer: number }[] = [];
  let now = 0;
  const hear = (): void => {
    const { sentAt, arrival, answer } = underWay.sort((a, b) => a.answer - b.answer).shift() ?? never();
    now = Math.max(now, answer);
    const counted = arrivals.filter((one) => one <= arrival && windowOf(one) === windowOf(arrival));
    const resetMs = Math.ceil((anchor + (windowOf(arrival) + 1) * windowMs - arrival) / 1000) * 1000;
    const standings = [{ name: policy.name, remaining: policy.quota - counted.length, resetMs }];
    budget.end({ sentAt, now, report: { policies: [policy], standings } });
  };
  while (arrivals.length < requests) {
    while (underWay.some(({ answer }) => answer <= now)) hear();
    const wait = underWay.length < lanes ? budget.next(now) : 'answer';
    const nextAnswer = Math.min(...underWay.map(({ answer }) => answer));
    if (wait === undefined) {
      budget.begin();
      const arrival = now + delay(2 * arrivals.length);
      underWay.push({ sentAt: now, arrival, answer: arrival + delay(2 * arrivals.length + 1) });
      arrivals.push(arrival);
    } else if (wait === 'answer' || nextAnswer <= overAt(wait)) hear();
    else now = overAt(wait);
  }
  while (underWay.length > 0) hear();
  return { arrivals: arrivals.sort((a, b) => a - b), tookMs: now };
}

function never(): never {
  throw new Error('a budget waits for an answer, and nothing is under way');
}

/** The most requests that arrived within one window, wherever it begins. */
function busiest(arrivals: readonly number[], windowMs: number): number {
  return Math.max(
    ...arrivals.map((start) => arrivals.filter((one) => one >= start && one < start + windowMs).length),
  );
}

describe('a budget', () => {
  const delays = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 50 });

  it('never lets more than the quota arrive in any window, however long the ways are', () => {
    const course = fc.record({
      quota: fc.integer({ min: 8, max: 40 }),
      windowMs: fc.constantFrom(1000, 2000, 10_000),
      lanes: fc.integer({ min: 1, max: 64 }),
      requests: fc.integer({ min: 1, max: 150 }),
      delays,
      anchor: fc.integer({ min: -10_000, max: 0 }),
      skew: fc.constantFrom(0.999, 1, 1.0009),
    });
    fc.assert(
      fc.property(course, ({ quota, windowMs, delays: ways, ...rest }) => {
        const policy = { name: '"default"', quota, windowMs };
        const delay = (n: number): number => ways[n % ways.length] ?? 0;
        const { arrivals } = simulate({ ...rest, policy, delay });
        expect(busiest(arrivals, windowMs * rest.skew)).toBeLessThanOrEqual(quota);
      }),
    );
  });

  it('takes at most 1.15 of what the limit asks for where an answer takes up to 40 ms', () => {
    const policy = { name: '"default"', quota: 100, windowMs: 1000 };
    const ways = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(ways, fc.integer({ min: -999, max: 0 }), (some, anchor) => {
        const delay = (n: number): number => some[n % some.length] ?? 0;
        const { tookMs } = simulate({ policy, lanes: 8, requests: 1000, delay, anchor, skew: 1 });
        expect(tookMs / 9000).toBeLessThanOrEqual(1.15);
      }),
      { numRuns: 20 },
    );
  });
});

const ruleset = yes({ id: 'r', version: '3', rules: [] });
const refusal = { success: false, errors: [{ code: 971, message: 'slow down' }] };

interface Stage extends WriteConnection {
  readonly clock: IdleClock;
  readonly waits: () => readonly { readonly waitMs: number; readonly reason: string }[];
  /** Statuses in the order in which answers came. */
  readonly statuses: () => readonly number[];
  readonly readRules: (times: number) => Promise<unknown>;
}

/** Plays a script on the clock of an idle world. */
async function onStage(
  script: (clock: IdleClock) => Script,
  play: (stage: Stage) => Promise<void>,
  extras: Partial<ConnectionOptions> = {},
): Promise<void> {
  const clock = idleClock();
  const { events, onEvent } = eventLog();
  const told: ConnectionOptions['onEvent'] = (event) => {
    onEvent(event);
    clock.onEvent(event);
  };
  await withWriter(
    script(clock),
    (connection) =>
      play({
        ...connection,
        clock,
        waits: () => events.filter((event) => event.kind === 'wait'),
        statuses: () => events.flatMap((event) => (event.kind === 'answer' ? [event.status] : [])),
        readRules: (times) =>
          Promise.all(Array.from({ length: times }, () => connection.remote.readRuleset(zone))),
      }),
    { clock, onEvent: told, ...extras },
  );
}

const withHeaders = (reply: Reply, headers: Record<string, string | string[]>): Reply => ({
  ...(reply as Extract<Reply, { json: unknown }>),
  headers,
});

const throttled = (retryAfter: string): Reply => ({
  status: 429,
  json: refusal,
  headers: { 'retry-after': retryAfter },
});

describe('a connection that is told its limits', () => {
  it('never pauses where no answer speaks of limits', async () => {
    await onStage(
      () => [ruleset],
      async ({ readRules, clock }) => {
        await readRules(100);
        expect(clock.sleeps).toEqual([]);
      },
    );
  });

  it('keeps to all policies, also those of a second header line', async () => {
    const policies = ['"burst";q=10;w=1', '"sustained";q=20;w=60'];
    await onStage(
      () => [withHeaders(ruleset, { 'ratelimit-policy': policies })],
      async ({ readRules, clock, waits }) => {
        const began = clock.now();
        await readRules(41);
        const elapsed = (clock.now() - began) / 1000;
        expect(elapsed).toBeGreaterThanOrEqual(120);
        expect(elapsed).toBeLessThan(121);
        expect(waits().map(({ reason }) => reason)).toContain('Cloudflare takes 20 calls in 60 s');
      },
    );
  });

  it('believes the server where somebody else uses the same limit', async () => {
    const quota = 100;
    // Somebody takes 40 at the beginning of each window.
    const shared = (clock: IdleClock): Script => {
      let ends = 0;
      let used = 0;
      return () => {
        if (clock.now() >= ends) {
          ends = clock.now() + 10_000;
          used = 40;
        }
        used += 1;
        const t = Math.ceil((ends - clock.now()) / 1000);
        const headers = {
          ratelimit: `"default";r=${Math.max(0, quota - used)};t=${t}`,
          'ratelimit-policy': `"default";q=${quota};w=10`,
        };
        return used > quota ? { status: 429, json: refusal, headers } : withHeaders(ruleset, headers);
      };
    };
    await onStage(shared, async ({ readRules, statuses, waits, clock }) => {
      const began = clock.now();
      await readRules(300);
      expect(new Set(statuses())).toEqual(new Set([200]));
      expect(waits().map(({ reason }) => reason)).toContain('somebody else uses the same rate limit');
      // 60 are left in each window, so the limit asks for four of them.
      expect(clock.now() - began).toBeLessThanOrEqual(1.5 * 40_000);
    });
  });

  it('is refused no more than a first volley where the quota is smaller than that', async () => {
    const headers = { 'ratelimit-policy': '"tiny";q=3;w=10' };
    const tiny = (clock: IdleClock): Script => {
      let ends = 0;
      let used = 0;
      return () => {
        if (clock.now() >= ends) [ends, used] = [clock.now() + 10_000, 0];
        used += 1;
        return used > 3 ? { status: 429, json: refusal, headers } : withHeaders(ruleset, headers);
      };
    };
    await onStage(
      tiny,
      async ({ readRules, statuses }) => {
        await readRules(30);
        expect(statuses().slice(8).includes(429)).toBe(false);
        expect(statuses().filter((status) => status === 200)).toHaveLength(30);
      },
      { parallelism: 30 },
    );
  });
});

describe('a pause after 429', () => {
  it('is one for all calls of a connection, and told', async () => {
    const closed = (clock: IdleClock): Script => {
      const opens = clock.now() + 30_000;
      return () => (clock.now() < opens ? throttled('30') : ruleset);
    };
    await onStage(closed, async ({ readRules, statuses, waits, clock }) => {
      await readRules(50);
      expect(clock.sleeps).toEqual([30_000]);
      expect(waits()).toMatchObject([{ waitMs: 30_000, reason: 'Cloudflare asks to slow down (429)' }]);
      expect(statuses().filter((status) => status === 429).length).toBeLessThanOrEqual(8);
    });
  });

  it('that is longer than allowed is not begun, and holds back the other calls too', async () => {
    await onStage(
      () => [throttled('61')],
      async ({ remote, clock, requests }) => {
        const first = await failureOf(remote.putRuleset(zone, undefined, []));
        expect(first).toMatchObject({ fate: 'refused', problems: [{ code: 'cloudflare/rate-limited' }] });
        expect(String(first)).toContain('was refused: 429, code 971 "slow down"');
        const second = await failureOf(remote.putRuleset(zone, undefined, []));
        expect(second).toMatchObject({ fate: 'refused', problems: [{ code: 'cloudflare/rate-limited' }] });
        expect(String(second)).toContain(
          'was held back: Cloudflare asks to slow down (429), which means to wait 61 s, and 60 s are allowed',
        );
        expect([requests(), clock.sleeps]).toEqual([1, []]);
      },
      { maxWaitMs: 60_000 },
    );
  });

  it('does not count pauses that a good answer has ended', async () => {
    const everyOther: Script = (_, index) => (index % 2 === 0 ? throttled('200') : ruleset);
    await onStage(
      () => everyOther,
      async ({ remote, clock }) => {
        for (let time = 0; time < 3; time += 1) await remote.readRuleset(zone);
        expect(clock.sleeps).toEqual([200_000, 200_000, 200_000]);
      },
    );
  });

  it('ends when the user stops, and what need not wait is still sent', async () => {
    const stop = new AbortController();
    const onEvent: ConnectionOptions['onEvent'] = ({ kind }) => {
      if (kind === 'wait') stop.abort('SIGINT');
    };
    await withWriter(
      [ruleset, throttled('300'), ruleset],
      async ({ remote }) => {
        await remote.readRuleset(zone);
        const failure = await failureOf(remote.putRuleset(zone, undefined, []));
        expect(failure).toMatchObject({ fate: 'refused', problems: [{ code: 'cloudflare/interrupted' }] });
      },
      { waitSignal: stop.signal, onEvent, clock: idleClock() },
    );
    await withWriter(
      [ruleset],
      async ({ remote }) => {
        await expect(remote.readRuleset(zone)).resolves.toMatchObject({ version: '3' });
      },
      { waitSignal: stop.signal },
    );
  });

  it('for a policy that asks for more than allowed is a problem, not a standstill', async () => {
    await onStage(
      () => [withHeaders(ruleset, { 'ratelimit-policy': '"daily";q=2;w=86400' })],
      async ({ remote, readRules, clock }) => {
        await readRules(2);
        const failure = await failureOf(remote.readRuleset(zone));
        expect(failure).toBeInstanceOf(ProblemError);
        expect(String(failure)).toContain('Cloudflare takes 2 calls in 86400 s, which means to wait 86400 s');
        expect(clock.sleeps).toEqual([]);
      },
    );
  });
});
