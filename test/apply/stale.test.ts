import { describe, expect, it } from 'vitest';
import { addAsset, addRule, dashboardRule, entrypoint, showing } from '../e2e/dashboard.ts';
import { type Journey, setOut } from '../e2e/journey.ts';
import { codesOf, expectEmpty, outcomesOf, receiptCodes, receiptOf } from '../e2e/results.ts';
import { after, allow, applySaved, atStep, before, steps, withSavedPlan } from './scenario.ts';

const nothing = ['skipped', 'skipped', 'skipped'];

describe('somebody else writes the rules right before', () => {
  it.each<{ step: number; scope: string; changes: string[]; codes: string[]; keeps: boolean }>([
    { step: 0, scope: 'stale', changes: nothing, codes: ['apply/stale'], keeps: true },
    {
      step: 1,
      scope: 'incomplete',
      changes: ['done', 'failed', 'skipped'],
      codes: ['apply/stale'],
      keeps: true,
    },
    {
      step: 2,
      scope: 'incomplete',
      changes: ['done', 'failed', 'skipped'],
      codes: ['apply/stale'],
      keeps: true,
    },
    {
      step: 3,
      scope: 'incomplete',
      changes: ['done', 'failed', 'skipped'],
      codes: ['apply/stale'],
      keeps: true,
    },
    // The API has no conditional write: this one cannot be seen before it has happened.
    {
      step: 4,
      scope: 'done',
      changes: ['done', 'done', 'done'],
      codes: ['apply/overwrote-other-writer'],
      keeps: false,
    },
    // Written already, so nothing is lost; what is live then is neither the one nor the other, and that is said.
    ...[5, 6, 7, 8].map((step) => ({
      step,
      scope: 'done',
      changes: ['done', 'done', 'done'],
      codes: ['apply/changed-meanwhile'],
      keeps: true,
    })),
    { step: 9, scope: 'done', changes: ['done', 'done', 'done'], codes: [], keeps: true },
  ])('request $step: $scope', async ({ step, scope, changes, codes, keeps }) => {
    const journey = await withSavedPlan();
    atStep(journey, step, () => addRule(journey, dashboardRule('by_hand')));
    const applied = await journey.apply(applySaved);
    const [receipt] = receiptOf(applied).scopes;
    expect(receipt?.outcome).toBe(scope);
    expect(receipt?.changes.map((change) => change.outcome)).toEqual(changes);
    expect(receiptCodes(applied)).toEqual(codes);
    expect((await journey.rules()).some(({ ref }) => ref === 'by_hand')).toBe(keeps);
    await convergesTo(journey);
  });

  it('and names the versions that were lost', async () => {
    const journey = await withSavedPlan();
    atStep(journey, 4, async () => {
      await addRule(journey, dashboardRule('by_hand'));
      await addRule(journey, dashboardRule('by_hand_too'));
    });
    const [scope] = receiptOf(await journey.apply(applySaved)).scopes;
    expect(scope?.versions).toEqual({ from: '1', to: '4' });
    expect(scope?.problems.map((problem) => problem.message)).toEqual([
      expect.stringContaining('versions 2 to 3'),
    ]);
  });

  it('so that a rule names an asset that was about to go: it stays', async () => {
    const journey = await withSavedPlan();
    atStep(journey, 5, () => addRule(journey, dashboardRule('by_hand', showing('old_page'))));
    const applied = await journey.apply(applySaved);
    expect(receiptCodes(applied)).toEqual(['apply/asset-still-named']);
    expect(outcomesOf(applied).at(-1)).toBe('zone example.com asset-delete old_page: failed');
    expect(journey.sent()).not.toContain('DELETE zone example.com assets/old_page');
    await convergesTo(journey);
  });
});

describe('somebody else writes the assets before apply reads them again', () => {
  it.each<[string, (journey: Journey) => Promise<unknown>, string]>([
    ['one appeared', (journey) => addAsset(journey, 'by_hand'), 'asset by_hand appeared'],
    [
      'one changed',
      (journey) =>
        journey.cloudflare.call('PUT', `${journey.path()}/custom_pages/assets/old_page`, {
          url: 'https://static.example.com/old.html',
          description: '',
        }),
      'asset old_page changed',
    ],
    ['the one to create is there, and is another', addOtherNewPage, 'asset new_page appeared'],
    ['one is gone', removeOldPage, 'its later steps are done but its earlier ones are not'],
  ])('%s: stale, and nothing is written', async (_, act, words) => {
    const journey = await withSavedPlan();
    await act(journey);
    const applied = await journey.apply(applySaved);
    const [scope] = receiptOf(applied).scopes;
    expect(scope?.outcome).toBe('stale');
    expect(scope?.problems.map((problem) => problem.message)).toEqual([expect.stringContaining(words)]);
    expect(journey.sent()).toEqual([steps[1], steps[0]]);
    expect(scope?.backup).toBeUndefined();
    await convergesTo(journey);
  });
});

it('a rule is not written when the unclaimed asset that it names has gone since the plan', async () => {
  const journey = await setOut();
  await addAsset(journey, 'shared');
  journey.write(
    'version: 1\nzones: { example.com: { rules: [{ ref: a, expression: ssl, asset_name: shared }] } }',
  );
  await journey.save();
  await journey.cloudflare.call('DELETE', `${journey.path()}/custom_pages/assets/shared`);
  journey.cloudflare.sandbox.switches.missingAsset = 'accept';
  const applied = await journey.apply({ planFile: 'plan.json' });
  expect(receiptOf(applied).scopes.map((scope) => scope.outcome)).toEqual(['stale']);
  expect(receiptCodes(applied)).toEqual(['apply/stale']);
});

it('a new version of the same rules makes nothing stale that does not write them', async () => {
  const journey = await setOut();
  journey.write(before);
  await journey.apply();
  journey.write(before.replace('old.html', 'older.html'));
  await journey.save();
  const rules = (await journey.rules()).map(({ version, last_updated, ...body }) => body);
  await journey.cloudflare.call('PUT', entrypoint(journey.path()), { rules });
  expect(outcomesOf(await journey.apply({ planFile: 'plan.json' }))).toEqual([
    'zone example.com asset-update old_page: done',
  ]);
});

it('a server that rewrites what was sent is told of, and nothing is deleted', async () => {
  const journey = await withSavedPlan();
  // The server keeps what is there and says so.
  atStep(journey, 4, async () => ({ kind: 'answer', status: 200, body: await answerOf(journey) }));
  const applied = await journey.apply(applySaved);
  expect(receiptCodes(applied)).toContain('apply/not-as-written');
  expect(outcomesOf(applied)).toEqual([
    'zone example.com asset-create new_page: done',
    'zone example.com rules: failed',
    'zone example.com asset-delete old_page: skipped',
  ]);
});

/** The entry point as the API answers a write of it. */
async function answerOf(journey: Journey) {
  const { body } = await journey.cloudflare.sandbox.dashboard('GET', entrypoint(journey.path()));
  return body ?? null;
}

async function addOtherNewPage(journey: Journey): Promise<void> {
  await addAsset(journey, 'new_page');
  const body = { url: 'https://elsewhere.example.com/', description: '' };
  await journey.cloudflare.call('PUT', `${journey.path()}/custom_pages/assets/new_page`, body);
}

function removeOldPage(journey: Journey): Promise<unknown> {
  return journey.cloudflare.call('DELETE', `${journey.path()}/custom_pages/assets/old_page`);
}

/** Planned anew and applied, the file is what is live. */
async function convergesTo(journey: Journey): Promise<void> {
  journey.hook = () => undefined;
  journey.write(after);
  const again = await journey.apply({ allow: [...allow, 'plan/mass-delete'] });
  expect(codesOf(again.problems)).toEqual([]);
  expectEmpty(await journey.plan());
}
