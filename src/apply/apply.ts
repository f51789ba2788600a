import type { LiveScope } from '../model/live.ts';
import { type Change, hasChanges, type Plan, planProblems, type ScopePlan } from '../model/plan.ts';
import type { ChangeReceipt, Receipt, ScopeReceipt } from '../model/receipt.ts';
import type { Remote } from '../model/remote.ts';
import type { Scope } from '../model/scope.ts';
import { hasErrors, type Problem, ProblemError } from '../problem/problem.ts';
import { inLanes } from './lanes.ts';
import { runScope } from './run.ts';
import { readAgain, staleProblem, survey } from './survey.ts';

/** What one scope holds before the first write: enough to put it back by hand. */
export interface Snapshot {
  readonly target: string;
  readonly scope: Scope;
  readonly live: LiveScope;
}

/** Told while apply runs; a face may show it. */
export type ApplyEvent =
  | { readonly kind: 'scope'; readonly scope: Scope }
  | { readonly kind: 'change'; readonly scope: Scope; readonly receipt: ChangeReceipt };

export interface ApplyOptions {
  /** Stores a snapshot and answers where it lies; throws ProblemError when it cannot. */
  readonly backup: (snapshot: Snapshot) => Promise<string>;
  /** Scopes, and asset writes of one scope, that may be under way at once. */
  readonly parallelism: number;
  /** Once aborted no further write is begun; a write in flight is waited for. The reason is the signal's name. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ApplyEvent) => void;
}

/**
 * Makes a plan true, scope by scope, side by side. It never throws for what the world does: each failure is in the
 * receipt, stops its own scope and no other. A hazard anywhere stops everything before the first write; a scope whose
 * plan holds an error is not written.
 */
export async function applyPlan(plan: Plan, remote: Remote, options: ApplyOptions): Promise<Receipt> {
  const receipts = new Map<ScopePlan, ScopeReceipt>();
  if (!isBlocked(plan)) {
    await inLanes(plan.scopes.filter(isWanted), options.parallelism, async (scope) => {
      if (options.signal?.aborted) return;
      options.onEvent?.({ kind: 'scope', scope: scope.scope });
      receipts.set(scope, await applyScope(scope, remote, { ...options, target: plan.target }));
    });
  }
  const interrupted = options.signal?.aborted === true ? interruption(options.signal) : undefined;
  return {
    target: plan.target,
    fingerprint: plan.fingerprint,
    scopes: plan.scopes.map((scope) => receipts.get(scope) ?? unwritten(scope, isBlocked(plan))),
    problems: plan.problems.filter(isObstacle),
    ...(interrupted === undefined ? {} : { interrupted }),
  };
}

/** True when a hazard that nobody allowed keeps the whole plan from being applied. */
export function isBlocked(plan: Plan): boolean {
  return hasChanges(plan) && planProblems(plan).some((one) => one.severity === 'hazard');
}

function isWanted(scope: ScopePlan): boolean {
  return scope.changes.length > 0 && !hasErrors(scope.problems);
}

function interruption(signal: AbortSignal): 'SIGINT' | 'SIGTERM' {
  return signal.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT';
}

function unwritten(plan: ScopePlan, blocked: boolean): ScopeReceipt {
  const errors = plan.problems.filter((one) => one.severity === 'error');
  const reason = blocked
    ? 'a hazard stops the whole plan'
    : errors.length > 0
      ? 'its plan has an error'
      : 'interrupted before it began';
  return {
    scope: plan.scope,
    outcome: errors.length > 0 ? 'failed' : plan.changes.length === 0 ? 'done' : 'skipped',
    changes: plan.changes.map((change) => ({ change, outcome: 'skipped', reason })),
    problems: blocked ? plan.problems.filter(isObstacle) : errors,
  };
}

/** Warnings were said with the plan; they keep nobody from anything. */
function isObstacle({ severity }: Problem): boolean {
  return severity !== 'warning';
}

async function applyScope(
  plan: ScopePlan,
  remote: Remote,
  options: ApplyOptions & { readonly target: string },
): Promise<ScopeReceipt> {
  try {
    const live = await readAgain(plan, remote);
    const state = survey(plan, live);
    if (state.kind === 'stale') {
      const problems = state.moved.map((what) => staleProblem(plan, what));
      return stopped(plan, 'stale', new ProblemError(...problems));
    }
    if (plan.changes.every((change) => state.done.has(change))) return allDoneBefore(plan);
    const backup = await options.backup({ target: options.target, scope: plan.scope, live });
    const receipt = await runScope({ plan, live, done: state.done, remote }, options);
    return { ...receipt, backup };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return stopped(plan, 'failed', error);
  }
}

function allDoneBefore(plan: ScopePlan): ScopeReceipt {
  const changes = plan.changes.map((change: Change) => ({ change, outcome: 'done-before' as const }));
  return { scope: plan.scope, outcome: 'done', changes, problems: [] };
}

function stopped(plan: ScopePlan, outcome: 'stale' | 'failed', error: ProblemError): ScopeReceipt {
  const reason = outcome === 'stale' ? 'the live state moved' : 'the scope could not be read or stored';
  return {
    scope: plan.scope,
    outcome,
    changes: plan.changes.map((change) => ({ change, outcome: 'skipped', reason })),
    problems: error.problems,
  };
}
