import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lex } from '../../src/expression/expression.ts';

interface Row {
  readonly id: string;
  readonly expression: string;
  readonly valid: boolean;
  readonly class: string;
}

function corpus<T>(name: string): readonly T[] {
  const text = readFileSync(new URL(`../corpora/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const rows = corpus<Row>('syntax');

/** Classes of the corpus whose mistakes are all in the characters, not in the grammar. */
const lexical = new Set([
  'comment',
  'escape-hex-octal',
  'escape-unknown',
  'int-overflow',
  'list-comma',
  'odd-blank-between-tokens',
  'quote-style',
  'string-unterminated',
  'tab-between-tokens',
]);

/** Any text, and texts that are nearly expressions. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .tuple(fc.constantFrom(...rows), fc.nat(), fc.nat(9), fc.string({ unit: 'binary', maxLength: 3 }))
    .map(([{ expression }, at, length, other]) => {
      const from = at % (expression.length + 1);
      return expression.slice(0, from) + other + expression.slice(from + length);
    }),
);

function kinds(text: string): readonly string[] {
  return lex(text).tokens.map((token) => `${token.kind} ${token.text}`);
}

describe('signs that mean nothing', () => {
  it.each(['-', '+', '.', '/', 'é'])('are one fault together, however many there are: %s', (sign) => {
    const { faults } = lex(`http.response.code eq ${sign.repeat(4000)} `);
    expect(faults.map(({ from, to }) => [from, to])).toEqual([[22, 4022]]);
    expect(faults[0]?.message.length).toBeLessThan(60);
  });
});

describe('against the engine', () => {
  it('finds no fault with anything that the engine or production accepts', () => {
    const wrong = rows.filter((row) => row.valid && lex(row.expression).faults.length > 0);
    expect(wrong.map(({ id }) => id)).toEqual([]);
    expect(rows.filter(({ valid }) => valid).length).toBeGreaterThan(500);
  });

  it('finds no fault with the expressions of the other corpora', () => {
    const expressions = [
      ...corpus<{ expression: string }>('eval-vectors').map((row) => row.expression),
      ...corpus<{ rules: readonly string[] }>('reachability').flatMap(({ rules }) => rules),
    ];
    expect(expressions.length).toBeGreaterThan(450);
    expect(expressions.filter((one) => lex(one).faults.length > 0)).toEqual([]);
  });

  it('finds fault with every mistake in the characters', () => {
    const refused = rows.filter((row) => !row.valid && lexical.has(row.class));
    expect(refused.length).toBeGreaterThan(60);
    expect(refused.filter((row) => lex(row.expression).faults.length === 0).map(({ id }) => id)).toEqual([]);
  });
});

describe('tokens', () => {
  it.each<[text: string, expected: readonly string[]]>([
    ['notssl', ['operator not', 'identifier ssl']],
    ['ssl orssl', ['identifier ssl', 'operator or', 'identifier ssl']],
    ['a eq500or b', ['identifier a', 'operator eq', 'number 500', 'operator or', 'identifier b']],
    ['codeeq500', ['identifier codeeq500']],
    ['a eq 500xor b', ['identifier a', 'operator eq', 'number 500', 'operator xor', 'identifier b']],
    ['a eq 0x1Fxor b', ['identifier a', 'operator eq', 'number 0x1F', 'operator xor', 'identifier b']],
    ['a eq 61:62and b', ['identifier a', 'operator eq', 'bytes 61:62', 'operator and', 'identifier b']],
    ['a eq aa:bb', ['identifier a', 'operator eq', 'bytes aa:bb']],
    ['a ne cf.edge.server_ip', ['identifier a', 'operator ne', 'identifier cf.edge.server_ip']],
    ['a strict wildcard r#"x"*"#', ['identifier a', 'operator strict wildcard', 'raw-string r#"x"*"#']],
    ['a ~ "["]\\""', ['identifier a', 'operator ~', 'regex "["]\\""']],
    ['a matchesr"x"', ['identifier a', 'operator matches', 'raw-string r"x"']],
    ['a in$b.c', ['identifier a', 'operator in', 'list $b.c']],
    ['{400..499 -1..0x2}', ['punctuation {', 'number 400..499', 'number -1..0x2', 'punctuation }']],
    ['{::1/128 10/8}', ['punctuation {', 'address ::1/128', 'address 10/8', 'punctuation }']],
    ['{08}', ['punctuation {', 'number 08', 'punctuation }']],
    ['{"a""b"}', ['punctuation {', 'string "a"', 'string "b"', 'punctuation }']],
    ['f[*][0]', ['f', '[', '*', ']', '[', '0', ']']],
    ['\u00a0\t ssl\u0085', ['identifier ssl']],
  ])('of %j', (text, expected) => {
    const { tokens, faults } = lex(text);
    expect(faults).toEqual([]);
    const bare = expected.every((one) => !one.includes(' '));
    expect(bare ? tokens.map((token) => token.text) : kinds(text)).toEqual(expected);
  });
});

describe('faults', () => {
  it.each<[text: string, code: string, from: number, to: number]>([
    ['a eq "b', 'expression/unterminated-string', 5, 7],
    ['a eq r#"b"', 'expression/unterminated-string', 5, 10],
    [`r${'#'.repeat(256)}""${'#'.repeat(256)}`, 'expression/unterminated-string', 0, 515],
    ['a eq r#b', 'expression/unterminated-string', 5, 7],
    ['a ~ "[" or b', 'expression/unterminated-string', 4, 12],
    ['a eq "x\\n"', 'expression/bad-escape', 7, 9],
    ['a eq "\\400"', 'expression/bad-escape', 6, 10],
    ['a eq "\\x4"', 'expression/bad-escape', 6, 9],
    ['a\teq 5', 'expression/tab', 1, 2],
    ['a # c', 'expression/unrecognised-character', 2, 3],
    ['a\u00a0eq 5', 'expression/unrecognised-character', 1, 2],
    ['\ufeffa', 'expression/unrecognised-character', 0, 1],
    ['a = 5', 'expression/unrecognised-character', 2, 3],
    ['a eq 😀', 'expression/unrecognised-character', 5, 7],
    ['a eq 500and b', 'expression/bad-literal', 5, 9],
    ['a eq 0xor b', 'expression/bad-literal', 5, 7],
    ['a eq 9223372036854775808', 'expression/bad-literal', 5, 24],
    ['a eq 08', 'expression/bad-literal', 5, 7],
    ['a in {0918}', 'expression/bad-literal', 6, 10],
    ['a in $.b', 'expression/bad-list-name', 5, 8],
    ['a in $$b', 'expression/bad-list-name', 5, 6],
    ['h ["x"]', 'expression/blank-before-index', 1, 2],
    ['h["x"]\n[0]', 'expression/blank-before-index', 6, 7],
    ['a in {1, 2}', 'expression/comma-in-list', 7, 8],
  ])('%j: %s', (text, code, from, to) => {
    expect(lex(text).faults[0]).toMatchObject({ code, from, to });
  });

  it('are all reported, each with a sentence and a place', () => {
    expect(lex("a eq 'x' # b\tc").faults.map(({ message }) => message)).toEqual([
      '"\'" has no meaning here',
      '"\'" has no meaning here',
      '"#" has no meaning here',
      'a tab stands between two words',
    ]);
  });
});

describe('laws', () => {
  it('any text gives tokens and faults which cover everything but blanks', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { tokens, faults } = lex(text);
        let rest = '';
        let at = 0;
        for (const token of tokens) {
          expect(token.from).toBeGreaterThanOrEqual(at);
          expect(token.to).toBeGreaterThan(token.from);
          expect(token.text).toBe(text.slice(token.from, token.to));
          rest += uncovered(text, at, token.from, faults);
          at = token.to;
        }
        rest += uncovered(text, at, text.length, faults);
        expect(rest).toMatch(/^\p{White_Space}*$/u);
        for (const { from, to } of faults) expect(0 <= from && from < to && to <= text.length).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('a line break between any two tokens changes none of them', () => {
    for (const { expression } of rows.filter(({ valid }) => valid)) {
      const { tokens } = lex(expression);
      const spread = tokens.map(({ text }) => (text === '[' ? text : `\r\n ${text}`)).join('');
      expect(kinds(spread)).toEqual(kinds(expression));
      expect(lex(spread).faults).toEqual([]);
    }
  });
});

/** What of a stretch of text is in no fault. */
function uncovered(
  text: string,
  from: number,
  to: number,
  faults: readonly { readonly from: number; readonly to: number }[],
): string {
  let rest = '';
  for (let at = from; at < to; at += 1) {
    if (!faults.some((fault) => fault.from <= at && at < fault.to)) rest += text[at];
  }
  return rest;
}
