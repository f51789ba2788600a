import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkExpression, parse, print } from '../../src/expression/expression.ts';
import { evaluationRows, syntaxRows } from './corpus.ts';

/** Each fault as `code "what it marks"`. */
function found(text: string, plan?: 'free' | 'pro' | 'business' | 'enterprise'): readonly string[] {
  const { faults } = checkExpression(text, plan === undefined ? {} : { plan });
  return faults.map(({ code, from, to }) => `${code.replace('expression/', '')} ${text.slice(from, to)}`);
}

describe('against the engine', () => {
  it('agrees with every verdict of the corpus', () => {
    const wrong = syntaxRows.filter(({ expression, valid }) => checkExpression(expression).valid !== valid);
    expect(wrong.map(({ id, expression }) => `${id} ${expression}`)).toEqual([]);
    expect(syntaxRows.length).toBeGreaterThanOrEqual(1200);
  });

  it('takes every expression that was evaluated', () => {
    expect(evaluationRows.filter(({ expression }) => !checkExpression(expression).valid)).toEqual([]);
  });
});

const raw = String.raw;

describe('accepted', () => {
  it.each([
    ['true'],
    ['\u00a0ssl\u0085\v'],
    ['notssl'],
    ['http.response.code eq 0764'],
    ['http.response.code in {-08 400-499 0x1F4}'],
    ['http.response.code eq 9223372036854775807'],
    [raw`http.host eq "\x+1"`],
    ['http.host in {"a"r"b"61:62}'],
    ['http.host eq 61:62and ssl'],
    ['starts_with(http.host, aa:bb)'],
    ['starts_with(http.host, 2f:61)'],
    ['ip.src in {10 01.2.3.4 10/8 192.0.2.0/024 ::ffff:1.2.3.4 1:2:3:4:5:6:7::}'],
    ['any((http.request.headers.names[*] eq "a") or http.request.headers.names[*] eq "b")'],
    ['any(not http.request.headers.names[*] eq "a" and http.request.headers.names[*] eq "b")'],
    ['any(starts_with(http.request.headers["x"][*], "a"))'],
    ['any(lower(http.request.headers["x"][*])[*] eq "a")'],
    ['http.host ne lower(http.user_agent)'],
    ['coalesce(http.request.headers["a"][0], 1) eq "x"'],
    ['split(http.host, ".")[0] eq "a"'],
    [raw`http.host matches "a**[[:foo:]]\u0041{ 2 }}(?i)(?:x|)[]a&&b]"`],
    [raw`http.host matches r#"[a\"]"#`],
    ['cf.sequence.current_op eq 3'],
  ])('%s', (text) => {
    expect(checkExpression(text).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('refused', () => {
  it.each([
    [' ', ['empty  ']],
    [
      'http.hostt eq "a" and http.response.cod ge 500',
      ['unknown-field http.hostt', 'unknown-field http.response.cod'],
    ],
    ['startswith(http.host, "x") or ssl eq true', ['unknown-function startswith', 'operator-type  eq true']],
    ['http.response.code eq "500"', ['value-type "500"']],
    ['http.response.code in {500, "x"}', ['comma-in-list ,', 'value-type "x"']],
    ['http.response.code in (500)', ['unexpected (']],
    ['http.response.code eq 400..499', ['bad-literal ..499']],
    ['http.response.code in {499..400}', ['descending-range 499..400']],
    ['http.response.code eq 500and ssl', ['bad-literal 500a']],
    ['http.response.code\tge 500 and\tssl', ['tab \t', 'tab \t']],
    ['ssl # all', ['comment # all']],
    ['http.host = "a"', ['unrecognised-character =']],
    ['http.host AND ssl', ['unexpected AND']],
    ['http.host and ssl', ['missing-operator http.host']],
    ['ip.src not in {10.0.0.0/8}', ['unexpected not']],
    ['ip.src eq 10.0.0.0/8', ['bad-address 10.0.0.0/8']],
    [
      'ip.src in {10.0.0.1/8 ::/129 10.0.0.2..::1}',
      ['bad-address 10.0.0.1/8', 'bad-address ::/129', 'bad-address 10.0.0.2..::1'],
    ],
    ['(ssl', ['unexpected l']],
    ['ssl)', ['unexpected )']],
    ['http.request.headers["a"] [0] eq "x"', ['blank-before-index  ']],
    ['http.request.headers[0][0] eq "x"', ['index-type [0]']],
    ['http.request.headers["a"] eq "x"', ['operator-type http.request.headers["a"] eq']],
    [
      'http.request.headers.names[*] eq "a" and ssl',
      ['needs-quantifier http.request.headers.names[*] eq "a"'],
    ],
    ['any(ssl)', ['argument-type ssl']],
    ['any(http.request.headers.names[*] eq "a" or ssl)', ['unexpected or']],
    ['lower("a") eq len(http.host)', ['argument-kind "a"', 'value-type len(http.host)']],
    ['lower(ip.src, 1) eq "a"', ['argument-count lower(ip.src, 1)', 'argument-type ip.src']],
    ['http.host wildcard "a**"', ['bad-wildcard "a**"']],
    ['http.host matches "(?=a)"', ['bad-regex "(?=a)"']],
    [raw`http.host eq "\n" and http.host eq "\400"`, [raw`bad-escape \n`, raw`bad-escape \400`]],
    ['http.host eq "a', ['unterminated-string "a']],
    ['ip.src in $Office', ['bad-list-name $', 'unexpected Office']],
  ])('%j', (text, expected) => {
    const errors = checkExpression(text).problems.filter(({ severity }) => severity === 'error');
    expect(found(text)).toEqual(expected);
    expect(errors.length).toBe(expected.length);
  });
});

describe('warned of', () => {
  it.each([
    ['ip.geoip.country eq "T1"', ['deprecated ip.geoip.country']],
    ['http.request.headers["Accept"][0] eq "x"', ['uppercase-key http.request.headers["Accept"][0]']],
    ['has_key(http.response.headers, "X-App")', ['uppercase-key "X-App"']],
    ['has_key(http.request.uri.args, "X-App") or has_key(http.request.headers, "x-app")', []],
    ['http.response.code in {0400 400-499}', ['odd-number 0400', 'odd-number 400-499']],
    ['notssl', ['glued-word not']],
    ['ip.src lt 10.0.0.1', ['undocumented lt 10.0.0.1']],
    ['to_string(http.response.code) eq "500"', ['unavailable to_string']],
    ['starts_with(http.host, http.user_agent)', ['undocumented http.user_agent']],
    ['http.response.code ge 500', []],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
    expect(checkExpression(text).valid).toBe(true);
  });

  it('says what the plan does not have', () => {
    expect(found('http.host matches "a"', 'pro')).toEqual(['plan matches "a"']);
    expect(checkExpression('http.host matches "a"', { plan: 'pro' }).valid).toBe(false);
    expect(found('http.host matches "a"', 'business')).toEqual([]);
    expect(checkExpression('cf.bot_management.score lt 30', { plan: 'pro' }).valid).toBe(true);
  });

  it('names the nearest word', () => {
    const hints = checkExpression('http.hots eq "a" or Lower(http.host) eq "b"').problems.map(
      ({ hint }) => hint,
    );
    expect(hints).toEqual(['did you mean "http.host"?', 'did you mean "lower"?']);
  });
});

describe('limits', () => {
  const many = (part: string, times: number, joint: string) =>
    Array.from({ length: times }, () => part).join(joint);

  it.each([
    ['128 brackets', `${'('.repeat(128)}ssl${')'.repeat(128)}`, true],
    ['129 brackets', `${'('.repeat(129)}ssl${')'.repeat(129)}`, false],
    ['128 negations', `${'!'.repeat(128)}ssl`, true],
    [
      'calls and brackets together',
      `${'('.repeat(100)}${'lower('.repeat(29)}http.host${')'.repeat(29)} eq "a"${')'.repeat(100)}`,
      false,
    ],
    ['64 regular expressions', many('http.host matches "a"', 64, ' or '), true],
    ['65 regular expressions', many('http.host matches "a"', 65, ' or '), false],
    ['4,096 characters', `http.host eq "${'a'.repeat(4096 - 15)}"`, true],
    ['4,097 characters', `http.host eq "${'a'.repeat(4097 - 15)}"`, false],
    ['32 parts', `concat(${many('http.host', 32, ',')}) eq "a"`, true],
    ['33 parts', `concat(${many('http.host', 33, ',')}) eq "a"`, false],
  ])('%s', (_, text, valid) => {
    expect(checkExpression(text).valid).toBe(valid);
  });
});

/** Texts that are nearly expressions, besides any others. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        ...'( ) not and or any( [*] " r#" { } , 5 61:62 .. eq matches ~ in $a lower( http.host ssl \t # ]'.split(
          ' ',
        ),
      ),
    )
    .map((words) => words.join(' ')),
  fc
    .tuple(fc.constantFrom(...syntaxRows), fc.nat(), fc.nat(9), fc.string({ unit: 'binary', maxLength: 3 }))
    .map(([{ expression }, at, length, other]) => {
      const from = at % (expression.length + 1);
      return expression.slice(0, from) + other + expression.slice(from + length);
    }),
);

function withoutPlaces(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree ?? null, (key, value) =>
      key === 'from' || key === 'to' ? undefined : typeof value === 'bigint' ? `${value}n` : value,
    ),
  );
}

describe('laws', () => {
  it('any text gives faults inside it, or is valid', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { valid, faults, problems } = checkExpression(text);
        expect(problems.length).toBe(faults.length);
        for (const { from, to } of faults)
          expect(0 <= from && from < to && to <= Math.max(1, text.length)).toBe(true);
        if (valid) expect(parse(text).tree).toBeDefined();
      }),
      { numRuns: 3000 },
    );
  });

  it('what is printed is the same tree again, and prints the same', () => {
    const texts = fc.oneof(
      anyText,
      fc.constantFrom(...syntaxRows, ...evaluationRows).map(({ expression }) => expression),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { tree } = parse(text);
        fc.pre(tree !== undefined && checkExpression(text).valid);
        if (tree === undefined) return;
        const printed = print(tree);
        expect(withoutPlaces(parse(printed).tree)).toEqual(withoutPlaces(tree));
        expect(
          checkExpression(printed).problems.filter(({ code }) => code === 'expression/glued-word'),
        ).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('needs no more than linear time, whatever is repeated', () => {
    const units = [
      '(',
      '!',
      'not ',
      'lower(',
      'any(',
      'a',
      'a.b and ',
      '\t',
      '# x\n',
      ' ',
      '1',
      '1:',
      '::',
      ',',
      '[*]',
      '\\',
      '400-499 ',
      'ssl and ',
    ];
    const starts = [
      '',
      'http.response.code in {',
      'http.host eq "',
      'ip.src in {',
      'http.host eq ',
      'http.host matches "',
      'http.host matches "[',
      'concat(',
    ];
    const slow = starts.flatMap((start) =>
      units.flatMap((unit) => {
        const text = (start + unit.repeat(4096)).slice(0, 4096);
        const began = performance.now();
        checkExpression(text);
        return performance.now() - began > 500 ? [text.slice(0, 40)] : [];
      }),
    );
    expect(slow).toEqual([]);
  });
});
