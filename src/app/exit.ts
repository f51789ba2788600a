import { isBlocked } from '../apply/apply.ts';
import { hasChanges, type Plan, planProblems } from '../model/plan.ts';
import type { Receipt } from '../model/receipt.ts';
import { hasErrors, type Problem } from '../problem/problem.ts';

/** What the process answers. The numbers are public API; see the README. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 130 | 143;

const interrupts = { SIGINT: 130, SIGTERM: 143 } as const satisfies Record<string, ExitCode>;

/** 1 where a problem is an error, else 0. */
export function exitOfProblems(problems: readonly Problem[]): ExitCode {
  return hasErrors(problems) ? 1 : 0;
}

/** 1 for errors, which win over 2: changes are waiting and the caller asked to be told. A hazard is not an error here. */
export function exitOfPlan(
  plan: Plan | undefined,
  problems: readonly Problem[],
  isDetailed: boolean,
): ExitCode {
  if (plan === undefined || hasErrors(problems) || hasErrors(planProblems(plan))) return 1;
  return isDetailed && hasChanges(plan) ? 2 : 0;
}

/** What apply came to, in the order of precedence that the README lists. */
export function exitOfReceipt(plan: Plan, receipt: Receipt): ExitCode {
  if (receipt.interrupted !== undefined) return interrupts[receipt.interrupted];
  const changes = receipt.scopes.flatMap((scope) => scope.changes);
  const wrote = changes.some((change) => change.outcome === 'done' || change.wrote === 'yes');
  if (!wrote && isBlocked(plan)) return 5;
  const isIncomplete = hasErrors(plan.problems) || receipt.scopes.some((one) => one.outcome !== 'done');
  if (wrote && isIncomplete) return 3;
  if (receipt.scopes.some((scope) => scope.outcome === 'stale')) return 4;
  const problems = [...planProblems(plan), ...receipt.scopes.flatMap((scope) => scope.problems)];
  return isIncomplete || hasErrors(problems) ? 1 : 0;
}

/** A signal that came before apply had begun to write. */
export function exitOfSignal(signal: AbortSignal): ExitCode {
  return signal.reason === 'SIGTERM' ? 143 : 130;
}
