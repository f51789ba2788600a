import { describe, expect, it } from 'vitest';
import { test } from '../../src/app/app.ts';
import { planTerminal } from '../../src/render/render.ts';
import { type Journey, setOut } from './journey.ts';
import { codesOf, outcomesOf } from './results.ts';

const zones = `zones:
  example.com:
    account: Acme Inc
    rules: [{ ref: down, expression: http.response.code eq 503, content: x, content_type: text/plain }]
  shop.example.com:
    rules: [{ ref: shop, expression: http.response.code eq 503, content: x, content_type: text/plain }]
`;
const accounts = `accounts:
  Acme Inc:
    rules: [{ ref: gone, expression: http.response.code eq 410, content: x, content_type: text/plain }]
`;

/** A list of tests: one for each scope, status and expected ref. */
function tests(...cases: readonly (readonly [scope: string, status: number, ref: string])[]): string {
  const items = cases.map(
    ([scope, status, ref]) => `  - { ${scope}, response: { status: ${status} }, expect: { ref: ${ref} } }\n`,
  );
  return `tests:\n${items.join('')}`;
}

function fileOf(...parts: readonly string[]): string {
  return `version: 1\n${parts.join('')}`;
}

const good = tests(['zone: example.com', 503, 'down'], ['zone: shop.example.com', 503, 'shop']);
const bad = tests(['zone: example.com', 503, 'down'], ['zone: shop.example.com', 404, 'shop']);
const failed = 'behaviour/test-failed';

async function journeyWith(file: string): Promise<Journey> {
  const journey = await setOut({ zones: ['example.com', 'shop.example.com'] });
  journey.write(file);
  return journey;
}

/** Runs the command's use case in the folder of a journey. */
function testIn({ cwd }: Journey, more: Partial<Parameters<typeof test>[0]> = {}): ReturnType<typeof test> {
  const selection = { config: [], zones: [], accounts: [] };
  const readStdin = () => Promise.reject(new Error('nothing is read'));
  return test({ selection, files: [], allow: [], ...more }, { cwd, env: {}, readStdin });
}

describe('tests that hold', () => {
  it('are counted by plan and validate, and change no fingerprint and no change', async () => {
    const journey = await journeyWith(fileOf(zones));
    const { plan: before } = await journey.plan();
    journey.write(fileOf(zones, good));
    const { plan } = await journey.plan();
    expect(before).not.toHaveProperty('tests');
    expect(plan?.tests).toEqual({ passed: 2, failed: 0, undecided: 0, leftOut: 0 });
    expect(plan?.fingerprint).toBe(before?.fingerprint);
    expect(await journey.validate()).toMatchObject({ problems: [], tests: { passed: 2 } });
  });

  it('are told by a saved plan too, which can be applied', async () => {
    const journey = await journeyWith(fileOf(zones, good));
    const planFile = await journey.save();
    let shown = '';
    const applied = await journey.apply({ planFile }, async ({ plan }) => {
      shown = planTerminal(plan, { color: false, width: 100, sandbox: false, sources: new Map() });
      return true;
    });
    expect(shown).toContain('\ntests: 2 passed\nfingerprint ');
    expect(outcomesOf(applied).every((line) => line.endsWith(': done'))).toBe(true);
  });

  it('run for the chosen scopes alone, on the rules of an account that was not chosen too', async () => {
    const more = tests(['zone: example.com', 410, 'gone'], ['account: acme inc', 410, 'gone']);
    const journey = await journeyWith(fileOf(zones, accounts, bad, more.replace('tests:\n', '')));
    const chosen = { config: [], zones: ['example.com'], accounts: [] };
    const { plan } = await journey.plan({ selection: chosen });
    expect(plan?.tests).toEqual({ passed: 2, failed: 0, undecided: 0, leftOut: 2 });
    const none = await testIn(journey, { selection: { ...chosen, zones: [], accounts: ['Acme Inc'] } });
    expect(none.report).toMatchObject({ results: [{ outcome: 'passed' }], leftOut: 3 });
  });
});

describe('a test that fails', () => {
  it('is a fault of the files: nothing is asked, planned or written, in any scope', async () => {
    const journey = await journeyWith(fileOf(zones, bad));
    for (const ended of [await journey.plan(), await journey.apply()]) {
      expect(ended.plan).toBeUndefined();
      expect(codesOf(ended.problems)).toEqual([failed]);
      expect(ended.problems[0]?.span).toMatchObject({ line: 10, column: 73 });
    }
    expect(codesOf((await journey.validate()).problems)).toEqual([failed]);
    expect(journey.sent()).toEqual([]);
  });

  it.each([failed, `${failed}@shop.example.com`])('is a warning under --allow %s', async (code) => {
    const journey = await journeyWith(fileOf(zones, bad));
    const allow = [code];
    const applied = await journey.apply({ allow });
    expect(applied.problems).toMatchObject([{ code: failed, severity: 'warning' }]);
    expect(applied.plan?.tests).toMatchObject({ passed: 1, failed: 1 });
    expect(outcomesOf(applied)).toEqual([
      'zone example.com rules: done',
      'zone shop.example.com rules: done',
    ]);
    expect(codesOf((await journey.plan({ allow: [`${failed}@example.com`] })).problems)).toEqual([failed]);
  });

  it('does not keep a mistake in the rules from being said', async () => {
    const journey = await journeyWith(fileOf(zones.replace('eq 503', 'eq'), bad));
    const { problems, report } = await testIn(journey);
    expect(report).toBeUndefined();
    expect(new Set(codesOf(problems))).toEqual(new Set(['expression/unexpected']));
  });
});

describe('the command', () => {
  it('reads tests from more files, also where no configuration is to be found', async () => {
    const journey = await journeyWith(fileOf(zones));
    journey.write({ 'more/a.yaml': fileOf(good), 'more/b.yaml': fileOf(bad) });
    const { report, problems } = await testIn(journey, { files: ['more'] });
    expect(report?.results.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'passed', 'failed']);
    expect(problems.map(({ span }) => span?.file)).toEqual(['more/b.yaml']);
    journey.write({ 'elsewhere/all.yaml': fileOf(zones, good) });
    const there = await testIn({ ...journey, cwd: `${journey.cwd}/elsewhere` }, { files: ['all.yaml'] });
    expect(there).toMatchObject({ report: { results: [{}, {}] }, problems: [] });
  });

  it('is an error where there is nothing to run', async () => {
    const journey = await journeyWith(fileOf(zones));
    expect(codesOf((await testIn(journey)).problems)).toEqual(['app/no-tests']);
    journey.write(fileOf(zones, tests(['zone: example.com', 503, 'down'])));
    const selection = { config: [], zones: ['shop.example.com'], accounts: [] };
    const { problems } = await testIn(journey, { selection });
    expect(problems).toMatchObject([{ code: 'app/no-tests' }]);
    expect(problems[0]?.message).toContain('chosen scopes, 1 ');
  });
});
