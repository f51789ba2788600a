import { describe, expect, it } from 'vitest';
import {
  addAsset,
  dashboardRule,
  entrypoint,
  makeByHand,
  putRules,
  showing,
  withoutRef,
} from './dashboard.ts';
import { setOut } from './journey.ts';
import { changesOf, codesOf, expectEmpty, outcomesOf, planCodes } from './results.ts';

const out = 'custom-errors.yaml';
const zones = ['example.com'];

describe('what the file cannot express', () => {
  it('is a problem and a comment: another action; its scope is not planned while that is live', async () => {
    const switches = { customErrorActions: ['serve_error', 'log'] };
    const journey = await setOut({ switches });
    await putRules(journey, dashboardRule('a'), { ref: 'logs', action: 'log', expression: 'ssl' });
    const imported = await journey.import({ zones, out });
    expect(codesOf(imported.problems)).toContain('import/foreign-action');
    expect(imported.isProven).toBe(false);
    expect(imported.text).toMatch(/# .*"action":"log"/);
    expect(planCodes(await journey.plan())).toEqual(['plan/foreign-action']);
    expect(outcomesOf(await journey.apply())).toEqual([]);
  });

  it('is a problem and a comment: an asset of another name; its scope does not claim assets then', async () => {
    const journey = await setOut({
      switches: { hyphenInAssetName: 'accept' },
      undocumented: /name must match pattern/,
    });
    await addAsset(journey, 'error-5xx');
    await addAsset(journey, 'plain');
    const imported = await journey.import({ zones, out });
    expect(codesOf(imported.problems)).toEqual(['import/asset-not-expressible']);
    expect(imported.text).toMatch(/# .*error-5xx/);
    expect(imported.text).not.toContain('assets:');
    expectEmpty(await journey.plan());
  });

  it('is a warning: parameters that are carried along, and stay when the rule is edited', async () => {
    const journey = await setOut({ switches: { newActionParameters: ['cache_ttl'] } });
    const parameters = { content: 'old', content_type: 'text/plain', cache_ttl: 60 };
    await putRules(journey, dashboardRule('a', { action_parameters: parameters }));
    const imported = await journey.import({ zones, out });
    expect(codesOf(imported.problems)).toEqual(['import/carried-along']);
    expect(imported.isProven).toBe(true);
    expectEmpty(await journey.plan());
    journey.write(journey.read(out).replace('old', 'new'));
    await journey.apply();
    expect((await journey.rules())[0]?.action_parameters).toEqual({ ...parameters, content: 'new' });
  });
});

describe('import --new-refs', () => {
  it('renames the rules that nobody named, and does nothing else', async () => {
    const journey = await setOut();
    await addAsset(journey, 'error_5xx');
    await makeByHand(
      journey,
      { description: 'JSON for API clients' },
      { description: 'JSON for API clients', expression: 'ssl' },
      showing('error_5xx'),
      {},
    );
    const imported = await journey.import({ zones, out, newRefs: true });
    expect(imported).toMatchObject({ problems: [], renames: 4, isProven: true });
    expect(changesOf(await journey.plan())).toEqual([
      'zone example.com rename json_for_api_clients',
      'zone example.com rename json_for_api_clients_2',
      'zone example.com rename error_5xx',
      'zone example.com rename rule_4',
    ]);
    await journey.apply();
    expectEmpty(await journey.plan());
  });

  it('leaves refs alone that somebody chose, and takes none of them again', async () => {
    const journey = await setOut();
    await putRules(journey, dashboardRule('fallback'));
    const [chosen] = (await journey.rules()).map(({ version, last_updated, ...rule }) => rule);
    await journey.cloudflare.call('PUT', entrypoint(journey.path()), {
      rules: [
        { ...chosen },
        { ...withoutRef(dashboardRule('')), description: 'Fallback', expression: 'ssl' },
      ],
    });
    const imported = await journey.import({ zones, out, newRefs: true });
    expect(imported.renames).toBe(1);
    expect(changesOf(await journey.plan())).toEqual(['zone example.com rename fallback_2']);
  });
});
