import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { test } from '../src/app/app.ts';
import { type Journey, setOut } from './e2e/journey.ts';
import { changesOf, expectEmpty, outcomesOf, planCodes } from './e2e/results.ts';
import { documentedCalls } from './examples/documented-calls.ts';
import type { PageText } from './sandbox/world.ts';

const root = join(import.meta.dirname, '../examples');
const folders = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

/** Tested elsewhere: mistakes in `test/config/broken.test.ts`, workflows in `test/examples/github.test.ts`, the demo by its own run. */
const others = ['broken', 'demo', 'github'];

/** Steps of one story, in the order of the table in its README. */
const stories = ['create-via-api'];

const examples = folders.filter((folder) => ![...others, ...stories].includes(folder));

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.css': 'text/css' };

/** The pages of an example, by the URLs at which its assets expect them. */
function pagesOf(folder: string): Readonly<Record<string, PageText>> {
  const pages = join(root, folder, 'sandbox-pages');
  if (!existsSync(pages)) return {};
  const files = readdirSync(pages, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      const contentType = types[extname(name)] ?? 'application/octet-stream';
      return [`https://${relative(pages, path)}`, { contentType, body: readFileSync(path, 'utf8') }];
    }),
  );
}

/** A journey in a copy of an example, in a Cloudflare that has its zones and accounts. */
async function inCopyOf(folder: string): Promise<Journey> {
  const journey = await setOut({ zones: ['example.com', 'shop.example.com'], pages: pagesOf(folder) });
  cpSync(join(root, folder), journey.cwd, { recursive: true });
  return journey;
}

describe.each(examples)('examples/%s', (folder) => {
  it('is without fault, can be applied, and then a plan is empty', async () => {
    const journey = await inCopyOf(folder);
    const { problems, counts } = await journey.validate();
    expect(problems).toEqual([]);
    expect(counts?.rules).toBeGreaterThan(0);
    const applied = await journey.apply();
    expect(planCodes(applied)).toEqual([]);
    expect(outcomesOf(applied).filter((line) => !line.endsWith(': done'))).toEqual([]);
    expect(outcomesOf(applied)).not.toEqual([]);
    expectEmpty(await journey.plan());
  });

  it('works with --sandbox as its README says', async () => {
    const journey = await inCopyOf(folder);
    const sandbox = { stateFile: 'state.json', pagesDir: 'sandbox-pages' };
    const request = { target: { parallelism: 8, sandbox }, probe: true };
    const applied = await journey.apply(request);
    expect(planCodes(applied)).toEqual([]);
    expect(outcomesOf(applied).filter((line) => !line.endsWith(': done'))).toEqual([]);
    expectEmpty(await journey.plan(request));
    expect(journey.sent()).toEqual([]);
  });
});

it('every example stands in the table of examples', () => {
  const table = readFileSync(join(root, 'README.md'), 'utf8');
  const listed = Array.from(table.matchAll(/^\| \[([\w-]+)\]\(([^)]+)\) \| \S/gm), ([, name, path]) => ({
    name,
    path,
  }));
  expect(listed.map(({ name }) => name).sort()).toEqual(folders.sort());
  expect(listed.filter(({ path = '' }) => !existsSync(join(root, path)))).toEqual([]);
});

describe('examples/adoption', () => {
  it('is what import writes of the live state, which a plan then finds unchanged', async () => {
    const journey = await setOut();
    cpSync(join(root, 'adoption'), journey.cwd, { recursive: true });
    const target = { parallelism: 8, sandbox: { stateFile: 'live.json' } };
    const live = journey.read('live.json');
    const imported = await journey.import({ target, zones: ['example.com'] });
    expect(imported).toMatchObject({ problems: [], renames: 0, isProven: true });
    expect(imported.text).toBe(journey.read('custom-errors.yaml'));
    expectEmpty(await journey.plan({ target }));
    expect(journey.read('live.json')).toBe(live);
  });

  it('holds rules that nobody named, for which --new-refs finds names', async () => {
    const journey = await setOut();
    cpSync(join(root, 'adoption/live.json'), join(journey.cwd, 'live.json'));
    const target = { parallelism: 8, sandbox: { stateFile: 'live.json' } };
    await journey.import({ target, zones: ['example.com'], newRefs: true, out: 'custom-errors.yaml' });
    expect(changesOf(await journey.plan({ target }))).toEqual([
      'zone example.com rename json_for_the_api',
      'zone example.com rename planned_work',
      'zone example.com rename everything_else',
    ]);
  });
});

describe('examples/tests', () => {
  it('hold, those in the folder tests too', async () => {
    const { cwd } = await inCopyOf('tests');
    const selection = { config: [], zones: [], accounts: [] };
    const readStdin = () => Promise.reject(new Error('nothing is read'));
    const tested = await test({ selection, files: ['tests'], allow: [] }, { cwd, env: {}, readStdin });
    expect(tested.problems).toEqual([]);
    expect(tested.report?.results.map((result) => result.outcome)).toEqual(Array(5).fill('passed'));
  });
});

describe('examples/create-via-api', () => {
  it('sends what the page "Create custom errors via API" shows, plus only ref, for a zone and an account', async () => {
    const journey = await inCopyOf('create-via-api');
    const table = journey.read('README.md');
    const files = Array.from(table.matchAll(/^\| (\S+\.yaml) \|/gm), ([, file = '']) => file);
    expect(files).toEqual(documentedCalls.map(({ file }) => file));
    const { log } = journey.cloudflare.sandbox;
    for (const { file, calls } of documentedCalls) {
      const since = log.length;
      const selection = { config: [file], zones: [], accounts: [] };
      // Each call of that page replaces the rules of the one before.
      const applied = await journey.apply({ selection, allow: ['plan/take-over', 'plan/empty'] });
      expect(outcomesOf(applied).every((line) => line.endsWith(': done'))).toBe(true);
      for (const path of [journey.path('zone', 'example.com'), journey.path('account')]) {
        const writes = log
          .slice(since)
          .filter((request) => request.method !== 'GET' && request.path.startsWith(path))
          .map(({ method, path: whole, requestBody }) => ({
            method,
            path: whole.slice(path.length),
            body: withoutRefs(requestBody),
          }));
        expect(writes).toEqual(calls);
      }
      expectEmpty(await journey.plan({ selection }));
    }
  });
});

/** A body without the `ref` of its rules, of which each must have one. */
function withoutRefs(body: unknown): unknown {
  const { rules } = Object(body);
  if (!Array.isArray(rules)) return body;
  return {
    ...Object(body),
    rules: rules.map(({ ref, ...rule }) => {
      expect(ref).toMatch(/^\w+$/);
      return rule;
    }),
  };
}
