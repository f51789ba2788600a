import fc from 'fast-check';
import type { ScopeDocument } from '../../src/config/config.ts';
import { type Asset, contentTypes, type Rule } from '../../src/model/body.ts';

/** Text that YAML, terminals and diffs are bad at: line ends, blanks, quotes, signs, controls, words that mean something. */
const hostile: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 4 }).map((text) => text.toWellFormed()),
      fc.constantFrom(
        '\n',
        '\r',
        '\r\n',
        '\n\n',
        '\t',
        ' ',
        '   ',
        ': ',
        ' #',
        '- ',
        '\n---\n',
        '...',
        '%',
        '"',
        "'",
        '\\',
      ),
      fc.constantFrom(
        '|',
        '>',
        'null',
        'no',
        '012',
        '1e3',
        '.inf',
        '~',
        '<<',
        '*a',
        '&a',
        '!a',
        '{',
        '[',
        '@',
        '`',
      ),
      fc.constantFrom(
        '\u0000',
        '\u0007',
        '\u0085',
        '\u2028',
        '\ufeff',
        '\u001b',
        '\u00a0',
        '\u200b',
        '\u202e',
        'x'.repeat(120),
      ),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => text !== '');

const refs = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'api_json', 'maintenance', 'page.5xx', '0', 'null'),
  hostile.map((text) => text.slice(0, 60).toWellFormed()),
);

/** The tokens of expressions, so that blanks can stand between them. */
const tokens: fc.Arbitrary<readonly string[]> = fc.oneof(
  fc.integer({ min: 400, max: 599 }).map((code) => ['http.response.code', 'eq', String(code)]),
  fc.constantFrom(
    ['ssl'],
    ['not', 'ssl'],
    ['(', 'ssl', 'or', 'http.host', 'eq', '"a  b: #c"', ')', 'and', 'http.response.code', 'ge', '500'],
    ['http.response.code', 'in', '{', '500', '502..504', '}'],
    ['http.request.uri.path', 'wildcard', 'r#"/a "b"*"#'],
    ['cf.response.1xxx_code', 'eq', '1020'],
  ),
);

/** Blanks between the tokens, and at both ends. */
const blanks = fc.constantFrom(' ', '  ', '\n', '\n    ', ' \r\n ');

function spaced(parts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(blanks, { minLength: parts.length, maxLength: parts.length })
    .map((gaps) => parts.map((part, index) => (index === 0 ? part : `${gaps[index]}${part}`)).join(''));
}

const expression = tokens.chain(spaced);

/** The same expression in other blanks; texts in quotes stay as they are. */
export function respaced(text: string): fc.Arbitrary<string> {
  const parts = text.match(/r#".*?"#|"[^"]*"|[^\s"]+/g) ?? [];
  return fc.tuple(spaced(parts), fc.constantFrom('', '\n')).map((ends) => ends.join(''));
}

const assets: fc.Arbitrary<readonly Asset[]> = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('page_a', 'page_b', 'page_c', '500'),
    url: fc.constantFrom('https://static.example.com/a.html', 'https://static.example.com/b?c=%20#d'),
    description: fc.oneof(fc.constant(''), hostile),
  }),
  { selector: ({ name }) => name, maxLength: 4 },
);

function rulesBeside(names: readonly string[]): fc.Arbitrary<readonly Rule[]> {
  const content = hostile.map((text) => ({ kind: 'content' as const, content: text }));
  const shown = names.map((assetName) => fc.constant({ kind: 'asset' as const, assetName }));
  const serve = fc.record(
    {
      source: fc.oneof(content, ...shown),
      contentType: fc.constantFrom(...contentTypes),
      statusCode: fc.integer({ min: 400, max: 999 }),
    },
    { requiredKeys: ['source', 'contentType'] },
  );
  const rule = fc.record(
    { ref: refs, expression, description: hostile, enabled: fc.boolean(), serve },
    { requiredKeys: ['ref', 'expression', 'serve'] },
  );
  return fc.uniqueArray(rule, { selector: ({ ref }) => ref, maxLength: 6 });
}

type Holdings = Required<Pick<ScopeDocument, 'assets'>> & {
  readonly rules: readonly { readonly rule: Rule }[];
};

const holdings: fc.Arbitrary<Holdings> = assets.chain((held) =>
  rulesBeside(held.map(({ name }) => name)).map((rules) => ({
    assets: held,
    rules: rules.map((rule) => ({ rule })),
  })),
);

/** What the one zone and the one account of a journey may hold, as the file would say it. */
export const state: fc.Arbitrary<readonly (ScopeDocument & Holdings)[]> = fc
  .tuple(holdings, holdings)
  .map(([zone, account]) => [
    { name: { kind: 'zone', name: 'example.com' }, ...zone },
    { name: { kind: 'account', name: 'Acme Inc' }, ...account },
  ]);

/** The keys of every object of a value, in any order. */
export function shuffled(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) return fc.tuple(...value.map(shuffled));
  if (typeof value !== 'object' || value === null) return fc.constant(value);
  const entries = Object.entries(value);
  return fc
    .tuple(...entries.map(([key, one]) => shuffled(one).map((other) => [key, other] as const)))
    .chain((pairs) => fc.shuffledSubarray(pairs, { minLength: pairs.length }))
    .map((pairs) => Object.fromEntries(pairs));
}
