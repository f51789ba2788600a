import { type Allowance, allowanceText, findAllowance } from '../model/allowance.ts';
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
    if (allowance === undefined) return one;
    return {
      ...one,
      severity: 'warning',
      message: `${one.message} (allowed)`,
      hint: `this is a hazard, allowed here by --allow ${allowanceText(allowance)}`,
    };
  });
  return { ...plan, problems };
}
