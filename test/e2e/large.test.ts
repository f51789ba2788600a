import { expect, it } from 'vitest';
import { setOut } from './journey.ts';
import { expectEmpty, outcomesOf, receiptOf } from './results.ts';

/** What an Enterprise zone may hold (Cloudflare docs, Custom Errors, availability). */
const most = 300;

it('a zone with 300 rules and 300 assets is planned, applied, changed and imported', async () => {
  const journey = await setOut();
  const numbers = Array.from({ length: most }, (_, index) => index);
  const assets = numbers.map((index) => ({
    name: `page_${index}`,
    url: `https://static.example.com/${index}.html`,
  }));
  const rules = numbers.map((index) => ({
    ref: `rule_${index}`,
    expression: `http.response.code eq ${400 + index} and http.request.uri.path ne "/${index}"`,
    ...(index % 2 === 0
      ? { asset_name: `page_${index}` }
      : { content: `Page ${index}`, content_type: 'text/plain' }),
  }));
  const write = (list: readonly object[]) =>
    journey.write(JSON.stringify({ version: 1, zones: { 'example.com': { assets, rules: list } } }));
  write(rules);
  const applied = await journey.apply();
  expect(receiptOf(applied).scopes[0]?.outcome).toBe('done');
  expect(outcomesOf(applied)).toHaveLength(most + 1);
  journey.sent();
  expectEmpty(await journey.plan());
  expect(journey.sent()).toEqual([
    'GET zone example.com assets',
    'GET zone example.com assets page 2',
    'GET zone example.com rules',
    'GET zones name=example.com',
  ]);

  write([...rules.slice(-1), ...rules.slice(0, -1)]);
  await journey.apply();
  expect(journey.sent().filter((name) => !name.startsWith('GET '))).toEqual(['PUT zone example.com rules']);
  const imported = await journey.import({ zones: ['example.com'] });
  expect(imported).toMatchObject({ problems: [], isProven: true });
  journey.write(imported.text ?? '');
  expectEmpty(await journey.plan());
});
