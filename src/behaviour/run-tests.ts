import type { DesiredScope, DesiredState } from '../model/desired.ts';
import { isSameScope } from '../model/scope.ts';
import type { DesiredTest, Expectation, Miss, TestResult } from '../model/tests.ts';
import type { VisitorExplanation } from '../model/visitor.ts';
import { problem } from '../problem/problem.ts';
import { explainVisitor, type RuleSources } from './explain-visitor.ts';
import { ruleSources } from './rule-sources.ts';
import { testProblem } from './test-problem.ts';

/**
 * Runs tests on the rules of a state, which holds their scopes: each in its zone and, where no rule of the zone answers,
 * in the account that the zone names. A test whose answer cannot be told is undecided, whatever it expects.
 */
export function runTests(state: DesiredState, tests: readonly DesiredTest[]): TestResult[] {
  const known = new Map<DesiredScope, RuleSources>();
  return tests.map((test) => {
    const scope = state.scopes.find(({ name }) => isSameScope(name, test.scope));
    if (scope === undefined) throw new Error('a test asks a scope that is not in the state');
    const sources = known.get(scope) ?? ruleSources(state, scope);
    known.set(scope, sources);
    const result = runTest(test, sources);
    const found = testProblem(result, state);
    return found === undefined ? result : { ...result, problem: problem(found) };
  });
}

function runTest(test: DesiredTest, sources: RuleSources): TestResult {
  const explanation = explainVisitor(test.visitor, sources, 'keys');
  if (explanation.answer.outcome === 'unknown')
    return { test, outcome: 'undecided', misses: [], explanation };
  const misses = missesOf(test.expect, explanation);
  return { test, outcome: misses.length === 0 ? 'passed' : 'failed', misses, explanation };
}

/** Where no rule answers, the visitor gets the status of the error. */
function missesOf({ ref, asset, status }: Expectation, { answer, visitor }: VisitorExplanation): Miss[] {
  const { winner, served } = answer;
  const rule = winner?.ref ?? null;
  const page = served?.source.kind === 'asset' ? served.source.assetName : null;
  const code = served?.status ?? visitor.status;
  const misses: Miss[] = [];
  if (ref !== undefined && ref !== rule) misses.push({ key: 'ref', expected: ref, got: rule });
  if (asset !== undefined && asset !== page) misses.push({ key: 'asset', expected: asset, got: page });
  if (status !== undefined && status !== code) misses.push({ key: 'status', expected: status, got: code });
  return misses;
}
