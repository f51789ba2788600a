import { describe, expect, it } from 'vitest';
import { checkExchanges, openapiPath, skipped } from '../contract/contract.ts';
import { dashboardRule } from './dashboard.ts';
import { setOut } from './journey.ts';
import { expectEmpty, outcomesOf, receiptCodes } from './results.ts';

const both = `version: 1
zones:
  example.com:
    assets:
      - name: error_5xx
        url: https://static.example.com/5xx.html
    rules:
      - ref: a
        expression: http.response.code eq 500
        asset_name: error_5xx
      - ref: b
        expression: http.response.code eq 502
        content_type: text/plain
        content: Out of order.
`;

const withoutAsset = both
  .replace(/ {6}- name: .*\n.*\n/, '')
  .replace('assets:', 'assets: []')
  .replace('asset_name: error_5xx', 'content_type: text/plain\n        content: Out of order, too.');

/** A file that claims these kinds of zones and accounts, with nothing in them. */
function claims(zones: readonly string[], accounts: readonly string[] = []): string {
  const scopes = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, { assets: [], rules: [] }]));
  return JSON.stringify({ version: 1, zones: scopes(zones), accounts: scopes(accounts) });
}

const lookup = 'GET zones name=example.com';
const readBoth = ['GET zone example.com assets', 'GET zone example.com rules'];

describe('a plan', () => {
  it.each([
    [0, 1],
    [1, 1],
    [200, 1],
    [201, 2],
    [300, 2],
  ])('of a zone with %i assets lists them in %i pages', async (count, pages) => {
    const journey = await setOut();
    const names = Array.from({ length: count }, (_, index) => `page_${index}`);
    const assets = names.map((name) => ({ name, url: `https://static.example.com/${name}.html` }));
    for (const asset of assets) {
      await journey.cloudflare.call('POST', `${journey.path()}/custom_pages/assets`, {
        ...asset,
        description: '',
      });
    }
    const id = journey.cloudflare.zone();
    journey.write(JSON.stringify({ version: 1, zones: { [id]: { assets, rules: [] } } }));
    expectEmpty(await journey.plan());
    const lists = ['GET zone example.com assets', 'GET zone example.com assets page 2'].slice(0, pages);
    expect(journey.sent()).toEqual([...lists, 'GET zone example.com rules']);
  });

  it('asks once for one name, of a zone and of an account', async () => {
    const journey = await setOut();
    journey.write(claims(['example.com'], ['Acme Inc']));
    expectEmpty(await journey.plan());
    expect(journey.sent()).toEqual([
      'GET account Acme Inc assets',
      'GET account Acme Inc rules',
      'GET accounts name=Acme Inc',
      ...readBoth,
      lookup,
    ]);
  });

  it('asks for one page of the list rather than for each of many names', async () => {
    const zones = Array.from({ length: 40 }, (_, index) => `zone-${index}.example`);
    const journey = await setOut({ zones });
    journey.write(claims(zones));
    expectEmpty(await journey.plan());
    const lookups = journey.sent().filter((name) => name.startsWith('GET zones '));
    expect(lookups).toEqual(['GET zones page 1']);
  });

  it('asks for each of a few names in a long list', async () => {
    const zones = Array.from({ length: 260 }, (_, index) => `zone-${String(index).padStart(3, '0')}.example`);
    const journey = await setOut({ zones });
    const wanted = ['zone-100.example', 'zone-150.example', 'zone-200.example'];
    journey.write(claims(wanted));
    expectEmpty(await journey.plan());
    const lookups = journey.sent().filter((name) => name.startsWith('GET zones '));
    expect(lookups).toEqual(['GET zones page 1', ...wanted.map((name) => `GET zones name=${name}`)].sort());
  });

  it.each<[string, string, readonly string[]]>([
    ['rules of their own pages', 'rules: []', ['GET zone example.com rules']],
    ['assets', 'assets: []', ['GET zone example.com assets']],
    [
      'rules that name an asset',
      'rules: [{ ref: a, expression: ssl, asset_name: error_5xx }]',
      ['GET zone example.com assets', 'GET zone example.com rules'],
    ],
  ])('of a zone that claims only %s reads only what it needs', async (_, yaml, reads) => {
    const journey = await setOut();
    journey.write(`version: 1\nzones: { ${journey.cloudflare.zone()}: { ${yaml} } }`);
    await journey.plan();
    expect(journey.sent()).toEqual(reads);
  });

  it('reads the rules of a zone that claims only assets when one of them is to go', async () => {
    const journey = await setOut();
    journey.write(both);
    await journey.apply();
    journey.sent();
    journey.write(`version: 1\nzones: { ${journey.cloudflare.zone()}: { assets: [] } }`);
    await journey.plan();
    expect(journey.sent()).toEqual(readBoth);
  });
});

describe('an apply', () => {
  it('creates an asset before the rules that name it', async () => {
    const journey = await setOut();
    journey.write(both);
    await journey.apply();
    expect(journey.sent()).toEqual([
      // It plans, and reads again what the plan was made on.
      ...[lookup, ...readBoth, ...readBoth].sort(),
      'POST zone example.com assets',
      'GET zone example.com rules',
      'PUT zone example.com rules',
      // It looks back: somebody else may have written something else of the scope.
      ...readBoth,
    ]);
    expectEmpty(await journey.plan());
  });

  it('with nothing to do reads once and writes nothing', async () => {
    const journey = await setOut();
    journey.write(both);
    await journey.apply();
    journey.sent();
    const again = await journey.apply();
    expect([outcomesOf(again), receiptCodes(again)]).toEqual([[], []]);
    expect(journey.sent()).toEqual([...readBoth, lookup]);
  });

  it('of one edited rule is one PUT of the whole list, and every rule keeps its id', async () => {
    const journey = await setOut();
    journey.write(both);
    await journey.apply();
    const ids = (await journey.rules()).map((rule) => rule.id);
    journey.sent();
    journey.write(both.replace('Out of order.', 'Back soon.'));
    await journey.apply();
    expect(journey.sent().filter((name) => !name.startsWith('GET '))).toEqual(['PUT zone example.com rules']);
    expect((await journey.rules()).map((rule) => rule.id)).toEqual(ids);
  });

  it('of a page that moved is one PUT of the asset, never DELETE and POST', async () => {
    const journey = await setOut();
    journey.write(both);
    await journey.apply();
    journey.sent();
    journey.write(both.replace('5xx.html', 'new.html'));
    await journey.apply();
    expect(journey.sent().filter((name) => !name.startsWith('GET '))).toEqual([
      'PUT zone example.com assets/error_5xx',
    ]);
  });

  it('with --refresh writes the asset as it is', async () => {
    const journey = await setOut();
    journey.write(both);
    await journey.apply();
    journey.sent();
    expect(outcomesOf(await journey.apply({ refresh: 'all' }))).toEqual([
      'zone example.com asset-refresh error_5xx: done',
    ]);
    expect(journey.sent().slice(-3)).toEqual(['PUT zone example.com assets/error_5xx', ...readBoth]);
    expectEmpty(await journey.plan());
  });

  it('takes an asset away after the rules that named it, having read them once more', async () => {
    const journey = await setOut();
    journey.write(both);
    await journey.apply();
    journey.sent();
    journey.write(withoutAsset);
    await journey.apply({ allow: ['plan/empty'] });
    expect(journey.sent().slice(-6)).toEqual([
      'PUT zone example.com rules',
      'GET zone example.com assets/error_5xx',
      'GET zone example.com rules',
      'DELETE zone example.com assets/error_5xx',
      ...readBoth,
    ]);
    expectEmpty(await journey.plan());
  });
});

it('the exchanges of a journey are held against the OpenAPI document of Cloudflare', async ({ skip }) => {
  const isUnset = openapiPath() === undefined;
  // Reporters count what was skipped and do not say why.
  if (isUnset)
    process.stderr.write(`\nno exchange is held against Cloudflare's OpenAPI document; ${skipped}\n`);
  skip(isUnset, skipped);
  const journey = await setOut();
  journey.write(both);
  await journey.apply();
  const { log } = journey.cloudflare.sandbox;
  const csv = { action_parameters: { content: 'a,b', content_type: 'text/csv' } };
  const wrong = log.map((request) =>
    request.method === 'PUT' ? { ...request, requestBody: { rules: [dashboardRule('a', csv)] } } : request,
  );
  expect(checkExchanges(log)).toEqual([]);
  expect(checkExchanges(wrong)).not.toEqual([]);
});
