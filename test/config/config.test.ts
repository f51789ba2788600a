import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import type { Checked, Problem, Span } from '../../src/problem/problem.ts';

function parse(...texts: readonly string[]): ReturnType<typeof parseConfig> {
  return parseConfig(texts.map((text, index) => ({ file: `${index + 1}.yaml`, text, directory: '/' })));
}

function said({ problems }: Checked<unknown>): readonly string[] {
  return problems.map(({ code, span }) => `${code} ${at(span)}`);
}

function at(span: Span | undefined): string {
  return span === undefined ? '' : `${span.file}:${span.line}:${span.column}`;
}

function notes({ notes = [] }: Problem): readonly string[] {
  return notes.map(({ message, span }) => `${message} ${at(span)}`);
}

const rule = (extra = '') => `{ref: a, expression: x, asset_name: b${extra}}`;

describe('places', () => {
  it('holds every value with its span, columns counted in characters', () => {
    const { value } = parse(
      [
        'version: 1',
        'zones:',
        '  example.com: # 🧯🧯',
        '    rules:',
        '      - {description: 🧯🧯, ref: a_1, expression: x, asset_name: b}',
        '      - ref: c',
        '        content_type: text/html',
        '        content: |',
        '          <p>',
        '',
        '        expression: y   # comment',
      ].join('\n'),
    );
    const [scope] = value?.scopes ?? [];
    const [first, second] = scope?.rules?.items ?? [];
    expect(scope?.origin).toMatchObject({ line: 3, column: 3, endLine: 3, endColumn: 14 });
    expect(scope?.rules?.span).toMatchObject({ line: 4, column: 5, endColumn: 10 });
    expect(first?.ref.span).toEqual({ file: '1.yaml', line: 5, column: 32, endLine: 5, endColumn: 35 });
    expect(first?.origin.item).toMatchObject({ line: 5, column: 9, endColumn: 66 });
    expect(second?.origin.item).toMatchObject({ line: 6, column: 9, endLine: 11, endColumn: 22 });
    expect(second?.origin.keys).toMatchObject({
      content: { line: 8, column: 18, endLine: 9, endColumn: 14 },
      expression: { line: 11, column: 21, endLine: 11, endColumn: 22 },
    });
  });

  it('is the definition where an alias or a merge leads to it, and the problem notes the uses', () => {
    const { problems } = parse(
      [
        'version: 1',
        'x-page: &page {content: <p>, content_type: text/htm}',
        'zones:',
        '  a.com:',
        '    rules: &rules',
        '      - <<: *page',
        '        ref: a',
        '        expression: x',
        '  b.com:',
        '    rules: *rules',
      ].join('\n'),
    );
    expect(problems.map((one) => [one.code, at(one.span), notes(one)])).toEqual([
      ['config/not-allowed', '1.yaml:2:44', ['used here 1.yaml:6:13', 'used here 1.yaml:10:12']],
    ]);
  });
});

describe('aliases and merges', () => {
  it('lets written keys win over merged ones, and earlier merged ones over later', () => {
    const { value, problems } = parse(
      [
        'version: 1',
        'x-a: &a {ref: from_a, expression: from_a, asset_name: from_a}',
        'x-b: &b {ref: from_b, expression: from_b, description: from_b}',
        'zones:',
        '  a.com:',
        '    rules:',
        '      - {ref: own, <<: [*a, *b]}',
      ].join('\n'),
    );
    expect(problems).toEqual([]);
    const [merged] = value?.scopes[0]?.rules?.items ?? [];
    expect([merged?.ref, merged?.expression, merged?.description].map((one) => one?.value)).toEqual([
      'own',
      'from_a',
      'from_b',
    ]);
  });

  it('takes the last anchor of a name above the alias, also where an expanded alias holds one of the same name', () => {
    const { value } = parse(
      [
        'version: 1',
        'x-outer: &outer {inner: &name first}',
        'x-again: &name second',
        'x-expanded: *outer',
        'zones:',
        '  a.com:',
        '    rules: [{ref: *name, expression: x, asset_name: b}]',
      ].join('\n'),
    );
    expect(value?.scopes[0]?.rules?.items[0]?.ref.value).toBe('second');
  });

  it('expands a list of rules for hundreds of zones', () => {
    const list = Array.from(
      { length: 20 },
      (_, index) => `  - {ref: r${index}, expression: x, asset_name: b}`,
    );
    const zones = Array.from({ length: 500 }, (_, index) => `  z${index}.com: {rules: *rules}`);
    const { value } = parse(['version: 1', 'x-rules: &rules', ...list, 'zones:', ...zones].join('\n'));
    expect(value?.scopes.map((scope) => scope.rules?.items.length)).toEqual(Array(500).fill(20));
  });

  it('takes keys for what they are', () => {
    const text = `version: 1\naccounts:\n  __proto__: {rules: [${rule()}]}\n  constructor: {rules: []}\n  12: {}\n`;
    const { value } = parse(text);
    expect(value?.scopes.map((scope) => [scope.name.name, scope.rules?.items.length])).toEqual([
      ['__proto__', 1],
      ['constructor', 0],
      ['12', undefined],
    ]);
  });
});

describe('scopes', () => {
  it.each([
    ['Example.COM', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['0123456789ABCDEF0123456789abcdef', '0123456789abcdef0123456789abcdef'],
    ['_acme.example.co.uk', '_acme.example.co.uk'],
  ])('normalises the zone name %s', (written, name) => {
    expect(parse(`version: 1\nzones: {"${written}": {}}`).value?.scopes[0]?.name).toEqual({
      kind: 'zone',
      name,
    });
  });

  it.each([
    ['https://example.com/a', 'write "example.com", the name of the zone alone'],
    ['*.example.com', 'write "example.com", the name of the zone alone'],
    ['example.com.', 'write "example.com", the name of the zone alone'],
    ['example.com:443', 'write "example.com", the name of the zone alone'],
    ['example', undefined],
    ['10.0.0.1', undefined],
    ['a..b.com', undefined],
    ['-a.com', undefined],
    ['exa mple.com', undefined],
    ['%65xample.com', undefined],
    ['', undefined],
  ])('refuses the zone name "%s"', (written, hint) => {
    const [problem] = parse(`version: 1\nzones: {"${written}": {}}`).problems;
    expect(problem?.code).toBe('config/zone-name');
    if (hint !== undefined) expect(problem?.hint).toBe(hint);
  });

  it('unites the files: one scope may claim its assets here and its rules there', () => {
    const { value, problems } = parse(
      'version: 1\nzones: {a.com: {assets: []}, b.com: {rules: []}}',
      'version: 1\nzones: {A.com: {account: Acme, rules: []}}\naccounts: {a.com: {rules: []}}',
    );
    expect(problems).toEqual([]);
    expect(value?.scopes.map(({ name, assets, rules }) => [name, at(assets?.span), at(rules?.span)])).toEqual(
      [
        [{ kind: 'zone', name: 'a.com', account: 'Acme' }, '1.yaml:2:17', '2.yaml:2:32'],
        [{ kind: 'zone', name: 'b.com' }, '', '1.yaml:2:38'],
        [{ kind: 'account', name: 'a.com' }, '', '2.yaml:3:20'],
      ],
    );
  });

  it('tells both places where a kind is claimed twice', () => {
    const { problems } = parse(
      'version: 1\naccounts: {Acme: {rules: []}}',
      'version: 1\nzones: {a.com: {account: X, rules: []}}',
      'version: 1\naccounts: {ACME: {rules: []}}\nzones: {a.com: {account: x, rules: []}}',
    );
    expect(problems.map((one) => [one.code, at(one.span), one.scope, notes(one)])).toEqual([
      ['config/claimed-twice', '3.yaml:2:19', 'account ACME', ['they are claimed here first 1.yaml:2:19']],
      ['config/claimed-twice', '3.yaml:3:29', 'zone a.com', ['they are claimed here first 2.yaml:2:29']],
    ]);
  });

  it('keeps two zones of one name apart where both say their accounts', () => {
    const texts = ['A', 'B'].map((account) => `version: 1\nzones: {a.com: {account: ${account}, rules: []}}`);
    expect(parse(...texts).value?.scopes.map((scope) => scope.name.account)).toEqual(['A', 'B']);
  });
});

describe('limits of the shape', () => {
  const withRule = (extra: string) => parse(`version: 1\nzones: {a.com: {rules: [${extra}]}}`);
  const content = (text: string) => `{ref: a, expression: x, content_type: text/html, content: "${text}"}`;

  it.each([
    ['status_code 400', rule(', status_code: 400'), []],
    ['status_code 999', rule(', status_code: 999'), []],
    ['status_code 399', rule(', status_code: 399'), ['config/out-of-range']],
    ['status_code 1000', rule(', status_code: 1000'), ['config/out-of-range']],
    ['status_code 503.5', rule(', status_code: 503.5'), ['config/wrong-type']],
    ['content of 10,240 characters', content('🧯'.repeat(10_240)), []],
    ['content of 10,241 characters', content('x'.repeat(10_241)), ['config/too-long']],
    ['expression of 4,096 characters', `{ref: a, expression: ${'x'.repeat(4_096)}, asset_name: b}`, []],
    [
      'expression of 4,097 characters',
      `{ref: a, expression: ${'x'.repeat(4_097)}, asset_name: b}`,
      ['config/too-long'],
    ],
    ['ref of 200 characters', `{ref: ${'x'.repeat(200)}, expression: x, asset_name: b}`, []],
    [
      'three pages',
      `{ref: a, expression: x, asset_name: b, content: c, content_type: text/html, content_file: d.html}`,
      ['config/two-pages'],
    ],
    ['page in capitals', '{ref: a, expression: x, content_file: A.HTML}', ['config/page-extension']],
    ['nothing at all', '{}', ['config/missing-key', 'config/missing-key', 'config/no-page']],
  ])('%s', (_, text, codes) => {
    expect(
      withRule(text)
        .problems.map((one) => one.code)
        .sort(),
    ).toEqual(codes);
  });
});

describe('any text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'version: 1',
      'zones:',
      'a.com:',
      'rules:',
      '- ',
      'ref: a',
      'expression: ',
      'content: ',
      '<<: ',
      'x-a: ',
    ),
    fc.constantFrom(
      '&a ',
      '*a',
      '*b',
      '!t ',
      '|',
      '>-',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ',',
      '? ',
      ': ',
      '#',
      '---',
      '...',
      '%',
    ),
    fc.constantFrom('\n', '\n  ', '\n    ', '\n      ', '\n\t', '\r\n', '\ufeff', '\u0085'),
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.json({ maxDepth: 3 }),
  );

  it('gives a value or problems with places in the text, and never a throw', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const { value, problems } = parse(text);
        expect(value === undefined).toBe(problems.some((one) => one.severity === 'error'));
        const lines = text.split('\n');
        for (const { span } of problems) {
          expect(span?.line).toBeLessThanOrEqual(lines.length);
          expect(span?.column).toBeLessThanOrEqual((lines[(span?.line ?? 0) - 1]?.length ?? 0) + 1);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(50_000)],
    ['items', '- '.repeat(50_000)],
    ['indentation', Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('stops at a tower of %s', (_, text) => {
    expect(said(parse(text)).map((one) => one.split(' ')[0])).toEqual(['config/too-deep']);
  });

  it('reports a broken line once and stops before the list is noise', () => {
    const { problems } = parse(Array.from({ length: 50 }, () => 'a: b: c: d').join('\n'));
    expect(problems).toHaveLength(8);
  });
});
