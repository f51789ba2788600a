import type { ScopePlan } from '../model/plan.ts';
import type { RemoteReader } from '../model/remote.ts';
import { scopeLabel } from '../model/scope.ts';
import { type Problem, ProblemError, problem } from '../problem/problem.ts';
import { readAgain, survey } from './survey.ts';

/**
 * Reads a scope once more after its last write and says so when it is not what the plan leads to: of two runs side by
 * side, the one that ends last sees what they have made together. Where nothing can be read that is a warning: every
 * write was answered, and this takes nothing of it back.
 */
export async function lookBack(plan: ScopePlan, remote: RemoteReader): Promise<readonly Problem[]> {
  try {
    const state = survey(plan, await readAgain(plan, remote));
    if (state.kind === 'stale') return [changedMeanwhile(plan, state.moved.join('; '))];
    if (plan.changes.every((change) => state.done.has(change))) return [];
    return [changedMeanwhile(plan, 'something that was written is as it was before')];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems.map((one) => ({ ...one, severity: 'warning' }));
  }
}

function changedMeanwhile(plan: ScopePlan, what: string): Problem {
  const scope = scopeLabel(plan.scope);
  return problem({
    code: 'apply/changed-meanwhile',
    message: `${scope} is not what this run has made of it: ${what}`,
    span: plan.origin,
    scope,
    hint: 'somebody else wrote during this run; run plan again and look at the difference',
  });
}
