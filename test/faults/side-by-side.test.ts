import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Applied, apply, defaultBackupDir, exitOfReceipt, type World } from '../../src/app/app.ts';
import type { LoggedRequest } from '../../src/sandbox/sandbox.ts';
import { sandboxWorld, type WorldOptions } from '../sandbox/world.ts';
import { allow } from './rich.ts';
import { isFull } from './scale.ts';
import { likeness } from './truth.ts';

/** A zone whose assets show pages of somebody, all or one of them, and whose rules are somebody's. */
function file(assets: readonly string[], pagesOf: string, rulesOf: string, only?: string): string {
  const page = (name: string) =>
    name === 'kept' ? name : `${only === undefined || only === name ? pagesOf : 'start'}-${name}`;
  return JSON.stringify({
    version: 1,
    zones: {
      'example.com': {
        assets: assets.map((name) => ({ name, url: `https://static.example.com/${page(name)}.html` })),
        rules: assets.map((name) => ({
          ref: name,
          expression: `http.host eq "${rulesOf}-${name}"`,
          asset_name: name,
        })),
      },
    },
  });
}

const names = ['kept', 'moved', 'turned', 'old'] as const;
const start = file(names, 'start', 'start');

/** By the name by which each run calls this machine. */
interface Rivals {
  readonly '127.0.0.1': string;
  readonly localhost: string;
}

/** What the two want. */
const pairs: Readonly<Record<string, Rivals>> = {
  'other assets and other rules': {
    '127.0.0.1': file(['kept', 'moved', 'turned', 'new'], 'one', 'one'),
    localhost: file(['kept', 'new', 'moved', 'turned', 'newer'], 'two', 'two'),
  },
  'other pages behind the same assets': {
    '127.0.0.1': file(names, 'one', 'start'),
    localhost: file(names, 'two', 'start'),
  },
  'other rules, and another page behind one asset': {
    '127.0.0.1': file(names, 'start', 'one'),
    localhost: file(names, 'two', 'start', 'moved'),
  },
  'another page behind one asset each': {
    '127.0.0.1': file(names, 'one', 'start', 'turned'),
    localhost: file(names, 'two', 'start', 'moved'),
  },
  'other rules, and one asset less': {
    '127.0.0.1': file(names, 'start', 'one'),
    localhost: file(names.slice(0, -1), 'start', 'start'),
  },
  'other pages, and other pages with other rules': {
    '127.0.0.1': file(names, 'one', 'start'),
    localhost: file(names, 'two', 'two'),
  },
};

type Rival = keyof Rivals;

const hosts = ['127.0.0.1', 'localhost'] as const satisfies readonly Rival[];

/** Numbers from 0 to below 1 that depend on nothing but the seed (Park and Miller's generator). */
function chance(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/**
 * Lets requests through one at a time: whenever each run that is not over has one waiting, chance says whose is next.
 * Whose it is shows in the name by which it calls this machine.
 */
function conductor(seed: number) {
  const next = chance(seed);
  const waiting = new Map<string, () => void>();
  const running = new Set<string>(hosts);
  const conduct = (): void => {
    if (waiting.size === 0 || waiting.size < running.size) return;
    const order = [...waiting.keys()].sort();
    const chosen = order[Math.floor(next() * order.length)] ?? '';
    const go = waiting.get(chosen);
    waiting.delete(chosen);
    go?.();
  };
  return {
    before: ({ headers }: LoggedRequest): Promise<undefined> => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      waiting.set(headers.host?.replace(/:\d+$/, '') ?? '', () => resolve(undefined));
      conduct();
      return promise;
    },
    over: (rival: Rival): void => {
      running.delete(rival);
      conduct();
    },
  };
}

async function run(text: string, baseUrl: string): Promise<Applied> {
  const cwd = mkdtempSync(join(tmpdir(), 'side-by-side-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, 'custom-errors.yaml'), text);
  const world: World = {
    cwd,
    env: { CLOUDFLARE_BASE_URL: baseUrl, CLOUDFLARE_API_TOKEN: 'test' },
    clock: { now: () => Date.now(), sleep: async () => {}, random: () => 0 },
    readStdin: async () => new Uint8Array(),
  };
  const request = {
    selection: { config: [], zones: [], accounts: [] },
    target: { parallelism: 1 },
    refresh: [],
    allow,
    online: false,
    probe: false,
    backupDir: defaultBackupDir,
  };
  return apply(request, world, async () => true);
}

function exitOf({ plan, receipt }: Applied): number {
  return plan === undefined || receipt === undefined ? 1 : exitOfReceipt(plan, receipt);
}

/** The state that a file alone leads to. */
async function alone(text: string): Promise<object> {
  await using world = await sandboxWorld();
  await run(start, world.baseUrl);
  await run(text, world.baseUrl);
  return likeness(world.sandbox.state());
}

/** Runs both at the same time, in an order that the seed decides, and says how it ended. */
async function race(
  rivals: Rivals,
  seed: number,
): Promise<{ readonly state: object; readonly exits: readonly number[] }> {
  let before: WorldOptions['before'] = () => undefined;
  await using world = await sandboxWorld({ before: (request) => before?.(request) });
  await run(start, world.baseUrl);
  const { before: inTurn, over } = conductor(seed);
  before = inTurn;
  const exits = await Promise.all(
    hosts.map(async (rival) => {
      const applied = await run(rivals[rival], world.baseUrl.replace('127.0.0.1', rival));
      over(rival);
      return exitOf(applied);
    }),
  );
  return { state: likeness(world.sandbox.state()), exits };
}

const figures: string[] = [];
afterAll(() => void process.stdout.write(figures.map((line) => `two runs side by side, ${line}\n`).join('')));

describe('two runs side by side end in what one of them wants, or one of them says so', () => {
  it.each(Object.entries(pairs))('%s', async (title, rivals) => {
    const wanted = (await Promise.all(Object.values(rivals).map(alone))).map((one) => JSON.stringify(one));
    const tally = { runs: isFull ? 300 : 10, mixed: 0, quiet: 0 };
    for (let seed = 0; seed < tally.runs; seed += 1) {
      const { state, exits } = await race(rivals, seed);
      const isReported = exits.some((exit) => exit > 0);
      if (!isReported) tally.quiet += 1;
      if (wanted.includes(JSON.stringify(state))) continue;
      tally.mixed += 1;
      expect(isReported, `seed ${seed} ends in neither state, exits ${exits}`).toBe(true);
    }
    const { runs, mixed, quiet } = tally;
    figures.push(
      `${title}: ${runs} interleavings, ${mixed} end in neither state, ${quiet} without a complaint`,
    );
  });
});
