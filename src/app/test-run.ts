import { runTests } from '../behaviour/behaviour.ts';
import { type Allowance, allowed, findAllowance } from '../model/allowance.ts';
import type { DesiredScope, DesiredState } from '../model/desired.ts';
import { isSameScope, scopeLabel } from '../model/scope.ts';
import { type TestReport, type TestResult, type TestTally, tallyOfTests } from '../model/tests.ts';

/** What became of the tests of the chosen scopes. */
export type TestRun = Pick<TestReport, 'results' | 'leftOut'>;

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
  const results = runTests(state, tests).map((result) => softened(result, allow));
  return { results, leftOut: state.tests.length - tests.length };
}

function softened(result: TestResult, allow: readonly Allowance[]): TestResult {
  const { test, problem } = result;
  if (problem === undefined) return result;
  const allowance = findAllowance(allow, problem.code, [test.scope.name, scopeLabel(test.scope)]);
  return allowance === undefined ? result : { ...result, problem: allowed(problem, allowance) };
}

/** The numbers of a run for those who only mention them; undefined where the files hold no tests at all. */
export function tallyOfRun(run: TestRun | undefined): TestTally | undefined {
  return run === undefined || run.results.length + run.leftOut === 0 ? undefined : tallyOfTests(run);
}
