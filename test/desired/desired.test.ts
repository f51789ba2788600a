import { describe, expect, it } from 'vitest';
import { type Config, pageFileKey, pageFiles, parseConfig } from '../../src/config/config.ts';
import { makeDesired } from '../../src/desired/desired.ts';

function configOf(...lines: readonly string[]): Config {
  const text = ['version: 1', 'zones:', '  a.com:', ...lines.map((line) => `    ${line}`)].join('\n');
  const { value, problems } = parseConfig([{ file: 'a.yaml', text, directory: '/site' }]);
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value;
}

/** All pages of a config with the same text. */
function pagesOf(config: Config, text: string): ReadonlyMap<string, string> {
  return new Map(pageFiles(config).map((file) => [pageFileKey(file), text]));
}

function said(config: Config, page = '<p>'): readonly string[] {
  const { problems } = makeDesired(config, pagesOf(config, page));
  return problems.map(({ code, span, scope }) => `${code} ${span?.line}:${span?.column} ${scope}`);
}

describe('makeDesired', () => {
  it('keeps text as it was written and applies the defaults', () => {
    const config = configOf(
      'assets:',
      '  - {name: b, url: "HTTPS://x.com/"}',
      'rules:',
      '  - {ref: full, expression: " ssl\\n", description: "", enabled: true, asset_name: b, content_type: text/xml, status_code: 503}',
      '  - {ref: asset, expression: http.host eq "a", asset_name: b}',
      '  - {ref: inline, expression: http.host eq "b", content: " <p>\\r\\n", content_type: text/plain}',
      '  - {ref: page, expression: http.host eq "c", content_file: p/q.x.json}',
      '  - {ref: told, expression: ssl, content_file: q.txt, content_type: application/json, enabled: false}',
    );
    const { value, problems } = makeDesired(config, pagesOf(config, '{}\r\n'));
    expect(problems).toEqual([]);
    const [scope] = value?.scopes ?? [];
    expect(scope?.assets?.items.map(({ body }) => body)).toEqual([
      { name: 'b', url: 'HTTPS://x.com/', description: '' },
    ]);
    const asset = { kind: 'asset', assetName: 'b' };
    const page = { kind: 'content', content: '{}\r\n' };
    expect(scope?.rules?.items.map(({ body }) => body)).toEqual([
      {
        ref: 'full',
        expression: ' ssl\n',
        description: '',
        enabled: true,
        serve: { source: asset, contentType: 'text/xml', statusCode: 503 },
      },
      { ref: 'asset', expression: 'http.host eq "a"', serve: { source: asset, contentType: 'text/html' } },
      {
        ref: 'inline',
        expression: 'http.host eq "b"',
        serve: { source: { kind: 'content', content: ' <p>\r\n' }, contentType: 'text/plain' },
      },
      {
        ref: 'page',
        expression: 'http.host eq "c"',
        serve: { source: page, contentType: 'application/json' },
      },
      {
        ref: 'told',
        expression: 'ssl',
        enabled: false,
        serve: { source: page, contentType: 'application/json' },
      },
    ]);
  });

  it('keeps an absent list apart from an empty one', () => {
    const [scope] = makeDesired(configOf('rules: []'), new Map()).value?.scopes ?? [];
    expect(scope).toMatchObject({ rules: { items: [] }, origin: { line: 3 } });
    expect(scope).not.toHaveProperty('assets');
  });

  it('leaves a reference to be checked against the live assets where the scope does not list its own', () => {
    expect(said(configOf('rules: [{ref: a, expression: ssl, asset_name: anything}]'))).toEqual([]);
    expect(said(configOf('assets: []', 'rules: [{ref: a, expression: ssl, asset_name: anything}]'))).toEqual([
      'config/unknown-asset 5:51 zone a.com',
    ]);
  });

  it.each([
    ['10,000 bytes', 'x'.repeat(10_000), []],
    ['10,001 bytes', 'x'.repeat(10_001), ['config/large-content']],
    ['10,240 characters of four bytes', '🧯'.repeat(10_240), ['config/large-content']],
    ['10,241 characters', 'x'.repeat(10_241), ['config/too-long']],
    ['nothing', '', ['config/empty-page']],
  ])('judges a page of %s', (_, page, codes) => {
    const config = configOf('rules: [{ref: a, expression: ssl, content_file: p.txt}]');
    expect(said(config, page)).toEqual(codes.map((code) => `${code} 4:53 zone a.com`));
  });

  it('goes on without a page that could not be read, but has no value', () => {
    const config = configOf('rules: [{ref: "a b", expression: ssl, content_file: p.txt}]');
    expect(makeDesired(config, new Map())).toMatchObject({
      value: undefined,
      problems: [{ code: 'config/odd-ref' }],
    });
  });
});
