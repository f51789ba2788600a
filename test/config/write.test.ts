import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConfigDocument,
  parseConfig,
  type ScopeDocument,
  writeConfig,
} from '../../src/config/config.ts';
import { makeDesired } from '../../src/desired/desired.ts';
import type { Rule } from '../../src/model/body.ts';

const schema = './custom-errors.schema.json';

function readBack(document: ConfigDocument): readonly ScopeDocument[] {
  const { text } = writeConfig(document);
  const config = parseConfig([{ file: 'custom-errors.yaml', text, directory: '/' }]);
  expect(config.problems, text).toEqual([]);
  const desired = config.value && makeDesired(config.value, new Map());
  expect(
    desired?.problems.filter((one) => one.severity === 'error'),
    text,
  ).toEqual([]);
  return (desired?.value?.scopes ?? []).map(({ name, assets, rules }) => ({
    name,
    ...(assets && { assets: assets.items.map(({ body }) => body) }),
    ...(rules && { rules: rules.items.map(({ body }) => ({ rule: body })) }),
  }));
}

/** Text that YAML is bad at: line ends, blanks, quotes, signs, numbers and words that mean something. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 4 }).map((text) => text.toWellFormed()),
      fc.constantFrom(
        '\n',
        '\r',
        '\r\n',
        '\t',
        ' ',
        '  ',
        ': ',
        ' #',
        '- ',
        '---',
        '...',
        '%',
        '"',
        "'",
        '\\',
        '|',
        '>',
      ),
      fc.constantFrom(
        'null',
        'true',
        'no',
        '012',
        '1e3',
        '0x1f',
        '.inf',
        '~',
        '<<',
        '*a',
        '&a',
        '!a',
        '{',
        '[',
        '@',
      ),
      fc.constantFrom('\u0000', '\u0085', '\u2028', '\ufeff', '\u001b', '\u00a0', 'x'.repeat(100)),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => text !== '');

const expression = fc.constantFrom(
  'http.response.code ge 500',
  'http.host eq "a: b # c" and\n  http.response.code in {500 502..504}',
  'http.request.uri.path matches r#"^/a"b"#',
  'http.host eq "it\'s"\n',
  `http.response.code in {${'500 '.repeat(60)}}`,
);

const contentType = fc.constantFrom('text/html', 'text/plain', 'application/json', 'text/xml');

const serve = fc.oneof(
  fc.record({ source: hostile.map((content) => ({ kind: 'content' as const, content })), contentType }),
  fc.record({ source: fc.constant({ kind: 'asset' as const, assetName: 'error_5xx' }), contentType }),
  fc.record({
    source: fc.constant({ kind: 'content' as const, content: '<p>\n' }),
    contentType,
    statusCode: fc.integer({ min: 400, max: 999 }),
  }),
);

const rule: fc.Arbitrary<Rule> = fc
  .record({
    ref: hostile,
    expression,
    serve,
    description: hostile,
    isOff: fc.boolean(),
    isTold: fc.boolean(),
  })
  .map(({ isOff, isTold, description, ...body }) => ({
    ...body,
    ref: [...body.ref].slice(0, 200).join(''),
    ...(isTold ? { description } : {}),
    ...(isOff ? { enabled: false } : {}),
  }));

const rules = fc
  .uniqueArray(rule, { selector: (one) => one.ref, maxLength: 4 })
  .map((bodies) => bodies.map((body) => ({ rule: body })));

const assets = fc.constant([
  { name: 'error_5xx', url: 'https://static.example.com/5xx.html', description: '' },
]);

const scope: fc.Arbitrary<ScopeDocument> = fc.oneof(
  fc.record({
    name: fc.constant({ kind: 'zone' as const, name: 'example.com', account: 'Acme: Inc' }),
    assets,
    rules,
  }),
  fc.record({
    name: hostile.map((text) => ({ kind: 'account' as const, name: `<${text}>` })),
    rules,
    comment: fc.array(hostile),
  }),
  fc.record({ name: fc.constant({ kind: 'account' as const, name: '<<' }) }),
);

describe('writeConfig', () => {
  it('reads back as the same bodies', () => {
    fc.assert(
      fc.property(scope, (one) => {
        const { comment: _, ...said } = one;
        expect(readBack({ schema, scopes: [one] })).toEqual([said]);
      }),
      { numRuns: 1000 },
    );
  });

  it('writes what a person would have written', () => {
    const branded = {
      ref: 'branded',
      expression: 'http.response.code ge 500',
      enabled: true,
      description: '',
      serve: { source: { kind: 'asset', assetName: 'error_5xx' }, contentType: 'text/html' },
    } as const;
    const page = {
      ref: '00000000000000000000000000000012',
      expression: 'http.response.code eq 503 and http.host eq "shop.example.com"',
      description: 'Maintenance: yes',
      enabled: false,
      serve: {
        source: { kind: 'content', content: '<p>\n\tSorry\n</p>\n' },
        contentType: 'text/html',
        statusCode: 503,
      },
    } as const;
    const json = {
      ref: 'json',
      expression: 'true',
      serve: { source: { kind: 'content', content: '{"a":1}\r\n' }, contentType: 'application/json' },
    } as const;
    const { text } = writeConfig({
      schema,
      scopes: [
        {
          name: { kind: 'account', name: 'Acme Inc' },
          rules: [],
          comment: ['left out:', '{"action":\u001b"block"}'],
        },
        {
          name: { kind: 'zone', name: 'example.com', account: 'Acme Inc' },
          assets: [{ name: 'error_5xx', url: 'https://static.example.com/5xx.html', description: 'Branded' }],
          rules: [
            { rule: branded },
            { rule: page },
            { rule: page, contentFile: 'pages/a.html' },
            { rule: json },
          ],
        },
        { name: { kind: 'zone', name: 'example.org' }, assets: [] },
      ],
    });
    expect(text).toBe(`# yaml-language-server: $schema=./custom-errors.schema.json
version: 1

zones:
  example.com:
    account: Acme Inc
    assets:
      - name: error_5xx
        url: https://static.example.com/5xx.html
        description: Branded
    rules:
      - ref: branded
        expression: http.response.code ge 500
        asset_name: error_5xx
      - ref: "00000000000000000000000000000012"
        description: "Maintenance: yes"
        expression: http.response.code eq 503 and http.host eq "shop.example.com"
        content_type: text/html
        content: |
          <p>
          	Sorry
          </p>
        status_code: 503
        enabled: false
      - ref: "00000000000000000000000000000012"
        description: "Maintenance: yes"
        expression: http.response.code eq 503 and http.host eq "shop.example.com"
        content_file: pages/a.html
        status_code: 503
        enabled: false
      - ref: json
        expression: "true"
        content_type: application/json
        content: "{\\"a\\":1}\\r\\n"

  example.org:
    assets: []

accounts:
  # left out:
  # {"action":\\u001b"block"}
  Acme Inc:
    rules: []
`);
  });
});
