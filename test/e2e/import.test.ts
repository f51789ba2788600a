import { describe, expect, it } from 'vitest';
import { addAsset, dashboardRule, putRules, showing } from './dashboard.ts';
import { setOut } from './journey.ts';
import { codesOf, expectEmpty } from './results.ts';

const out = 'custom-errors.yaml';
const zones = ['example.com'];

const maintenance = `<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8"><title>Back soon</title></head>
  <body><h1>Back soon</h1></body>
</html>
`;

describe('import', () => {
  it('writes a file that looks like one of a person', async () => {
    const journey = await setOut();
    await addAsset(journey, 'error_5xx');
    await putRules(
      journey,
      dashboardRule('api_json', {
        description: 'JSON for API clients',
        expression: 'http.response.code ge 500 and starts_with(http.request.uri.path, "/api/")',
        action_parameters: {
          content: '{"message":"A server error occurred."}',
          content_type: 'application/json',
          status_code: 530,
        },
      }),
      dashboardRule('maintenance', {
        action_parameters: { content: maintenance, content_type: 'text/html' },
        enabled: false,
      }),
      dashboardRule('branded', showing('error_5xx')),
    );
    const imported = await journey.import({ zones, accounts: ['Acme Inc'], out });
    expect(imported).toMatchObject({
      written: [out, 'custom-errors.schema.json'],
      problems: [],
      renames: 0,
      isProven: true,
    });
    expect(journey.read(out)).toBe(imported.text);
    expect(imported.text).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=./custom-errors.schema.json
      version: 1

      zones:
        example.com:
          assets:
            - name: error_5xx
              url: https://static.example.com/error_5xx.html
          rules:
            - ref: api_json
              description: JSON for API clients
              expression: http.response.code ge 500 and starts_with(http.request.uri.path, "/api/")
              content_type: application/json
              content: '{"message":"A server error occurred."}'
              status_code: 530
            - ref: maintenance
              expression: http.response.code eq 500
              content_type: text/html
              content: |
                <!DOCTYPE html>
                <html lang="en">
                  <head><meta charset="utf-8"><title>Back soon</title></head>
                  <body><h1>Back soon</h1></body>
                </html>
              enabled: false
            - ref: branded
              expression: http.response.code eq 500
              asset_name: error_5xx

      accounts:
        Acme Inc:
          assets: []
          rules: []
      "
    `);
    expectEmpty(await journey.plan());
  });

  it('moves longer pages into files of their own with --pages', async () => {
    const journey = await setOut();
    await putRules(
      journey,
      dashboardRule('maintenance', {
        action_parameters: { content: maintenance, content_type: 'text/html' },
      }),
      dashboardRule('Maintenance', {
        action_parameters: { content: maintenance, content_type: 'text/html' },
      }),
      dashboardRule('maintenance/', {
        action_parameters: { content: maintenance, content_type: 'text/html' },
      }),
      dashboardRule('short'),
    );
    const imported = await journey.import({ zones, out, pagesDir: 'pages' });
    expect(imported.written).toEqual([
      'pages/example.com/maintenance.html',
      'pages/example.com/Maintenance-2.html',
      'pages/example.com/maintenance_.html',
      out,
      'custom-errors.schema.json',
    ]);
    expect(journey.read('pages/example.com/maintenance.html')).toBe(maintenance);
    expect(imported.text).toContain('content_file: pages/example.com/maintenance.html');
    expectEmpty(await journey.plan());
  });

  it.each<[string, string]>([
    ['outside the working directory', '../pages'],
    ['on a hidden path', '.pages'],
  ])('does not move pages %s, where a plan would not read them', async (_, pagesDir) => {
    const journey = await setOut();
    await putRules(
      journey,
      dashboardRule('maintenance', {
        action_parameters: { content: maintenance, content_type: 'text/html' },
      }),
    );
    const imported = await journey.import({ zones, out, pagesDir });
    expect(imported.isProven).toBe(false);
    expect(imported.written).toEqual([]);
    expect(codesOf(imported.problems)).toEqual([
      pagesDir.startsWith('..') ? 'config/page-outside' : 'config/page-hidden',
    ]);
  });

  it.each<[string, string]>([
    ['returns', 'one\r\ntwo\rthree\r\n'],
    ['control characters', 'bell \u0007 escape \u001b[31m null \u0000 next line \u0085'],
    ['blanks at the end of a line', 'one  \ntwo\t\n'],
    ['blanks at the beginning', '\n\n  one\n two'],
    ['separators of lines that nobody sees', 'one\u2028two\u2029three\ufeff'],
    ['words that YAML knows', 'no'],
    ['a document of its own', '---\n- a: &b !!c |\n...\n'],
  ])('keeps %s', async (_, text) => {
    const journey = await setOut();
    await putRules(
      journey,
      dashboardRule('a', {
        action_parameters: { content: text, content_type: 'text/plain' },
        description: text,
      }),
    );
    const imported = await journey.import({ zones, out });
    expect(imported).toMatchObject({ problems: [], isProven: true });
    expectEmpty(await journey.plan());
    journey.write(journey.read(out).replace('ref: a', 'ref: b'));
    await journey.apply();
    expect((await journey.rules())[0]).toMatchObject({ ref: 'b', description: text });
    expect(Object((await journey.rules())[0]?.action_parameters).content).toBe(text);
  });

  it('overwrites nothing, and then writes nothing at all', async () => {
    const journey = await setOut();
    journey.write({ [out]: '# mine\n' });
    await putRules(
      journey,
      dashboardRule('maintenance', {
        action_parameters: { content: maintenance, content_type: 'text/html' },
      }),
    );
    const imported = await journey.import({ zones, out, pagesDir: 'pages' });
    expect(codesOf(imported.problems)).toEqual(['app/file-exists']);
    expect(imported.isProven).toBe(false);
    expect(journey.read(out)).toBe('# mine\n');
    expect(() => journey.read('pages/example.com/maintenance.html')).toThrow();
  });

  it.each<[string, object, string]>([
    ['nothing', {}, 'import/nothing-named'],
    ['a zone that is not there', { zones: ['example.org'] }, 'cloudflare/zone-not-found'],
  ])('of %s has no text', async (_, request, code) => {
    const journey = await setOut();
    const imported = await journey.import(request);
    expect([imported.text, codesOf(imported.problems)]).toEqual([undefined, [code]]);
  });

  it('takes one zone once, also where it is named twice', async () => {
    const journey = await setOut();
    await putRules(journey, dashboardRule('a'));
    const imported = await journey.import({
      zones: ['example.com', 'EXAMPLE.com', journey.cloudflare.zone()],
      out,
    });
    expect(imported).toMatchObject({ problems: [], isProven: true });
    expectEmpty(await journey.plan());
  });

  it('finds a zone by its name in Unicode', async () => {
    const journey = await setOut({ zones: ['xn--bcher-kva.example'] });
    const imported = await journey.import({ zones: ['Bücher.example'], out });
    expect(imported).toMatchObject({ problems: [], isProven: true });
    expectEmpty(await journey.plan());
  });
});
