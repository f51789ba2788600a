import { describe, expect, it } from 'vitest';
import type { PlanName } from '../../src/sandbox/sandbox.ts';
import { setOut } from './journey.ts';
import { outcomesOf, planCodes, receiptCodes } from './results.ts';

const code = 'expression/plan';
const head = ['version: 1', 'zones:', '  example.com:', '    rules:'];

function ruled(expression: string): string {
  const rule = ['      - ref: a', `        expression: ${expression}`, '        asset_name: page'];
  return [...head, ...rule, '    assets: [{name: page, url: https://example.com/a}]', ''].join('\n');
}

const regex = ruled('http.host matches "^a"');

/** A user whose zone has this plan. */
async function onPlan(plan: PlanName, file: string) {
  const journey = await setOut({ zones: [{ name: 'example.com', plan }] });
  journey.write(file);
  return journey;
}

describe('an expression that the plan of the zone does not have', () => {
  it('is an error at its place, and the scope is left alone', async () => {
    const journey = await onPlan('pro', regex);
    expect((await journey.validate()).problems).toEqual([]);
    const { plan } = await journey.plan();
    expect(plan?.scopes[0]?.problems).toMatchObject([
      { code, severity: 'error', span: { line: 6, column: 31 }, scope: 'zone example.com' },
    ]);
    const applied = await journey.apply();
    expect(outcomesOf(applied)).toContain('zone example.com rules: skipped');
    expect(await journey.rules()).toEqual([]);
  });

  it.each<PlanName>(['business', 'enterprise'])('is none on the plan %s', async (plan) => {
    const journey = await onPlan(plan, regex);
    expect(planCodes(await journey.plan())).toEqual([]);
  });

  it('costs no request, and nothing is said where the zone is named by its id', async () => {
    const journey = await onPlan('pro', regex);
    await journey.plan();
    const requests = journey.sent();
    expect(requests.filter((one) => one.includes('zones'))).toHaveLength(1);
    journey.write(regex.replace('example.com:', `${journey.cloudflare.zone()}:`));
    expect(planCodes(await journey.plan())).toEqual([]);
    expect(journey.sent()).toHaveLength(requests.length - 1);
  });

  it('is a warning where a comment or --allow says so', async () => {
    const journey = await onPlan('pro', regex);
    const warned = [{ code, severity: 'warning' }];
    for (const allow of [code, `${code}@example.com`]) {
      const { plan } = await journey.plan({ allow: [allow] });
      expect(plan?.scopes[0]?.problems).toMatchObject(warned);
    }
    journey.write(ruled(`http.host matches "^a" # cf-errors:ignore ${code} WAF Advanced is on`));
    expect((await journey.validate()).problems).toEqual([]);
    const { plan, problems } = await journey.plan();
    expect(problems).toEqual([]);
    expect(plan?.scopes[0]?.problems).toMatchObject(warned);
  });

  it('is an error of one zone only where several share the rule', async () => {
    const zones = [
      { name: 'example.com', plan: 'pro' as const },
      { name: 'example.org', plan: 'business' as const },
    ];
    const journey = await setOut({ zones });
    const shared = '{ref: a, expression: http.host matches "^a", content: x, content_type: text/plain}';
    journey.write(
      [
        'version: 1',
        `x-rules: &rules [${shared}]`,
        'zones:',
        '  example.com: {rules: *rules}',
        '  example.org: {rules: *rules}',
      ].join('\n'),
    );
    const { plan } = await journey.plan();
    expect(plan?.scopes.map(({ problems }) => problems.map((one) => one.code))).toEqual([[code], []]);
  });

  it('is said by validate when Cloudflare is asked, which refuses it too', async () => {
    const journey = await onPlan('pro', regex);
    const { problems } = await journey.validate({ online: { parallelism: 8 } });
    expect(problems.map((one) => one.code)).toEqual(expect.arrayContaining(['app/server-refused', code]));
  });
});

describe('more rules or assets than the plan of the zone holds', () => {
  const assets = (count: number) =>
    Array.from({ length: count }, (_, at) => `{name: a${at}, url: https://example.com/${at}}`);
  const file = (list: readonly string[]) =>
    ['version: 1', 'zones:', '  example.com:', `    assets: [${list}]`].join('\n');

  it('are warned about, and Cloudflare has the word', async () => {
    const journey = await onPlan('pro', file(assets(26)));
    const { plan } = await journey.plan();
    expect(plan?.scopes[0]?.problems).toMatchObject([{ code: 'plan/over-quota', span: { line: 4 } }]);
    const applied = await journey.apply();
    expect(receiptCodes(applied)).toContain('cloudflare/over-quota');
  });

  it('are none at the quota, and are named on the way to it', async () => {
    const journey = await onPlan('pro', file(assets(25)));
    expect(planCodes(await journey.plan())).toEqual([]);
    await journey.apply();
    journey.write(file([...assets(24), '{name: other, url: https://example.com/other}']));
    const { plan } = await journey.plan();
    expect(plan?.scopes[0]?.problems).toMatchObject([
      {
        code: 'plan/over-quota',
        message: expect.stringContaining('26 assets until the old ones are deleted'),
      },
    ]);
  });

  it('are all of them on the free plan', async () => {
    const journey = await onPlan('free', ruled('ssl'));
    expect(planCodes(await journey.plan())).toEqual(['plan/over-quota', 'plan/over-quota']);
  });
});
