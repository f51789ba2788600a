import { runTests, testProblem } from '../behaviour/behaviour.ts';
import { type Allowance, allowanceText, findAllowance } from '../model/allowance.ts';
import type { DesiredScope, DesiredState } from '../model/desired.ts';
import { isSameScope, scopeLabel } from '../model/scope.ts';
import type { TestResult, TestTally } from '../model/tests.ts';
import { type Problem, problem } from '../problem/problem.ts';

/** What became of the tests of the chosen scopes, in the order of the files. */
export interface TestRun {
  readonly results: readonly TestResult[];
  /** How many tests belong to scopes that were not chosen. */
  readonly leftOut: number;
  /** What the tests that did not pass say. */
  readonly problems: readonly Problem[];
}

/**
 * Runs the tests of some scopes of a state on all of its rules: an account answers for its zones, chosen or not. What is
 * allowed becomes a warning.
 */
export function runChosen(
  state: DesiredState,
  chosen: readonly DesiredScope[],
  allow: readonly Allowance[],
): TestRun {
  const tests = state.tests.filter(({ scope }) => chosen.some(({ name }) => isSameScope(name, scope)));
  const results = runTests(state, tests);
  const problems = results.flatMap((result) => {
    const found = testProblem(result, state);
    return found === undefined ? [] : [allowed(problem(found), result, allow)];
  });
  return { results, leftOut: state.tests.length - tests.length, problems };
}

function allowed(found: Problem, { test }: TestResult, allow: readonly Allowance[]): Problem {
  const allowance = findAllowance(allow, found.code, [test.scope.name, scopeLabel(test.scope)]);
  if (allowance === undefined) return found;
  const hint = `this is an error, allowed here by --allow ${allowanceText(allowance)}`;
  return { ...found, severity: 'warning', message: `${found.message} (allowed)`, hint };
}

/** The numbers of a run; undefined where the files hold no tests at all. */
export function tallyOfTests(run: TestRun | undefined): TestTally | undefined {
  if (run === undefined || run.results.length + run.leftOut === 0) return undefined;
  const passed = run.results.filter(({ outcome }) => outcome === 'passed').length;
  return { passed, failed: run.results.length - passed, leftOut: run.leftOut };
}
