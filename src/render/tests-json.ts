import { type TestReport, type TestResult, tallyOfTests } from '../model/tests.ts';
import { explanationObject } from './explanation-json.ts';
import { jsonText, problemJson, spanJson, testTallyJson } from './json.ts';
import type { JsonLook } from './look.ts';
import { nameOf } from './tests-terminal.ts';

/** What became of tests, for programs, by `schemas/tests.schema.json`. */
export function testsJson(report: TestReport, { sandbox }: JsonLook): string {
  return jsonText({
    format: 'cf-errors/tests',
    version: 1,
    sandbox,
    tally: testTallyJson(tallyOfTests(report)),
    tests: report.results.map(testJson),
    problems: report.problems.map(problemJson),
  });
}

function testJson(result: TestResult): object {
  const { test, outcome, misses, explanation } = result;
  const { kind, name } = test.scope;
  const { ref, asset, status } = test.expect;
  return {
    name: nameOf(result),
    scope: { kind, name },
    outcome,
    expected: { ref, asset, status },
    misses: misses.map(({ key, expected, got }) => ({ key, expected, got })),
    span: spanJson(test.origin.item),
    explanation: explanationObject(explanation),
  };
}
