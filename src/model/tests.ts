import type { Problem, Span } from '../problem/problem.ts';
import type { Origin } from './desired.ts';
import type { ScopeName } from './scope.ts';
import type { VisitorCase, VisitorExplanation } from './visitor.ts';

/** What must come; where several things are said, all of them. At least one is. */
export interface Expectation {
  /** The ref of the rule that must answer; null: no rule may. */
  readonly ref?: string | null;
  /** The name of the asset that must be served. */
  readonly asset?: string;
  /** The status that the visitor must get. */
  readonly status?: number;
}

/** A case that the files say must hold. */
export interface DesiredTest {
  /** Absent: it is named by its question. */
  readonly name?: string;
  /** A scope of the files: the zone that the visitor asks, or an account whose rules are asked alone. */
  readonly scope: ScopeName;
  readonly visitor: VisitorCase;
  readonly expect: Expectation;
  readonly origin: Origin;
  /** Where the expected values stand, by their keys, and the aliases that lead there. */
  readonly expected: Origin & { readonly uses: readonly Span[] };
}

/** One expectation that did not come true; `got` is null where there is nothing of the kind. */
export type Miss =
  | { readonly key: 'ref'; readonly expected: string | null; readonly got: string | null }
  | { readonly key: 'asset'; readonly expected: string; readonly got: string | null }
  | { readonly key: 'status'; readonly expected: number; readonly got: number };

/** What became of a test. `undecided`: it cannot be told which rule answers, so nothing is proved. */
export interface TestResult {
  readonly test: DesiredTest;
  readonly outcome: 'passed' | 'failed' | 'undecided';
  /** What did not come true; empty unless it failed. */
  readonly misses: readonly Miss[];
  readonly explanation: VisitorExplanation;
  /** What is to be said of a test that did not pass. */
  readonly problem?: Problem;
}

/** What became of tests, in the order of the files. */
export interface TestReport {
  readonly results: readonly TestResult[];
  /** How many tests belong to scopes that were not chosen. */
  readonly leftOut: number;
  /** Those of the files too, not only of the tests. */
  readonly problems: readonly Problem[];
}

/** How many tests came out how; `leftOut` belong to scopes that were not chosen. */
export interface TestTally {
  readonly passed: number;
  readonly failed: number;
  readonly undecided: number;
  readonly leftOut: number;
}

/** Counts the tests of a report or of a run. */
export function tallyOfTests({ results, leftOut }: Pick<TestReport, 'results' | 'leftOut'>): TestTally {
  const tally = { passed: 0, failed: 0, undecided: 0, leftOut };
  for (const { outcome } of results) tally[outcome] += 1;
  return tally;
}
