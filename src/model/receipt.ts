import type { Problem } from '../problem/problem.ts';
import type { Change } from './plan.ts';
import type { Scope } from './scope.ts';

/** `done-before`: found done when apply looked (an earlier run of the same plan did it). */
export type Outcome = 'done' | 'done-before' | 'failed' | 'skipped';

export interface ChangeReceipt {
  readonly change: Change;
  readonly outcome: Outcome;
  /** Why it failed or was skipped, in one plain sentence. */
  readonly reason?: string;
  /** Only where it failed: whether something was written all the same. */
  readonly wrote?: 'yes' | 'maybe';
}

/**
 * `done`: everything planned is true now. `stale`: live had moved, nothing was written. `incomplete`: something was
 * written, or may have been, and not everything is done. `failed`: nothing was written. `skipped`: never begun (interrupted, or a hazard).
 */
export type ScopeOutcome = 'done' | 'stale' | 'incomplete' | 'failed' | 'skipped';

export interface ScopeReceipt {
  readonly scope: Scope;
  readonly outcome: ScopeOutcome;
  readonly changes: readonly ChangeReceipt[];
  readonly problems: readonly Problem[];
  /** Where the state that was replaced is stored; absent where nothing was written. */
  readonly backup?: string;
  /** Ruleset versions; `from` is `none` where there was no entry point. Absent where no ruleset was written. */
  readonly versions?: { readonly from: string; readonly to: string };
}

/** What apply did, scope by scope, in the order of the plan. */
export interface Receipt {
  readonly target: string;
  readonly fingerprint: string;
  readonly scopes: readonly ScopeReceipt[];
  /** Errors and hazards of the plan that belong to no scope of it, such as a zone that was not found. */
  readonly problems: readonly Problem[];
  /** The signal that ended the run early, where one did. */
  readonly interrupted?: 'SIGINT' | 'SIGTERM';
}
