import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The table of `docs/architecture.md`: whom each room may import, which packages are its own, whether it may wait. */
interface Room {
  readonly knows: readonly string[];
  readonly owns: readonly string[];
  readonly isPure: boolean;
}

const all = [
  'problem',
  'expression',
  'model',
  'schema',
  'config',
  'compare',
  'desired',
  'cloudflare',
  'plan',
  'behaviour',
  'apply',
  'render',
  'sandbox',
  'app',
  'cli',
  'action',
] as const;

const pure = (knows: readonly string[], owns: readonly string[] = []): Room => ({
  knows,
  owns,
  isPure: true,
});
const waiting = (knows: readonly string[], owns: readonly string[] = []): Room => ({
  knows,
  owns,
  isPure: false,
});

const rooms: Readonly<Record<(typeof all)[number], Room>> = {
  problem: pure([]),
  expression: pure(['problem'], ['re2js', 'node:module']),
  model: pure(['problem']),
  schema: pure(['problem'], ['ajv', 'ajv-formats']),
  config: pure(['problem', 'model', 'schema'], ['yaml', 'node:url']),
  compare: pure(['problem', 'expression', 'model'], ['node:crypto']),
  desired: pure(['problem', 'expression', 'behaviour', 'model', 'config']),
  cloudflare: waiting(['problem', 'model', 'schema'], ['undici', 'node:timers/promises']),
  plan: pure(['problem', 'model', 'compare']),
  behaviour: pure(['problem', 'expression', 'model']),
  apply: waiting(['problem', 'model', 'compare']),
  render: pure(['problem', 'model'], ['diff', 'node:util']),
  sandbox: waiting(
    ['problem', 'expression', 'schema'],
    ['node:http', 'node:crypto', 'node:util', 'node:timers/promises'],
  ),
  app: waiting(
    all.filter((room) => !['render', 'app', 'cli', 'action'].includes(room)),
    ['node:fs', 'node:fs/promises', 'node:path', 'node:url', 'node:http', 'node:buffer'],
  ),
  cli: waiting(
    ['problem', 'model', 'render', 'app'],
    ['commander', 'node:events', 'node:module', 'node:path', 'node:readline', 'node:util'],
  ),
  action: waiting(
    ['problem', 'model', 'render', 'app'],
    [
      '@actions/core',
      '@octokit/core',
      '@octokit/plugin-paginate-rest',
      '@octokit/plugin-retry',
      '@octokit/plugin-throttling',
      'node:crypto',
      'node:fs/promises',
      'node:path',
    ],
  ),
};

/** Rooms whose every file may be imported; others are entered by the file that bears their name. */
const open = new Set(['problem', 'model']);

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = globSync('src/**/*.ts').map((path) => path.replaceAll('\\', '/'));

function importsOf(path: string): readonly Import[] {
  const text = readFileSync(path, 'utf8');
  const pattern = /^(?:import|export)\s(?:[\w\s{},*]*\sfrom\s)?'([^']+)'|\bimport\(\s*'([^']+)'/gm;
  return [...text.matchAll(pattern)].map((match) => ({ from: path, to: match[1] ?? match[2] ?? '' }));
}

function roomOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function complaint({ from, to }: Import): string | undefined {
  const name = roomOf(from);
  const room = rooms[name as keyof typeof rooms];
  if (room === undefined) return `${from} is in no room`;
  if (!to.startsWith('.'))
    return room.owns.includes(to.split('/dist')[0] ?? to) ? undefined : `${name} does not own ${to}`;
  const target = relative('.', join(dirname(from), to));
  if (!target.startsWith('src/')) return target.endsWith('.json') ? undefined : `${from} leaves src`;
  const other = roomOf(target);
  if (other === name) return undefined;
  if (!room.knows.includes(other)) return `${name} may not know ${other}`;
  const isDoor = basename(target) === `${other}.ts`;
  return isDoor || open.has(other)
    ? undefined
    : `${other} is entered by ${other}.ts, not by ${basename(target)}`;
}

describe('the house', () => {
  const inRooms = files.filter((path) => path !== 'src/index.ts');

  it('holds every file in a room of the table, and every room of the table', () => {
    expect(new Set(inRooms.map(roomOf))).toEqual(new Set(all));
  });

  it('lets rooms import only those they know, by the door, and the packages they own', () => {
    const wrong = inRooms.flatMap(importsOf).flatMap((one) => {
      const what = complaint(one);
      return what === undefined ? [] : [`${one.from}: ${what}`];
    });
    expect(wrong).toEqual([]);
  });

  it('keeps time, chance, the process and the network out of pure rooms', () => {
    const forbidden =
      /\basync\b|\bawait\b|\bprocess\.|\bconsole\.|\bfetch\(|Date\.now|new Date\(\)|Math\.random|setTimeout/;
    const wrong = inRooms
      .filter((path) => rooms[roomOf(path) as keyof typeof rooms].isPure)
      .filter((path) => forbidden.test(withoutComments(readFileSync(path, 'utf8'))));
    expect(wrong).toEqual([]);
  });

  it('opens the library door to app, values and renderers only', () => {
    const known = new Set(['problem', 'expression', 'behaviour', 'model', 'app', 'render']);
    const targets = importsOf('src/index.ts').map(({ to }) => to.split('/')[1] ?? '');
    expect(targets.filter((room) => !known.has(room))).toEqual([]);
  });

  it('names no builtin without the node: prefix', () => {
    const bare = inRooms.flatMap(importsOf).filter(({ to }) => builtinModules.includes(to));
    expect(bare).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
