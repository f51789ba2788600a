import { describe, expect, it } from 'vitest';
import { dashboardRule, entrypoint, showing } from './dashboard.ts';
import { type Journey, setOut } from './journey.ts';
import { codesOf, expectEmpty, outcomesOf, planCodes } from './results.ts';

const expression = 'http.response.code eq 500';
const rule = (ref: string) => ({
  ref,
  expression,
  content: `<p>${ref}</p>`,
  content_type: 'text/html',
});
const naming = (ref: string, asset_name: string) => ({ ref, expression, asset_name });
const page = (name: string) => ({ name, url: `https://static.example.com/${name}.html` });

interface Claims {
  readonly account?: string;
  readonly assets?: readonly object[];
  readonly rules?: readonly object[];
}

function zones(scopes: Readonly<Record<string, Claims>>): string {
  return JSON.stringify({ version: 1, zones: scopes });
}

/** Somebody at the dashboard fills a zone: an asset, two rules of which one names it, and another phase. */
async function furnish(journey: Journey, name?: string): Promise<void> {
  const path = journey.path('zone', name);
  await journey.cloudflare.call('POST', `${path}/custom_pages/assets`, {
    ...page('shared'),
    description: '',
  });
  const rules = [dashboardRule('page', showing('shared')), dashboardRule('text')];
  await journey.cloudflare.call('PUT', entrypoint(path), { rules, description: 'By hand' });
  const foreign = [{ action: 'block', expression: 'ssl', description: 'not ours' }];
  await journey.cloudflare.call('PUT', `${path}/rulesets/phases/http_request_firewall_custom/entrypoint`, {
    rules: foreign,
  });
}

function stateOf(journey: Journey, name?: string) {
  return journey.cloudflare.sandbox.state().scopes[journey.cloudflare.zone(name)];
}

describe('what is not claimed', () => {
  it('is never written: rules beside claimed assets', async () => {
    const journey = await setOut();
    await furnish(journey);
    const before = stateOf(journey);
    journey.write(zones({ 'example.com': { assets: [page('shared'), page('more')] } }));
    expect(outcomesOf(await journey.apply())).toEqual(['zone example.com asset-create more: done']);
    expect(stateOf(journey)?.rulesets).toEqual(before?.rulesets);
    expectEmpty(await journey.plan());
  });

  it('is never written: assets beside claimed rules, other phases and the description of the ruleset', async () => {
    const journey = await setOut();
    await furnish(journey);
    const before = stateOf(journey);
    journey.write(zones({ 'example.com': { rules: [naming('page', 'shared'), rule('text'), rule('new')] } }));
    await journey.apply();
    const after = stateOf(journey);
    expect(after?.assets).toEqual(before?.assets);
    const [own, foreign] = after?.rulesets ?? [];
    expect(foreign).toEqual(before?.rulesets[1]);
    expect(own?.versions.at(-1)?.description).toBe('By hand');
    expectEmpty(await journey.plan());
  });

  it('is never written: a scope that says nothing, and one that is not chosen', async () => {
    const journey = await setOut({ zones: ['one.example', 'two.example'] });
    await furnish(journey, 'one.example');
    const before = stateOf(journey, 'one.example');
    journey.write(zones({ 'one.example': {}, 'two.example': { rules: [rule('a')] } }));
    expect(outcomesOf(await journey.apply())).toEqual(['zone two.example rules: done']);
    journey.write(zones({ 'one.example': { rules: [] }, 'two.example': { rules: [] } }));
    const selection = { config: [], zones: ['two.example'], accounts: [] };
    expect(outcomesOf(await journey.apply({ selection, allow: ['plan/empty'] }))).toEqual([
      'zone two.example rules: done',
    ]);
    expect(stateOf(journey, 'one.example')).toEqual(before);
  });

  it('keeps an asset alive that one of its rules names', async () => {
    const journey = await setOut();
    await furnish(journey);
    journey.write(zones({ 'example.com': { assets: [page('other')] } }));
    const planned = await journey.plan({ allow: ['plan/take-over'] });
    expect(planCodes(planned)).toContain('plan/asset-in-use');
    expect(planned.plan?.scopes[0]?.problems.map((problem) => problem.message)).toContainEqual(
      expect.stringContaining('page'),
    );
    expect(outcomesOf(await journey.apply({ allow: ['plan/take-over'] }))).toEqual([]);
    expect(stateOf(journey)?.assets).toHaveLength(1);
  });
});

describe('a rule that names an asset which the file does not list', () => {
  it('may name one that is live', async () => {
    const journey = await setOut();
    await furnish(journey);
    journey.write(zones({ 'example.com': { rules: [naming('page', 'shared'), rule('text')] } }));
    expectEmpty(await journey.plan());
  });

  it('is a problem where there is none, and one of the account does not count', async () => {
    const journey = await setOut();
    await journey.cloudflare.call('POST', `${journey.path('account')}/custom_pages/assets`, {
      ...page('shared'),
      description: '',
    });
    journey.write(zones({ 'example.com': { rules: [naming('page', 'shared')] } }));
    const planned = await journey.plan();
    expect(planCodes(planned)).toEqual(['plan/asset-missing']);
    expect(planned.plan?.scopes[0]?.problems[0]?.span).toMatchObject({ file: 'custom-errors.yaml', line: 1 });
  });
});

describe('one zone named twice', () => {
  const config = { config: ['one.yaml', 'two.yaml'], zones: [], accounts: [] };

  it('by its name and by its id may not claim the same kind twice', async () => {
    const journey = await setOut();
    journey.write({
      'one.yaml': zones({ 'example.com': { rules: [rule('a')] } }),
      'two.yaml': zones({ [journey.cloudflare.zone()]: { rules: [rule('b')] } }),
    });
    const applied = await journey.apply({ selection: config });
    expect(planCodes(applied)).toEqual(['config/claimed-twice']);
    expect(applied.plan?.problems[0]).toMatchObject({
      span: { file: 'two.yaml' },
      notes: [{ span: { file: 'one.yaml' } }],
    });
    expect(journey.sent().filter((name) => !name.startsWith('GET '))).toEqual([]);
  });

  it('is one scope where the kinds differ', async () => {
    const journey = await setOut();
    journey.write({
      'one.yaml': zones({ [journey.cloudflare.zone()]: { assets: [page('shared')] } }),
      'two.yaml': zones({ 'example.com': { rules: [naming('page', 'shared')] } }),
    });
    expect(outcomesOf(await journey.apply({ selection: config }))).toEqual([
      'zone example.com asset-create shared: done',
      'zone example.com rules: done',
    ]);
    expectEmpty(await journey.plan({ selection: config }));
  });
});

describe('two zones of one name', () => {
  const options = {
    accounts: ['Acme Inc', 'Other Ltd'],
    zones: ['Acme Inc', 'Other Ltd'].map((account) => ({ name: 'example.com', account })),
  };

  it('are an error that lists both', async () => {
    const journey = await setOut(options);
    journey.write(zones({ 'example.com': { rules: [rule('a')] } }));
    const planned = await journey.plan();
    expect(planCodes(planned)).toEqual(['cloudflare/ambiguous-zone']);
    const { message } = planned.plan?.problems[0] ?? {};
    for (const name of options.accounts)
      expect(message).toContain(journey.cloudflare.zone('example.com', name));
  });

  it.each<[string, (journey: Journey) => string]>([
    ['name', () => 'Other Ltd'],
    ['id', (journey) => journey.cloudflare.account('Other Ltd')],
  ])('are told apart by the %s of the account', async (_, account) => {
    const journey = await setOut(options);
    journey.write(zones({ 'example.com': { account: account(journey), rules: [rule('a')] } }));
    const zone = journey.cloudflare.zone('example.com', 'Other Ltd');
    const { plan } = await journey.plan();
    expect(plan?.scopes.map(({ scope }) => scope.id)).toEqual([zone]);
    const lookups = journey.sent().filter((name) => name.startsWith('GET zones '));
    expect(lookups).toHaveLength(1);
  });
});

describe('a hazard', () => {
  const furnished = { 'one.example': { rules: [rule('new')] } };

  it('anywhere stops every write everywhere', async () => {
    const journey = await setOut({ zones: ['one.example', 'two.example'] });
    await furnish(journey, 'one.example');
    journey.write(zones({ ...furnished, 'two.example': { rules: [rule('a')] } }));
    const applied = await journey.apply();
    expect(planCodes(applied)).toEqual(['plan/take-over']);
    expect(outcomesOf(applied)).toEqual([
      'zone one.example rules: skipped',
      'zone two.example rules: skipped',
    ]);
    expect(journey.sent().filter((name) => !name.startsWith('GET '))).toEqual([]);
  });

  it.each<[string, boolean]>([
    ['plan/take-over', true],
    ['plan/take-over@one.example', true],
    ['plan/take-over@zone one.example', true],
    ['plan/take-over@two.example', false],
    ['plan/empty', false],
  ])('and --allow %s: %s', async (allow, goes) => {
    const journey = await setOut({ zones: ['one.example'] });
    await furnish(journey, 'one.example');
    journey.write(zones(furnished));
    const applied = await journey.apply({ allow: [allow] });
    expect(outcomesOf(applied)).toEqual([`zone one.example rules: ${goes ? 'done' : 'skipped'}`]);
  });

  it('is nothing that --allow of an unknown code can hide', async () => {
    const journey = await setOut();
    journey.write(zones({ 'example.com': { rules: [] } }));
    const applied = await journey.apply({ allow: ['plan/takeover'] });
    expect(planCodes(applied)).toEqual(['app/unknown-code']);
  });

  it.each<[string, Claims]>([
    ['plan/empty', { rules: [] }],
    ['plan/mass-delete', { rules: [rule('r0')] }],
  ])('%s', async (code, claims) => {
    const journey = await setOut();
    const rules = ['r0', 'r1', 'r2', 'r3'].map((ref) => dashboardRule(ref));
    await journey.cloudflare.call('PUT', entrypoint(journey.path()), { rules });
    journey.write(zones({ 'example.com': claims }));
    const planned = await journey.plan();
    expect(planCodes(planned)).toContain(code);
    for (const ref of ['r1', 'r2', 'r3']) {
      expect(planned.plan?.scopes[0]?.problems[0]?.message).toContain(ref);
    }
  });
});

describe('what a command line gets wrong', () => {
  it('a name to refresh that nobody claims stops apply before any write', async () => {
    const journey = await setOut();
    journey.write(`version: 1
zones:
  example.com:
    assets:
      - { name: page, url: https://static.example.com/page.html }
`);
    const applied = await journey.apply({ refresh: ['pgae'] });
    expect(codesOf(applied.problems)).toEqual(['plan/unknown-refresh']);
    expect(journey.sent().filter((one) => !one.startsWith('GET'))).toEqual([]);
  });

  it('a configuration that claims nothing says so', async () => {
    const journey = await setOut();
    journey.write('version: 1\nzones:\n  example.com: {}\n');
    const { problems } = await journey.validate();
    expect(codesOf(problems)).toEqual(['app/nothing-claimed']);
  });
});

it('a list of accounts that is refused stops no scope that is named by its id', async () => {
  const journey = await setOut();
  journey.hook = (name) =>
    name.startsWith('GET accounts')
      ? {
          kind: 'answer',
          status: 403,
          body: { success: false, errors: [{ code: 10_000, message: 'no' }], messages: [], result: null },
        }
      : undefined;
  const id = journey.cloudflare.zone();
  journey.write(`version: 1\nzones:\n  ${id}:\n    rules: []\naccounts:\n  Acme Inc:\n    rules: []\n`);
  const { plan } = await journey.plan();
  expect(plan?.scopes.map(({ scope }) => scope.id)).toEqual([id]);
  expect(plan?.problems[0]).toMatchObject({ scope: 'account Acme Inc', span: { line: 6 } });
});
