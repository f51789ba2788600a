import { describe, expect, it } from 'vitest';
import { exitOfReceipt } from '../../src/app/app.ts';
import { dashboardRule, entrypoint, putRules } from '../e2e/dashboard.ts';
import { type Journey, setOut } from '../e2e/journey.ts';
import { receiptCodes, receiptOf } from '../e2e/results.ts';

const file = `version: 1
zones:
  example.com:
    rules:
      - { ref: a, expression: http.response.code eq 500, content_type: text/plain, content: new }
`;

/** Somebody deletes the ruleset, and with it the count of its versions. */
async function makeAnew(journey: Journey, ...refs: readonly string[]): Promise<void> {
  const [ruleset] = Object.values(journey.cloudflare.sandbox.state().scopes).flatMap(
    (scope) => scope.rulesets,
  );
  await journey.cloudflare.call('DELETE', `${journey.path()}/rulesets/${ruleset?.id}`);
  await putRules(journey, ...refs.map((ref) => dashboardRule(ref)));
}

async function withRuleset(): Promise<Journey> {
  const journey = await setOut();
  await putRules(journey, dashboardRule('a'));
  journey.write(file);
  return journey;
}

describe('a ruleset that is deleted and made anew', () => {
  it('between plan and apply is stale, although its version is the same', async () => {
    const journey = await withRuleset();
    await journey.save();
    await makeAnew(journey, 'a', 'x', 'y');
    const applied = await journey.apply({ planFile: 'plan.json' });
    expect(receiptCodes(applied)).toEqual(['apply/stale']);
    expect((await journey.rules()).map(({ ref }) => ref)).toEqual(['a', 'x', 'y']);
  });

  it('has another fingerprint, although the file and the version are the same', async () => {
    const journey = await withRuleset();
    const before = await journey.plan();
    await makeAnew(journey, 'a');
    const { plan } = await journey.plan();
    expect(plan?.fingerprint).not.toBe(before.plan?.fingerprint);
  });

  it('right before the write is told of afterwards', async () => {
    const journey = await withRuleset();
    await putRules(journey, dashboardRule('a', { description: 'version 2' }));
    journey.hook = async (_name, { method }) => {
      if (method === 'PUT') await makeAnew(journey, 'a');
      return undefined;
    };
    const applied = await journey.apply();
    expect(receiptCodes(applied)).toEqual(['apply/overwrote-other-writer']);
    const [receipt] = receiptOf(applied).scopes;
    expect(receipt?.problems[0]?.message).toContain('made anew');
  });
});

it('a rule that names the asset in a malformed way keeps it from being deleted', async () => {
  const journey = await setOut({ switches: { bothSources: 'accept' }, undocumented: /rules\/0|rule 0/ });
  await journey.cloudflare.call('POST', `${journey.path()}/custom_pages/assets`, {
    name: 'old',
    url: 'https://static.example.com/old.html',
    description: '',
  });
  journey.write('version: 1\nzones:\n  example.com:\n    assets: []\n');
  await journey.save({ allow: ['plan/empty'] });
  const both = { asset_name: 'old', content: 'x', content_type: 'text/html' };
  await journey.cloudflare.call('PUT', entrypoint(journey.path()), {
    rules: [dashboardRule('odd', { action_parameters: both })],
  });
  const applied = await journey.apply({ planFile: 'plan.json', allow: ['plan/empty'] });
  expect(receiptCodes(applied)).toEqual(['apply/asset-still-named']);
});

it('a write that the server changed is not called "nothing was written"', async () => {
  const journey = await withRuleset();
  journey.hook = (_name, { method }) =>
    method === 'PUT'
      ? {
          kind: 'reword',
          reword: ({ status, body }) => ({ status, text: JSON.stringify(body).replace('"new"', '"other"') }),
        }
      : undefined;
  const applied = await journey.apply();
  const receipt = receiptOf(applied);
  expect(receipt.scopes[0]).toMatchObject({
    outcome: 'incomplete',
    changes: [{ outcome: 'failed', wrote: 'yes' }],
  });
  expect(applied.plan && exitOfReceipt(applied.plan, receipt)).toBe(3);
});
