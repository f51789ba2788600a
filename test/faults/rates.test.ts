import { afterEach, describe, expect, it } from 'vitest';
import { plan, type World } from '../../src/app/app.ts';
import { hasChanges, type Plan, planProblems } from '../../src/model/plan.ts';
import type { RateLimit } from '../../src/sandbox/sandbox.ts';
import { idleClock } from '../cloudflare/idle-clock.ts';
import { checkExchanges } from '../contract/contract.ts';
import { sandboxWorld } from '../sandbox/world.ts';
import { isFull } from './scale.ts';

/** What one plan cost. */
interface Cost {
  readonly requests: number;
  readonly refused: number;
  readonly tookMs: number;
}

interface Setting {
  readonly zones: number;
  readonly named: 'id' | 'name';
  /** Absent: none. */
  readonly limit?: RateLimit;
  readonly time: Time;
}

/** The clock of a plan; where it is not the machine's, `onEvent` has to hear what happens. */
interface Time extends Pick<World, 'clock' | 'onEvent'> {
  now(): number;
}

const realTime: Time = { now: () => Date.now() };

/** A world in which nothing but pauses takes time. */
function idleTime(): Time {
  const clock = idleClock(0.5);
  const onEvent: World['onEvent'] = (event) => {
    if (event.kind === 'transport') clock.onEvent(event.event);
  };
  return { now: clock.now, clock, onEvent };
}

const figures: string[] = [];

afterEach(({ task }) => {
  for (const line of figures.splice(0)) process.stdout.write(`${task.name}: ${line}\n`);
});

/** Plans many zones that have nothing to do, through the use case and over real HTTP. */
async function planMany({ zones, named, time, ...limited }: Setting): Promise<Cost> {
  const names = Array.from({ length: zones }, (_, index) => `zone-${index}.example`);
  const { now, ...ours } = time;
  await using cloudflare = await sandboxWorld({ zones: names, ...limited, now: () => new Date(now()) });
  const keys = named === 'name' ? names : names.map((name) => cloudflare.zone(name));
  const scopes = keys.map((key) => `  ${key}:\n    assets: []\n    rules: []\n`);
  const yaml = `version: 1\nzones:\n${scopes.join('')}`;
  const world: World = {
    cwd: process.cwd(),
    env: { CLOUDFLARE_BASE_URL: cloudflare.baseUrl, CLOUDFLARE_API_TOKEN: 'test' },
    readStdin: async () => new TextEncoder().encode(yaml),
    ...ours,
  };
  const began = now();
  const planned = await plan(
    {
      selection: { config: ['-'], zones: [], accounts: [] },
      target: { parallelism: 8 },
      refresh: [],
      allow: [],
      online: false,
      probe: false,
    },
    world,
  );
  const tookMs = now() - began;
  expectEmpty(planned.plan, zones);
  const { log } = cloudflare.sandbox;
  expect(checkExchanges(log.slice(0, 20))).toEqual([]);
  return {
    requests: log.length,
    refused: log.filter(({ status }) => status === 429).length,
    tookMs,
  };
}

function expectEmpty(made: Plan | undefined, zones: number): void {
  if (made === undefined) throw new Error('nothing could be planned');
  expect(planProblems(made)).toEqual([]);
  expect(made.scopes).toHaveLength(zones);
  expect(hasChanges(made)).toBe(false);
}

/** What the limit itself asks for: a window for each full quota, but none after the last requests. */
function permittedMs(requests: number, limit: RateLimit): number {
  return (Math.ceil(requests / limit.requests) - 1) * limit.windowMs;
}

/** How much longer it took than the limit asks for, as a ratio that is also printed. */
function excess({ requests, tookMs }: Cost, limit: RateLimit): number {
  const permitted = permittedMs(requests, limit);
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  const ratio = tookMs / permitted;
  figures.push(
    `${requests} requests in ${seconds(tookMs)}, the limit asks for ${seconds(permitted)}: ${ratio.toFixed(3)}`,
  );
  return ratio;
}

describe('a plan of 500 zones under a rate limit', () => {
  const windowMs = isFull ? 10_000 : 1_000;

  it(`keeps to 100 requests in ${windowMs} ms without one refusal, in little more than that takes`, async () => {
    const limit = { requests: 100, windowMs };
    // What the requests themselves take on this machine, in this moment of its load.
    const free = isFull ? 0 : (await planMany({ zones: 500, named: 'id', time: realTime })).tookMs;
    const cost = await planMany({ zones: 500, named: 'id', limit, time: realTime });
    expect(cost).toMatchObject({ requests: 1000, refused: 0 });
    expect(excess(cost, limit)).toBeLessThanOrEqual(1.15 + free / permittedMs(cost.requests, limit));
  }, 300_000);

  const shapes = [
    { named: 'id', requests: 100, windowMs: 1_000, calls: 1000 },
    // One page of the list of zones holds 50.
    { named: 'name', requests: 100, windowMs: 10_000, calls: 1010 },
    { named: 'name', requests: 10, windowMs: 1_000, calls: 1010 },
    // Half of what Cloudflare itself grants.
    { named: 'name', requests: 600, windowMs: 300_000, calls: 1010 },
  ] as const;

  it.each(shapes)(
    'by $named, $requests in $windowMs ms, in a world where only pauses take time',
    async ({ named, requests, windowMs, calls }) => {
      const limit = { requests, windowMs };
      const cost = await planMany({ zones: 500, named, limit, time: idleTime() });
      expect(cost).toMatchObject({ requests: calls, refused: 0 });
      expect(excess(cost, limit)).toBeLessThanOrEqual(1.15);
    },
  );
});
