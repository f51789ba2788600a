import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { entrypoint } from '../e2e/dashboard.ts';
import { type Journey, setOut } from '../e2e/journey.ts';
import { outcomesOf, receiptCodes, receiptOf } from '../e2e/results.ts';
import { applySaved, atStep, before, steps, withSavedPlan } from './scenario.ts';

it('what is about to be replaced is stored before the first write, for its owner alone', async () => {
  const journey = await withSavedPlan();
  const live = await entrypointOf(journey);
  let stored: readonly string[] = [];
  atStep(journey, 2, async () => {
    stored = readdirSync(join(journey.cwd, '.cf-errors/backup'));
  });
  const [scope] = receiptOf(await journey.apply(applySaved)).scopes;
  expect(stored.map((name) => join('.cf-errors/backup', name))).toContain(scope?.backup);
  const path = join(journey.cwd, scope?.backup ?? '');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const document = JSON.parse(readFileSync(path, 'utf8'));
  expect(document).toMatchObject({
    format: 'cf-errors/backup',
    target: journey.cloudflare.baseUrl,
    scope: { kind: 'zone', id: journey.cloudflare.zone(), name: 'example.com' },
    ruleset_version: '1',
    assets: [{ name: 'old_page', url: 'https://static.example.com/old.html' }],
  });
  expect(document.ruleset).toEqual(live);
});

it('nothing is written where that cannot be stored', async () => {
  const journey = await withSavedPlan();
  writeFileSync(join(journey.cwd, 'in-the-way'), '');
  const applied = await journey.apply({ ...applySaved, backupDir: 'in-the-way/backup' });
  expect(receiptCodes(applied)).toEqual(['apply/backup-failed']);
  expect(receiptOf(applied).scopes.map((scope) => scope.outcome)).toEqual(['failed']);
  expect(journey.sent()).toEqual([steps[1], steps[0]]);
});

it('a scope that has nothing to replace yet is stored as such', async () => {
  const journey = await setOut();
  journey.write(before);
  const [scope] = receiptOf(await journey.apply({ backupDir: 'elsewhere' })).scopes;
  expect(scope?.backup).toMatch(/^elsewhere\//);
  expect(JSON.parse(journey.read(scope?.backup ?? ''))).toMatchObject({
    ruleset_version: 'none',
    ruleset: null,
    assets: [],
  });
  expect(scope?.versions).toEqual({ from: 'none', to: '1' });
});

it('a plan file and a backup in a folder that others may read are still for their owner alone', async () => {
  const journey = await setOut();
  journey.write(before);
  mkdirSync(join(journey.cwd, 'shared'));
  chmodSync(join(journey.cwd, 'shared'), 0o777);
  await journey.save();
  const applied = await journey.apply({ planFile: 'plan.json', backupDir: 'shared' });
  expect(outcomesOf(applied)).toHaveLength(2);
  const files = ['plan.json', receiptOf(applied).scopes[0]?.backup ?? ''];
  expect(files.map((file) => statSync(join(journey.cwd, file)).mode & 0o777)).toEqual([0o600, 0o600]);
});

async function entrypointOf(journey: Journey): Promise<unknown> {
  const { body } = await journey.cloudflare.sandbox.dashboard('GET', entrypoint(journey.path()));
  return Object(body).result;
}
