import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { type DesiredOptions, makeDesired } from '../../src/desired/desired.ts';
import type { Problem } from '../../src/problem/problem.ts';

const head = ['version: 1', 'zones:', '  a.com:', '    rules:'];

/** The problems of a zone's rules; the first line of `rules` is line 5 of the file. */
function problemsOf(rules: readonly string[], options: DesiredOptions = {}): readonly Problem[] {
  const text = [...head, ...rules, ''].join('\n');
  const config = parseConfig([{ file: 'a.yaml', text, directory: '/' }]);
  if (config.value === undefined) throw new Error(JSON.stringify(config.problems));
  return makeDesired(config.value, new Map(), options).problems;
}

function brief({ severity, code, span }: Problem): string {
  return `${severity} ${code} ${span?.line}:${span?.column}`;
}

function said(rules: readonly string[], options?: DesiredOptions): readonly string[] {
  return problemsOf(rules, options).map(brief);
}

/** One rule with this expression, which stands on line 6. */
function ruled(expression: string): readonly string[] {
  return ['      - ref: a', `        expression: ${expression}`, '        asset_name: b'];
}

describe('the faults of an expression', () => {
  it.each([
    ['plain', ['http.hostt eq "a"'], '6:21'],
    ['plain over lines', ['ssl and', '          http.hostt eq "a"'], '7:11'],
    ['single quotes', [`'http.host eq "''" and http.hostt eq "a"'`], '6:44'],
    ['double quotes', ['"http.host eq \\"a\\" and http.hostt eq \\"b\\""'], '6:45'],
    ['double quotes with escapes', ['"\\x73sl and\\n\\u0020http.hostt eq \\"b\\""'], '6:40'],
    ['double quotes over lines', ['"ssl and \\', '          http.hostt eq \\"b\\""'], '7:11'],
    ['literal', ['|', '          ssl and', '          http.hostt eq "b"'], '8:11'],
    ['literal, indented', ['|2-', '            ssl and', '              http.hostt eq "b"'], '8:15'],
    ['folded', ['>-', '          ssl and', '', '          http.hostt eq "b"'], '9:11'],
    ['folded, indented', ['>', '          ssl and', '            http.hostt eq "b"'], '8:13'],
    ['behind wide characters', [`'http.host eq "🧯é" and http.hostt eq "a"'`], '6:44'],
  ])('are at their place: %s', (_, lines, place) => {
    expect(said(ruled(lines.join('\n')))).toEqual([`error expression/unknown-field ${place}`]);
  });

  it('are all there, those of grammar and those of tables', () => {
    expect(said(ruled('http.hostt eq "a" and htp.host eq "b"'))).toHaveLength(2);
    expect(said(ruled('http.host eq “a”'))).toEqual(['error expression/unrecognised-character 6:34']);
  });
});

describe('ignore comments', () => {
  const comment = '# cf-errors:ignore expression/unknown-field beta since May';
  const [first, , last] = ruled('') as [string, string, string];

  it.each([
    ['behind the value', [first, `        expression: http.hostt eq "a" ${comment}`, last]],
    ['above the key', [first, `        ${comment}`, '        expression: http.hostt eq "a"', last]],
    ['above other comments', [first, comment, '# more', '        expression: http.hostt eq "a"', last]],
    [
      'behind the header of a block',
      [first, `        expression: | ${comment}`, '          http.hostt', last],
    ],
    [
      'on the line of the key',
      [first, `        expression: ${comment}`, '          http.hostt eq "a"', last],
    ],
    ['behind the end', [first, '        expression: "http.hostt eq', `          \\"a\\"" ${comment}`, last]],
    ['behind a flow mapping', [`      - {ref: a, expression: http.hostt eq "a", asset_name: b} ${comment}`]],
  ])('turn an error into a warning: %s', (_, rules) => {
    const problems = problemsOf(rules.map((line) => line.replace('http.hostt\n', 'http.hostt eq "a"')));
    const [finding, ...others] = problems.filter(({ code }) => code === 'expression/unknown-field');
    expect(finding).toMatchObject({ severity: 'warning' });
    expect(finding?.message).toMatch(/ \(ignored: beta since May\)$/);
    expect(others).toEqual([]);
  });

  it.each([
    [
      'of another code',
      ruled('http.hostt eq "a" # cf-errors:ignore expression/plan x'),
      'ignore-unused 6:39',
    ],
    [
      'of another line',
      [...ruled('http.hostt eq "a"').slice(0, 2), `${last} ${comment}`],
      'ignore-unused 7:23',
    ],
    ['in a text', [first, '        expression: |', `          ${comment}`, '          ssl', last], undefined],
  ])('leave an error alone: %s', (_, rules, other) => {
    const found = said(rules).filter((one) => !one.includes('expression/'));
    expect(found).toEqual(other === undefined ? [] : [`warning config/${other}`]);
    expect(problemsOf(rules).some(({ severity }) => severity === 'error')).toBe(true);
  });

  it.each([
    ['without a reason', 'expression/unknown-field', 'warning config/ignore-unexplained 6:39'],
    ['with a code that is none', 'expression/unknown-fieldd x', 'warning config/ignore-unknown 6:39'],
    ['with the code of a fault of grammar', 'expression/unexpected x', 'warning config/ignore-unknown 6:39'],
    ['without anything', '', 'warning config/ignore-unknown 6:39'],
  ])('are warned about: %s', (_, words, warning) => {
    expect(said(ruled(`http.hostt eq "a" # cf-errors:ignore ${words}`))).toContain(warning);
  });

  it('do not silence a fault of grammar', () => {
    expect(said(ruled('http.host like "a" # cf-errors:ignore expression/unexpected x'))).toContain(
      'error expression/unexpected 6:31',
    );
  });
});

describe('allowances', () => {
  const wrong = ruled('http.hostt eq "a"');

  it.each([
    ['everywhere', undefined, 'warning'],
    ['in this zone, by name', 'A.com', 'warning'],
    ['in this zone, by label', 'zone a.com', 'warning'],
    ['in another one', 'b.com', 'error'],
  ])('turn an error of the tables into a warning: %s', (_, scope, severity) => {
    const allow = [{ code: 'expression/unknown-field' as const, ...(scope === undefined ? {} : { scope }) }];
    expect(said(wrong, { allow })).toEqual([`${severity} expression/unknown-field 6:21`]);
  });

  it('do nothing for a fault of grammar', () => {
    const allow = [{ code: 'expression/unexpected' as const }];
    expect(said(ruled('http.host like "a"'), { allow })).toEqual(['error expression/unexpected 6:31']);
  });
});

describe('lints', () => {
  it.each([
    ['http.response.code lt 400', ['impossible-status 6:21']],
    ['http.response.code in {200..299 503}', ['impossible-status 6:44']],
    ['ssl and not (http.response.code eq 1020)', ['impossible-status 6:34']],
    ['cf.response.1xxx_code eq 503', ['impossible-status 6:21']],
    ['http.response.code ge 400 and cf.response.1xxx_code in {0 1020}', []],
    ['cf.response.error_type eq "WAF"', ['error-type 6:47']],
    ['cf.response.error_type in {"waf" "5xx" ""}', ['error-type-waf 6:48']],
    ['cf.response.error_type contains "_challenge"', []],
    ['cf.response.error_type contains "Challenge"', ['error-type 6:21']],
    ['ssl or starts_with(cf.response.error_type, "10")', ['error-type 6:28']],
  ])('%s', (expression, lints) => {
    expect(said(ruled(expression))).toEqual(lints.map((one) => `warning lint/${one}`));
  });

  it.each([
    ['application/json', '{"id": ::RAY_ID::, "ip": "::CLIENT_IP::"}', []],
    ['application/json', '{id: 1}', ['not-json']],
    ['text/html', '<!-- a --> <!doctype HTML><p>', []],
    ['text/html', '<p>', ['no-doctype']],
    ['text/html', "<!doctype html><META content='x' name='referrer'>", ['referrer']],
    ['text/html', '<!doctype html><!-- <meta name="referrer"> -->', []],
    ['text/plain', '::RAY_IDD:: a::b::c ::GEO::', ['unknown-token']],
  ])('a page of %s: %s', (type, content, lints) => {
    const page = [`        content_type: ${type}`, `        content: ${JSON.stringify(content)}`];
    const rules = [...ruled('ssl').slice(0, 2), ...page];
    expect(said(rules)).toEqual(lints.map((one) => `warning lint/${one} 8:18`));
  });

  const rule = (ref: string, expression: string, more = '') =>
    `      - {ref: ${ref}, expression: '${expression}', asset_name: b${more}}`;

  it.each([
    ['true', 'ssl', ['always-true 5:30']],
    ['http.response.code ge 400 or ssl', 'ssl', ['always-true 5:30']],
    ['not (http.response.code lt 400)', 'ssl', ['always-true 5:30', 'impossible-status 5:36']],
    ['http.response.code le 999', 'ssl', []],
    ['ssl', 'true', []],
    ['ssl  and ip.src eq 10.0.0.1', 'ssl and ip.src eq 10.0.0.1', ['duplicate-expression 6:30']],
    ['http.host eq "a  b"', 'http.host eq "a b"', []],
  ])('%s, then %s', (one, other, lints) => {
    expect(said([rule('a', one), rule('b', other)])).toEqual(lints.map((lint) => `warning lint/${lint}`));
    expect(
      said([rule('a', one, ', enabled: false'), rule('b', other)]).filter((lint) => !/status/.test(lint)),
    ).toEqual([]);
  });

  const [code, path] = ['http.response.code', 'http.request.uri.path'];
  it.each<[why: string, expressions: readonly string[], said: readonly string[]]>([
    [
      'never true',
      [`${code} eq 404 and ${code} ge 500`],
      ['unreachable 5: the rule "r1" can never answer: its expression is never true'],
    ],
    [
      'no set',
      [`${code} in {}`],
      ['unreachable 5: the rule "r1" can never answer: its expression is never true'],
    ],
    [
      'one covers',
      [`${code} ge 500`, `${code} eq 503`],
      ['unreachable 6: the rule "r2" never answers: "r1" answers all'],
    ],
    [
      'several cover',
      [`${code} lt 450`, 'ssl', `${code} ge 450`, `starts_with(${path}, "/a")`],
      ['shadowed 8: the rule "r4" never answers: "r1" and "r3" together answer'],
    ],
    [
      'one of several is enough',
      [`${code} ge 500`, `${code} ge 502`],
      ['unreachable 6: the rule "r2" never answers: "r1" answers all'],
    ],
    ['known by another name: a status', [`${code} lt 400`, 'ssl'], ['impossible-status 5: this is']],
    [
      'known by another name: a copy',
      ['ssl', 'not ssl', 'ssl'],
      ['duplicate-expression 7: the rule "r3" has the expression of "r1"'],
    ],
    [
      'known by another name: everything',
      ['true', 'ssl', `${code} eq 503`],
      ['always-true 5: the rule "r1"'],
    ],
    [
      'behind everything, but for a reason of its own',
      ['true', 'ssl', `${path} eq "/a" and ssl`, `${path} eq "/a" and ${path} eq "/b"`],
      [
        'always-true 5: the rule "r1"',
        'unreachable 7: the rule "r3" never answers: "r2" answers all',
        'unreachable 8: the rule "r4" can never answer: its expression is never true',
      ],
    ],
    [
      'everything behind the whole',
      ['ssl', 'not ssl', 'true'],
      ['shadowed 7: the rule "r3" never answers: "r1" and "r2" together'],
    ],
    ['a status that nobody rules out', [`${code} le 999`, 'ssl'], []],
    ['what nobody understands', ['ip.src in $office', 'not (ip.src in $offices)', 'ssl'], []],
    ['what cannot be read', ['http.hostt eq "a"', 'http.hostt eq "a" and ssl'], []],
  ])('rules that never answer: %s', (_, expressions, wanted) => {
    const found = problemsOf(expressions.map((one, at) => rule(`r${at + 1}`, one))).filter(
      ({ severity }) => severity === 'warning',
    );
    const brief = found.map((one) => `${one.code.slice(5)} ${one.span?.line}: ${one.message}`);
    expect(brief.map((one, at) => one.includes(wanted[at] ?? '?') || one)).toEqual(wanted.map(() => true));
  });

  it('names the rules that cover another by their places', () => {
    const [lint] = problemsOf([rule('a', `${code} lt 450`), rule('b', `${code} ge 450`), rule('c', 'ssl')]);
    expect(lint?.notes?.map(({ span }) => span?.line)).toEqual([5, 6]);
  });

  it('leave rules that are switched off out of account', () => {
    const off = ', enabled: false';
    expect(said([rule('a', `${code} ge 500`, off), rule('b', `${code} eq 503`)])).toEqual([]);
    expect(said([rule('a', `${code} ge 500`), rule('b', `${code} eq 503`, off)])).toEqual([]);
  });

  it('go where a comment ignores them, wherever they stand', () => {
    const ignored = `${rule('a', 'true')} # cf-errors:ignore lint/always-true until the launch`;
    expect(said([ignored, rule('b', 'ssl')])).toEqual([]);
  });
});
