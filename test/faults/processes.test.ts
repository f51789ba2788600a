import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlanRequest, plan, savePlan, type World } from '../../src/app/app.ts';
import type { Disturbance, LoggedRequest } from '../../src/sandbox/sandbox.ts';
import setup from '../cli/built.ts';
import { type Ended, type User, user } from '../cli/user.ts';
import { sandboxWorld } from '../sandbox/world.ts';
import { after, allow, inOrder, requestsOf, richWorld, type Way } from './rich.ts';
import { isFull } from './scale.ts';
import { likeness } from './truth.ts';

const writeMethods = ['POST', 'PUT', 'DELETE'];

/** What happens at the write that the process does not live to see answered, or hears a signal at. */
type Fate = 'is not carried out' | 'is carried out';

interface Scene {
  readonly way: Way;
  /** The write that it happens at, counted from 0. */
  readonly at: number;
  readonly signal: NodeJS.Signals;
  /** Absent: the write is carried out and answered. */
  readonly fate?: Fate;
}

interface Told {
  readonly ended: Ended;
  readonly again: Ended;
  /** The writes that arrived in the first run, from the one on at which it happened. */
  readonly writes: readonly string[];
  readonly state: object;
}

let count = 0;
beforeAll(setup);
afterAll(() => void process.stdout.write(`processes that are killed or interrupted: ${count} cases\n`));

/** Runs the command, sends it the signal at one of its writes, and runs it again. */
async function play({ way, at, signal, fate }: Scene): Promise<Told> {
  count += 1;
  const started = Promise.withResolvers<ChildProcess>();
  const writes: string[] = [];
  let isOver = false;
  const strike = async (): Promise<void> => {
    const child = await started.promise;
    const heard = once(child.stderr ?? child, 'data');
    const gone = once(child, 'exit');
    child.kill(signal);
    await (signal === 'SIGKILL' ? gone : Promise.race([heard, gone]));
  };
  const before = async ({ method, path }: LoggedRequest): Promise<Disturbance | undefined> => {
    if (isOver || !writeMethods.includes(method)) return undefined;
    if (writes.push(`${method} ${path}`) !== at + 1) return undefined;
    if (fate !== 'is carried out') await strike();
    if (fate === undefined) return undefined;
    if (fate === 'is not carried out') return { kind: 'hang-up' };
    return {
      kind: 'reword',
      reword: async () => {
        await strike();
        return { status: 502, text: '' };
      },
    };
  };
  await using world = await sandboxWorld({ ...(await richWorld()), before });
  const home = user({ 'custom-errors.yaml': after });
  const line = await lineOf(way, home, world.baseUrl);
  const env = { CLOUDFLARE_BASE_URL: world.baseUrl, CLOUDFLARE_API_TOKEN: 'a-token' };
  const ended = await home.run([...line, '--parallelism', '1'], { env, during: started.resolve });
  isOver = true;
  const again = await home.run(line, { env });
  expect(world.sandbox.violations).toEqual([]);
  return { ended, again, writes: writes.slice(at), state: likeness(world.sandbox.state()) };
}

async function lineOf(way: Way, { cwd }: User, baseUrl: string): Promise<readonly string[]> {
  const line = ['apply', '-y', '--no-probe', ...allow.flatMap((code) => ['--allow', code])];
  if (way === 'file') return line;
  const world: World = {
    cwd,
    env: { CLOUDFLARE_BASE_URL: baseUrl, CLOUDFLARE_API_TOKEN: 'a-token' },
    readStdin: async () => new Uint8Array(),
  };
  const request: PlanRequest = {
    ...inOrder,
    selection: { config: [], zones: [], accounts: [] },
    online: false,
    probe: false,
  };
  const { plan: made } = await plan(request, world);
  if (made === undefined) throw new Error('nothing could be planned');
  await savePlan(made, join(cwd, 'plan.json'));
  return [...line, 'plan.json'];
}

let goal: Promise<object> | undefined;

/** What an apply leads to that nothing happens to. */
function wanted(): Promise<object> {
  goal ??= undisturbed();
  return goal;
}

async function undisturbed(): Promise<object> {
  await using world = await sandboxWorld(await richWorld());
  const env = { CLOUDFLARE_BASE_URL: world.baseUrl, CLOUDFLARE_API_TOKEN: 'a-token' };
  const home = user({ 'custom-errors.yaml': after });
  await home.run(await lineOf('file', home, world.baseUrl), { env });
  return likeness(world.sandbox.state());
}

/** The places of the writes: all of them, every third, or one. */
async function places(way: Way, isEvery: boolean): Promise<readonly number[]> {
  const names = await requestsOf(way);
  // The command's own apply of the file fetches nothing again.
  const isSent = (name: string) => way === 'saved plan' || !name.endsWith('/fetched');
  const writes = names.filter((name) => writeMethods.includes(name.split(' ')[0] ?? '') && isSent(name));
  const all = writes.map((_, index) => index);
  if (isFull) return all.filter((index) => isEvery || index % 3 === 0);
  return [way === 'file' ? 4 : all.length - 1];
}

type Kill = readonly [Way, Fate];

/** The first two happen at every write, the others at every third. */
const kills: readonly Kill[] = [
  ['file', 'is not carried out'],
  ['saved plan', 'is carried out'],
  ['file', 'is carried out'],
  ['saved plan', 'is not carried out'],
];

describe('an apply that is killed', () => {
  it.each(isFull ? kills : kills.slice(0, 2))(
    'of the %s, at a write that %s: the next run finishes it',
    async (way, fate) => {
      const isEvery = kills.slice(0, 2).some((one) => one[0] === way && one[1] === fate);
      for (const at of await places(way, isEvery)) {
        const { ended, again, state } = await play({ way, at, signal: 'SIGKILL', fate });
        expect(ended.code, `write ${at}`).toBe('SIGKILL');
        expect(again.code, `write ${at}: ${again.stdout}${again.stderr}`).toBe(0);
        expect(state, `write ${at}`).toEqual(await wanted());
      }
    },
  );
});

type Interrupt = readonly ['SIGINT' | 'SIGTERM', number, string, Fate | undefined];

/** The first two happen at every write, the others at every third. */
const interrupts: readonly Interrupt[] = [
  ['SIGINT', 130, 'is lost and it is carried out', 'is carried out'],
  ['SIGTERM', 143, 'is lost and it is not carried out', 'is not carried out'],
  ['SIGINT', 130, 'is lost and it is not carried out', 'is not carried out'],
  ['SIGTERM', 143, 'is lost and it is carried out', 'is carried out'],
  ['SIGINT', 130, 'comes', undefined],
  ['SIGTERM', 143, 'comes', undefined],
];

describe('an apply that is interrupted', () => {
  it.each(isFull ? interrupts : interrupts.slice(0, 2))(
    'by %s (%i), at a write whose answer %s: its fate is told, and nothing else is begun',
    async (signal, code, _, fate) => {
      const isEvery = interrupts.slice(0, 2).some((one) => one[0] === signal && one[3] === fate);
      for (const at of await places('saved plan', isEvery)) {
        const told = await play({ way: 'saved plan', at, signal, ...(fate === undefined ? {} : { fate }) });
        const { ended, again, writes, state } = told;
        const where = `write ${at}: ${ended.stdout}${ended.stderr}`;
        expect(ended.code, where).toBe(code);
        expect(ended.stdout, where).toContain(`Interrupted by ${signal}: `);
        expect(ended.stdout, where).toContain(', 0 failed');
        // One that did not happen, or that can be repeated, is sent again, which finishes it.
        expect(new Set(writes).size, where).toBe(1);
        expect(again.code, `${where}${again.stdout}`).toBe(0);
        expect(state, where).toEqual(await wanted());
      }
    },
  );
});
