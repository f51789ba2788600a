import type { Miss, TestReport, TestResult } from '../../src/model/tests.ts';
import type { VisitorExplanation } from '../../src/model/visitor.ts';
import { problem } from '../../src/problem/problem.ts';
import { answered, doubtful, foreign, ofAccount, unanswered } from './explanation.ts';
import { poisoned } from './hostile.ts';

const span = { file: 'custom-errors.yaml', line: 3, column: 5, endLine: 3, endColumn: 11 };

function result(
  explanation: VisitorExplanation,
  { name, misses = [], undecided }: { name?: string; misses?: readonly Miss[]; undecided?: true },
): TestResult {
  const outcome = undecided ? 'undecided' : misses.length === 0 ? 'passed' : 'failed';
  const said = {
    failed: { code: 'behaviour/test-failed', message: 'expected a, got b (rule 2)', hint: 'mend it' },
    undecided: { code: 'behaviour/test-undecided', message: 'it cannot be told', hint: 'give it' },
  } as const;
  return {
    test: {
      ...(name === undefined ? {} : { name }),
      scope: { kind: 'zone', name: 'example.com' },
      visitor: explanation.visitor,
      expect: { ref: null, status: 503 },
      origin: { item: span, keys: {} },
      expected: { item: span, keys: {}, uses: [] },
    },
    outcome,
    misses,
    explanation,
    ...(outcome === 'passed'
      ? {}
      : {
          problem: problem({
            ...said[outcome],
            span,
            notes: [{ message: 'branded_5xx (rule 5) answers', span }],
          }),
        }),
  };
}

const results = [
  result(answered, { name: 'a visitor with a phone gets the branded page' }),
  result(answered, {
    misses: [
      { key: 'ref', expected: null, got: 'branded_5xx' },
      { key: 'status', expected: 500, got: 503 },
    ],
  }),
  result(unanswered, { name: 'nothing for 403' }),
  result(ofAccount, { name: 'gone', misses: [{ key: 'asset', expected: 'gone', got: null }] }),
  result(doubtful, { undecided: true }),
];

/** Tests that came out in every way, beside a warning of the files; some belong to other scopes. */
export const mixedReport: TestReport = {
  results,
  leftOut: 3,
  problems: [
    problem({ code: 'lint/always-true', message: 'this rule answers every error', span, hint: 'move it' }),
    ...results.flatMap((one) => one.problem ?? []),
  ],
};

/** Everything holds. */
export const passedReport: TestReport = {
  results: results.filter(({ outcome }) => outcome === 'passed'),
  leftOut: 0,
  problems: [],
};

/** A report in which every foreign text is this one. */
export function foreignReport(text: string): TestReport {
  const explanation = foreign(text);
  const failed = result(explanation, {
    name: text,
    misses: [{ key: 'ref', expected: text, got: text }],
  });
  return {
    results: [
      result(explanation, { name: text }),
      poisonedProblem(failed, text),
      result(explanation, { undecided: true }),
    ],
    leftOut: 0,
    problems: poisoned(mixedReport.problems, text),
  };
}

function poisonedProblem(failed: TestResult, text: string): TestResult {
  return failed.problem === undefined ? failed : { ...failed, problem: poisoned(failed.problem, text) };
}
