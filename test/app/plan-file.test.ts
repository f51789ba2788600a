import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { savePlan } from '../../src/app/app.ts';
import { loadPlan } from '../../src/app/plan-file.ts';
import { digest } from '../../src/compare/compare.ts';
import type { Plan } from '../../src/model/plan.ts';
import { after, allow, before, withSavedPlan } from '../apply/scenario.ts';
import { dashboardRule, entrypoint } from '../e2e/dashboard.ts';
import { approve, type Journey, setOut } from '../e2e/journey.ts';
import { codesOf, expectEmpty, outcomesOf, planCodes } from '../e2e/results.ts';

const planFile = 'plan.json';

describe('a saved plan', () => {
  it('is the plan again, but for what apply never looks at', async () => {
    const journey = await setOut();
    const page = dashboardRule('page', { description: 'By hand' });
    await journey.cloudflare.call('PUT', entrypoint(journey.path()), {
      rules: [page, dashboardRule('gone')],
    });
    journey.write(before);
    const { plan } = await journey.plan();
    if (plan === undefined) throw new Error('there is no plan');
    await savePlan(plan, join(journey.cwd, planFile));
    expect(withoutRaw(await loadPlan(planFile, journey.cwd))).toEqual(withoutRaw(plan));
  });

  it('holds a page once, however often it is used', async () => {
    const journey = await setOut();
    const rule = (ref: string) => ({
      ref,
      expression: 'ssl',
      content: 'the only page',
      content_type: 'text/plain',
    });
    journey.write(
      JSON.stringify({ version: 1, zones: { 'example.com': { rules: ['a', 'b', 'c'].map(rule) } } }),
    );
    await journey.save();
    expect(journey.read(planFile).split('the only page')).toHaveLength(2);
  });

  it('is applied without the files that it was made from', async () => {
    const journey = await withSavedPlan();
    journey.write(before);
    expect(outcomesOf(await journey.apply({ planFile, allow }))).toHaveLength(3);
    journey.write(after);
    expectEmpty(await journey.plan());
  });

  it.each<[string, (text: string) => string]>([
    ['edited', (text) => text.replace('Out of order.', 'Out of luck.')],
    ['cut', (text) => text.slice(0, -100)],
    ['of another format', (text) => text.replace('cf-errors/plan-file', 'cf-errors/plan')],
    ['of a later version', (text) => text.replace('"version": 1', '"version": 2')],
    ['with one digest changed', (text) => text.replace(/"digest": "[0-9a-f]/, '"digest": "_')],
    ['empty', () => ''],
    ['something else', () => '{"rules": []}'],
  ])('that is %s is refused before anything is sent', async (_, damage) => {
    const journey = await setOut();
    journey.write(before);
    await journey.save();
    journey.sent();
    writeFileSync(join(journey.cwd, planFile), damage(journey.read(planFile)));
    const applied = await journey.apply({ planFile });
    expect(codesOf(applied.problems)).toEqual(['app/plan-file-damaged']);
    expect(applied.receipt).toBeUndefined();
    expect(journey.sent()).toEqual([]);
  });

  it('that was made elsewhere is refused', async () => {
    const [here, there] = [await setOut(), await setOut()];
    here.write(before);
    await here.save();
    there.write({ [planFile]: here.read(planFile) });
    expect(codesOf((await there.apply({ planFile })).problems)).toEqual(['app/plan-file-target']);
    expect(there.sent()).toEqual([]);
  });

  it('may have its hazards allowed when it is applied', async () => {
    const journey = await withSavedPlan();
    const blocked = await journey.apply({ planFile });
    expect(outcomesOf(blocked).map((line) => line.split(': ')[1])).toEqual(['skipped', 'skipped', 'skipped']);
    expect(journey.sent()).toEqual([]);
    expect(
      outcomesOf(await journey.apply({ planFile, allow })).every((line) => line.endsWith(': done')),
    ).toBe(true);
  });
});

describe('a fingerprint', () => {
  it('lets the reviewed plan through, whatever was only said differently', async () => {
    const journey = await setOut();
    journey.write(before);
    const fingerprint = await fingerprintOf(journey);
    journey.write(`# reviewed\n${before.replaceAll('http.response.code eq', 'http.response.code  eq')}`);
    // Whitespace in a new rule is written, so it counts; a comment does not.
    expect(codesOf((await journey.apply({ fingerprint })).problems)).toEqual(['apply/plan-changed']);
    journey.write(`# reviewed\n${before}`);
    expect(outcomesOf(await journey.apply({ fingerprint }))).toHaveLength(2);
  });

  it.each<[string, (journey: Journey) => unknown]>([
    ['the file changed', (journey) => journey.write(before.replace('eq 500', 'eq 501'))],
    [
      'the live rules changed',
      (journey) =>
        journey.cloudflare.call('PUT', entrypoint(journey.path()), { rules: [dashboardRule('page')] }),
    ],
  ])('refuses the plan when %s since, and nothing is written', async (_, change) => {
    const journey = await setOut();
    journey.write(before);
    const fingerprint = await fingerprintOf(journey);
    await change(journey);
    journey.sent();
    const applied = await journey.apply({ fingerprint });
    expect(planCodes(applied)).toEqual(['apply/plan-changed']);
    expect(journey.sent().filter((name) => !name.startsWith('GET '))).toEqual([]);
  });

  it('lets what is left of the reviewed plan through, and nothing to do as well', async () => {
    const journey = await setOut();
    journey.write(before);
    const fingerprint = await fingerprintOf(journey);
    const interrupt = new AbortController();
    journey.signal = interrupt.signal;
    journey.hook = (name) => {
      if (name.startsWith('POST ')) interrupt.abort('SIGINT');
      return undefined;
    };
    expect(outcomesOf(await journey.apply({ fingerprint }))).toEqual([
      'zone example.com asset-create old_page: done',
      'zone example.com rules: skipped',
    ]);
    journey.signal = undefined;
    expect(outcomesOf(await journey.apply({ fingerprint }))).toEqual(['zone example.com rules: done']);
    expect(codesOf((await journey.apply({ fingerprint })).problems)).toEqual([]);
  });

  it('does not let more through than was reviewed', async () => {
    const journey = await setOut();
    journey.write(before);
    const fingerprint = await fingerprintOf(journey);
    await journey.apply({ fingerprint });
    journey.write(before.replace('eq 502', 'eq 503'));
    expect(codesOf((await journey.apply({ fingerprint }, approve)).problems)).toEqual(['apply/plan-changed']);
  });
});

async function fingerprintOf(journey: Journey): Promise<string> {
  const { plan } = await journey.plan();
  if (plan === undefined) throw new Error('there is no plan');
  return plan.fingerprint;
}

/** The answers of the API as they were are for backups, which apply makes of what it reads itself. */
function withoutRaw(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, one) => (key === 'raw' ? undefined : one)));
}

describe('a saved plan that somebody changed and sealed again', () => {
  type Forgery = (plan: Plan) => void;
  // biome-ignore lint/suspicious/noExplicitAny: a forger is not held to read-only types
  const update = (plan: any) => plan.scopes[0].changes.find((one: any) => one.kind === 'ruleset-update');
  const forgeries: readonly [what: string, forge: Forgery][] = [
    [
      'the body that is sent',
      (plan) => Object.assign(update(plan).body.rules[0].rule, { expression: 'true' }),
    ],
    ['the changes that are shown', (plan) => update(plan).rules.pop()],
    ['the fingerprint', (plan) => Object.assign(plan, { fingerprint: `cfe1:${'0'.repeat(64)}` })],
    ['a digest', (plan) => Object.assign(update(plan), { digest: '0'.repeat(64) })],
  ];

  it.each(forgeries)('%s is refused', async (_what, forge) => {
    const journey = await withSavedPlan();
    const { seal: _, ...file } = JSON.parse(journey.read(planFile));
    forge(file.plan);
    journey.write({ [planFile]: JSON.stringify({ ...file, seal: digest(file) }) });
    const applied = await journey.apply({ planFile, allow });
    expect(codesOf(applied.problems)).toEqual(['app/plan-file-damaged']);
    expect(journey.sent().filter((one) => !one.startsWith('GET'))).toEqual([]);
  });
});
