import { type Allowance, allowed, findAllowance } from '../model/allowance.ts';
import type { Plan, ScopePlan } from '../model/plan.ts';
import { scopeLabel } from '../model/scope.ts';
import type { Problem } from '../problem/problem.ts';

/** The plan with every allowed hazard turned into a warning that says so; nothing else of it changes. */
export function allowHazards(plan: Plan, allow: readonly Allowance[]): Plan {
  return { ...plan, scopes: plan.scopes.map((scope) => allowScope(scope, allow)) };
}

function allowScope(plan: ScopePlan, allow: readonly Allowance[]): ScopePlan {
  const { name, id } = plan.scope;
  const names = [name, id, scopeLabel(plan.scope)];
  const problems = plan.problems.map((one): Problem => {
    const allowance = one.severity === 'hazard' ? findAllowance(allow, one.code, names) : undefined;
    return allowance === undefined ? one : allowed(one, allowance);
  });
  return { ...plan, problems };
}
