import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateExpression, explain, parse, unknown } from '../../src/expression/expression.ts';
import { evaluationRows } from './corpus.ts';

function result(text: string, context: Readonly<Record<string, unknown>> = {}): boolean | null {
  return evaluateExpression(text, context).result;
}

describe('against the engine', () => {
  it('agrees with every case of the corpus, or says that it cannot tell for at most 2 % of the expressions', () => {
    const wrong: string[] = [];
    const unknown = new Set<string>();
    for (const { expression, cases } of evaluationRows) {
      for (const { context, result: expected } of cases) {
        const found = result(expression, context);
        if (found === null) unknown.add(expression);
        else if (found !== expected) wrong.push(`${expression} ${JSON.stringify(context)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(unknown.size).toBeLessThanOrEqual(evaluationRows.length * 0.02);
  });
});

const headers = (values?: readonly string[]) => ({
  'http.request.headers': values === undefined ? {} : { x: values },
});

describe('missing and empty values', () => {
  it.each([
    ['http.request.headers["x"][0] ne "a"', false, false],
    ['not http.request.headers["x"][0] eq "a"', true, true],
    ['any(http.request.headers["x"][*] eq "a")', false, false],
    ['all(http.request.headers["x"][*] eq "a")', true, true],
    ['all(starts_with(http.request.headers["x"][*], "a"))', false, true],
    ['all((starts_with(http.request.headers["x"][*], "a")))', true, true],
    ['all(not starts_with(http.request.headers["x"][*], "a"))', true, true],
    ['all(lower(http.request.headers["x"][*])[*] eq "a")', true, true],
    ['any((http.request.headers["x"][*] eq "a" or http.request.headers.names[*] eq "y"))', false, false],
    ['len(http.request.headers["x"]) eq 0', false, true],
    ['coalesce(http.request.headers["x"][0], "none") eq "none"', true, true],
  ])('%s', (text, missing, empty) => {
    const names = { 'http.request.headers.names': ['y'] };
    expect([result(text, { ...headers(), ...names }), result(text, { ...headers([]), ...names })]).toEqual([
      missing,
      empty,
    ]);
  });
});

describe('values', () => {
  const raw = String.raw;
  it.each([
    ['http.host wildcard "*.EXAMPLE.com"', true],
    ['http.host strict wildcard "*.EXAMPLE.com"', false],
    ['http.host wildcard "www.example.com*m"', false],
    [raw`http.user_agent matches "(?i)^G..S$"`, true],
    [raw`http.user_agent matches "gr.s$"`, false],
    [raw`http.user_agent eq "gr\xc3\xbc\303\237"`, false],
    [raw`http.user_agent eq "\x67\303\274s"`, true],
    ['len(http.user_agent) eq 4', true],
    ['http.user_agent gt "gz"', true],
    ['ip.src ne 10.1.2.3 and not ip.src lt 10.1.2.3', true],
    ['ip.src in {::ffff:0:0/96}', true],
    ['http.response.code & 0x10 and http.response.code in {0764..0766}', true],
    ['substring(http.host, -3) eq "com" and substring(http.host, 0, -4) eq "www.example"', true],
    ['split(http.host, ".", 2)[1] eq "example.com"', true],
    ['remove_bytes(http.host, "w.") eq "examplecom"', true],
    ['lookup_json_integer(http.request.body.raw, "a", 1) eq 9007199254740993', true],
    ['lookup_json_integer(http.request.body.raw, "c") eq 9223372036854775807', true],
    ['lookup_json_integer(http.request.body.raw, "d") gt 0', null],
    ['lookup_json_string(http.request.body.raw, "b") eq "x"', true],
    ['url_decode(http.request.uri.query) eq "a b&c"', true],
    ['cidr(ip.src, 24, 96) eq ::ffff:0:0', true],
    ['concat(http.host, http.request.headers["none"][0], "!") eq "www.example.com!"', true],
    ['http.host eq lower(http.host)', true],
    ['ip.src in $office', null],
    ['ip.src in $office and false', false],
    ['ip.src in $office or true', true],
    [raw`http.host matches "(?u)\p{Lu}"`, null],
    ['sha256(http.host) eq "a"', null],
    ['http.hostt eq "a"', null],
  ])('%s', (text, expected) => {
    const context = {
      'http.host': 'www.example.com',
      'http.user_agent': 'güs',
      'http.response.code': 500,
      'ip.src': '::ffff:10.1.2.3',
      'http.request.body.raw':
        '{"a": [1, 9007199254740993], "b": "x", "c": 9223372036854775807, "d": 9223372036854775808}',
      'http.request.uri.query': 'a+b%26c',
      'http.request.headers': {},
    };
    expect(result(text, context)).toBe(expected);
  });

  it('says why it cannot tell', () => {
    const nobody = { 'ip.src': unknown('nobody told') };
    expect(evaluateExpression('ip.src in $office', nobody).reason).toContain('$office');
    expect(evaluateExpression('ip.src in $office', { 'ip.src': '10.0.0.1' }).reason).toContain('$office');
    expect(evaluateExpression('http.response.code eq 5', { 'http.response.code': 'five' }).reason).toContain(
      'http.response.code',
    );
    expect(evaluateExpression('ssl eq', {}).reason).toContain('not valid');
  });
});

/** A random expression over four numbers and three hosts, and the same as a function. */
interface Twin {
  readonly text: string;
  readonly holds: (code: number, host: string) => boolean;
}

const codes = [400, 404, 500, 503];
const hosts = ['', 'a.example', 'B.example'];

const numberTest = fc
  .tuple(fc.constantFrom('eq', 'ne', 'lt', 'le', 'gt', 'ge'), fc.constantFrom(...codes))
  .map(([operator, bound]): Twin => {
    const tests: Readonly<Record<string, (code: number) => boolean>> = {
      eq: (code) => code === bound,
      ne: (code) => code !== bound,
      lt: (code) => code < bound,
      le: (code) => code <= bound,
      gt: (code) => code > bound,
      ge: (code) => code >= bound,
    };
    return {
      text: `http.response.code ${operator} ${bound}`,
      holds: (code) => tests[operator]?.(code) ?? false,
    };
  });

const hostTest = fc.constantFrom<Twin>(
  { text: 'http.host eq "a.example"', holds: (_, host) => host === 'a.example' },
  { text: 'http.host contains "e"', holds: (_, host) => host.includes('e') },
  { text: 'http.host wildcard "b.*"', holds: (_, host) => host.toLowerCase().startsWith('b.') },
  { text: 'starts_with(http.host, "B")', holds: (_, host) => host.startsWith('B') },
  { text: 'http.host in {"" "B.example"}', holds: (_, host) => host !== 'a.example' },
  { text: 'http.host matches "^[a-c]"', holds: (_, host) => /^[a-c]/.test(host) },
);

const expressions = fc.letrec<{
  readonly any: Twin;
  readonly or: Twin;
  readonly xor: Twin;
  readonly and: Twin;
  readonly simple: Twin;
}>((tie) => {
  const chain = (word: string, part: fc.Arbitrary<Twin>, join: (one: boolean, other: boolean) => boolean) =>
    fc.array(part, { minLength: 1, maxLength: 3, depthIdentifier: 'tree' }).map(
      (parts): Twin => ({
        text: parts.map(({ text }) => text).join(` ${word} `),
        holds: (code, host) => parts.map(({ holds }) => holds(code, host)).reduce(join),
      }),
    );
  return {
    any: tie('or'),
    or: chain('or', tie('xor'), (one, other) => one || other),
    xor: chain('^^', tie('and'), (one, other) => one !== other),
    and: chain('and', tie('simple'), (one, other) => one && other),
    simple: fc.oneof(
      { depthIdentifier: 'tree', maxDepth: 4 },
      numberTest,
      hostTest,
      tie('or').map(({ text, holds }): Twin => ({ text: `(${text})`, holds })),
      tie('simple').map(
        ({ text, holds }): Twin => ({ text: `not ${text}`, holds: (code, host) => !holds(code, host) }),
      ),
    ),
  };
}).any;

describe('laws', () => {
  it('agrees with the same conditions as functions, wherever they are tried', () => {
    fc.assert(
      fc.property(expressions, ({ text, holds }) => {
        fc.pre(text.length <= 4096);
        for (const code of codes) {
          for (const host of hosts) {
            expect(result(text, { 'http.response.code': code, 'http.host': host })).toBe(holds(code, host));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('matches as JavaScript does where both languages mean the same', () => {
    const atom = fc.constantFrom(
      'a',
      'B',
      '.',
      '[ab]',
      '[^a]',
      '[A-C0-9_]',
      '\\d',
      '\\W',
      '\\s',
      '^',
      '$',
      '\\b',
      '\\B',
      '\\.',
      '\\x62',
      '(?:a|b)',
      '()',
      '(a|)',
    );
    const piece = fc.tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{2}', '{0,2}', '{1,}', '*?'));
    // JavaScript repeats no positions, and what an empty repetition means is its own.
    const repeated = piece.map(([text, sign]) => (/^(?:[$^]|\\[bB])$/.test(text) ? text : text + sign));
    const pattern = fc.array(repeated, { maxLength: 6 }).map((parts) => parts.join(''));
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', 'B', 'c', '.', ' ', '\n', '_', '5'),
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.tuple(pattern, pattern), text, fc.boolean(), ([one, other], value, isFolded) => {
        const source = `${one}|${other}x`;
        const expected = new RegExp(source, isFolded ? 'i' : '').test(value);
        const found = result(`http.host matches r"${isFolded ? '(?i)' : ''}${source}"`, {
          'http.host': value,
        });
        expect(found).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('matches in linear time', () => {
    const value = { 'http.host': 'a'.repeat(50_000) };
    const began = performance.now();
    for (const pattern of ['(a|aa)*b', '(a*)*b', '(.*a){20}b', '(a+a+)+b', '[^b]{300}.*b{300}']) {
      expect(result(`http.host matches "${pattern}"`, value)).toBe(false);
    }
    expect(result(`http.host wildcard "${'*a'.repeat(2000)}b"`, value)).toBe(false);
    expect(result('http.host matches "(((a{90}){90}){90})"', value)).toBe(null);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('explain', () => {
  it('gives the answer of every part, and what was compared', () => {
    const { tree } = parse('http.response.code ge 500 and not http.host eq "a" or ip.src in $office');
    if (tree === undefined) throw new Error('it is valid');
    const explained = explain(tree, { 'http.response.code': 503, 'http.host': 'a', 'ip.src': '10.0.0.1' });
    const [both, office] = explained.parts;
    expect([explained.result, both?.result, office?.result]).toEqual([null, false, null]);
    expect(both?.parts.map(({ result: part, value }) => [part, value])).toEqual([
      [true, '503'],
      [false, undefined],
    ]);
    expect(both?.parts[1]?.parts[0]?.value).toBe('"a"');
    expect(office?.reason).toContain('$office');
  });

  it('shows the elements that any and all reduce', () => {
    const { tree } = parse('all(http.request.headers["x"][*] eq "a")');
    if (tree === undefined) throw new Error('it is valid');
    const { result: all, parts } = explain(tree, headers(['a', 'b']));
    expect([all, parts[0]?.answers, parts[0]?.value]).toEqual([false, [true, false], '["a", "b"]']);
  });
});
