import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerTo, completeCase, runTests, visitorContext } from '../../src/behaviour/behaviour.ts';
import { parseConfig } from '../../src/config/config.ts';
import { makeDesired } from '../../src/desired/desired.ts';
import type { Rule } from '../../src/model/body.ts';
import type { DesiredScope } from '../../src/model/desired.ts';
import type { DesiredTest, Expectation, TestResult } from '../../src/model/tests.ts';
import type { VisitorCase } from '../../src/model/visitor.ts';
import type { Note } from '../../src/problem/problem.ts';
import { expressions } from './lists.ts';

const file = `version: 1
x-any: &any { ref: a }
zones:
  a.com:
    account: Acme Inc
    rules:
      - { ref: off, enabled: false, expression: http.response.code eq 410, asset_name: one }
      - { ref: a, expression: http.response.code eq 503, asset_name: one, status_code: 530 }
      - ref: b
        expression: ip.src.country eq "DE" and http.response.code eq 502
        content_type: text/plain
        content: b
      - { ref: c, expression: http.response.code ge 500, asset_name: two }
      - { ref: d, expression: http.new_field eq "x" and http.response.code eq 400, asset_name: two }
  b.com: { account: Other Inc, rules: [] }
accounts:
  Acme Inc: { rules: [{ ref: e, expression: http.response.code eq 404, asset_name: three }] }
tests:
  - `;

/** Runs one test, which stands on line 19 of the file, written without the bracket around it. */
function run(test: string): TestResult {
  const text = `${file}{ ${test} }\n`;
  const config = parseConfig([{ file: 'f', text, directory: '/' }]);
  const options = { allow: [{ code: 'expression/unknown-field' }] } as const;
  const { value, problems } = makeDesired(
    config.value ?? { scopes: [], tests: [], ignores: [] },
    new Map(),
    options,
  );
  const [result] = value === undefined ? [] : runTests(value, value.tests);
  if (result === undefined) throw new Error(JSON.stringify([...config.problems, ...problems]));
  return result;
}

function noteText({ message, span }: Note): string {
  return `${message} @${span?.line}:${span?.column}`;
}

const from = (zone: string, status: number, rest: string) =>
  `zone: ${zone}, response: { status: ${status} }, ${rest}`;

describe('a test passes', () => {
  it.each([
    ['by its ref', from('a.com', 503, 'expect: { ref: a }')],
    ['by ref, asset and status together', from('a.com', 503, 'expect: { ref: a, asset: one, status: 530 }')],
    ['by the status of the error', from('a.com', 504, 'expect: { status: 504 }')],
    ['by a page that is no asset', from('a.com', 502, 'request: { country: DE }, expect: { ref: b }')],
    [
      'by a rule of the account, past one that asks for an unknown name',
      from('a.com', 404, 'expect: { ref: e }'),
    ],
    ['where no rule answers', from('b.com', 404, 'expect: { ref: none, status: 404 }')],
    ['asking an account alone', 'account: ACME INC, response: { status: 404 }, expect: { asset: three }'],
    ['through an alias', from('A.com', 503, 'expect: *any')],
  ])('%s', (_, test) => {
    expect(run(test)).toMatchObject({ outcome: 'passed', misses: [] });
  });
});

describe('a test fails', () => {
  it.each([
    ['another rule', from('a.com', 504, 'expect: { ref: a }'), 'expected a, got c (rule 4)'],
    ['no rule', from('b.com', 404, 'expect: { ref: e }'), 'expected e, got no rule'],
    [
      'a rule in place of none',
      'account: Acme Inc, response: { status: 404 }, expect: { ref: none }',
      'expected no rule, got e (account rule 1)',
    ],
    [
      'another asset',
      from('a.com', 503, 'expect: { asset: two }'),
      'expected asset two, got one from a (rule 2)',
    ],
    [
      'a page that is no asset',
      from('a.com', 502, 'request: { country: DE }, expect: { asset: two }'),
      'expected asset two, got no asset from b (rule 3)',
    ],
    [
      'another status',
      from('a.com', 503, 'expect: { status: 503 }'),
      'expected status 503, got 530 from a (rule 2)',
    ],
    [
      'with all that went wrong, under its name',
      from('a.com', 504, 'name: the "A"s, expect: { ref: a, status: 503 }'),
      '"the \\"A\\"s": expected a, got c (rule 4); expected status 503, got 504 from c (rule 4)',
    ],
  ])('%s', (_, test, message) => {
    const { outcome, problem } = run(test);
    expect(outcome).toBe('failed');
    expect(problem).toMatchObject({ code: 'behaviour/test-failed', severity: 'error', message });
  });

  it('at the value that was expected, with the way to it and the rules that decided', () => {
    const { problem } = run(from('a.com', 504, 'expect: *any'));
    expect(problem?.span).toMatchObject({ line: 2, column: 20 });
    expect(problem?.notes?.map(noteText)).toEqual([
      'used here @19:55',
      'a (rule 2) does not answer: http.response.code eq 503 is false @8:31',
      'c (rule 4) answers @13:31',
    ]);
    expect(problem?.scope).toBe('zone a.com');
  });

  it('saying which rules could not be tried where none answers', () => {
    const { problem } = run(from('b.com', 404, 'expect: { ref: e }'));
    expect(problem?.notes).toEqual([
      { message: 'account rules were not tried: the file does not claim the rules of account Other Inc' },
    ]);
  });

  it('saying that the expected rule is disabled', () => {
    const { problem } = run(from('a.com', 410, 'expect: { ref: off }'));
    expect(problem?.message).toBe('expected off, got no rule');
    expect(problem?.notes?.map(noteText)).toEqual(['off (rule 1) is disabled @7:49']);
  });
});

describe('a test is undecided', () => {
  it('where a rule asks for what it does not give, which the note at the rule names', () => {
    const { outcome, problem } = run(from('a.com', 502, 'expect: { ref: c }'));
    expect(outcome).toBe('undecided');
    expect(problem).toMatchObject({
      code: 'behaviour/test-undecided',
      severity: 'error',
      message: 'it cannot be told whether b (rule 3) answers',
      span: { line: 19 },
    });
    expect(problem?.notes?.map(noteText)).toEqual(['b: ip.src.country is not given: request.country @10:21']);
  });
});

const span = { file: 'f', line: 1, column: 1, endLine: 1, endColumn: 1 };
const origin = { item: span, keys: {} };

function scopeWith(name: DesiredScope['name'], texts: readonly string[]): DesiredScope {
  const bodies = texts.map(
    (expression, at): Rule => ({
      ref: `${name.kind}_${at}`,
      expression,
      serve: { source: { kind: 'asset', assetName: `page_${at % 2}` } },
    }),
  );
  const items = bodies.map((body) => ({ body, origin }));
  return { name, origin: span, rules: { origin: span, items } };
}

const visitors: fc.Arbitrary<VisitorCase> = fc.record(
  {
    status: fc.constantFrom(400, 403, 404, 500, 503),
    host: fc.constantFrom('a.example', 'b.example'),
    path: fc.constantFrom('/', '/api', '/api/v1', '/API/x?y'),
    scheme: fc.constantFrom('http' as const, 'https' as const),
    requestHeaders: fc.constantFrom({}, { a: ['x'] }, { a: ['y', 'x'] }),
  },
  { requiredKeys: ['status'] },
);

describe('tests on any rules', () => {
  const lists = fc.array(expressions.any, { maxLength: 4 });

  it('pass where they say what answers, and fail where they say anything else', () => {
    fc.assert(
      fc.property(lists, lists, visitors, (ofZone, ofAccount, visitor) => {
        const zone = scopeWith({ kind: 'zone', name: 'a.example', account: 'Acme' }, ofZone);
        const account = scopeWith({ kind: 'account', name: 'acme' }, ofAccount);
        const outcomeOf = (expect: Expectation): TestResult['outcome'] | undefined => {
          const test: DesiredTest = {
            scope: zone.name,
            visitor,
            expect,
            origin,
            expected: { ...origin, uses: [] },
          };
          return runTests({ scopes: [account, zone], tests: [test] }, [test])[0]?.outcome;
        };
        const bodies = (scope: DesiredScope) => scope.rules?.items.map(({ body }) => body) ?? [];
        const context = visitorContext(completeCase(visitor, 'a.example'));
        const answer = answerTo({ zone: bodies(zone), account: bodies(account) }, context);
        const ref = answer.winner?.ref ?? null;
        const isTold = answer.outcome !== 'unknown';
        expect(outcomeOf({ ref })).toBe(isTold ? 'passed' : 'undecided');
        const others = [null, 'zone_0', 'zone_3', 'account_0', 'account_3'].filter((one) => one !== ref);
        for (const other of others) expect(outcomeOf({ ref: other })).toBe(isTold ? 'failed' : 'undecided');
        if (!isTold) return;
        expect(outcomeOf({ ref, status: visitor.status })).toBe('passed');
        expect(outcomeOf({ ref, status: 999 })).toBe('failed');
      }),
      { numRuns: 300 },
    );
  });
});
