import type { Severity } from './problem.ts';

/** One row of the table of codes: how bad it is, what it means and what to do, in words for `docs/problems.md`. */
export interface CodeEntry {
  readonly severity: Severity;
  /** What is wrong, in one short sentence without a full stop. */
  readonly title: string;
  /** Why it is a problem and what to do about it: one to three sentences. */
  readonly explain: string;
}
