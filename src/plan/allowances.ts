import type { Plan, ScopePlan } from '../model/plan.ts';
import { type Scope, scopeLabel } from '../model/scope.ts';
import type { Problem, ProblemCode } from '../problem/problem.ts';

/** A hazard that somebody looked at and accepts: everywhere, or in one scope. */
export interface Allowance {
  readonly code: ProblemCode;
  /** A scope's name, its id, or its label such as `zone example.com`. */
  readonly scope?: string;
}

/** The plan with every allowed hazard turned into a warning that says so; nothing else of it changes. */
export function allowHazards(plan: Plan, allow: readonly Allowance[]): Plan {
  return { ...plan, scopes: plan.scopes.map((scope) => allowScope(scope, allow)) };
}

function allowScope(plan: ScopePlan, allow: readonly Allowance[]): ScopePlan {
  const problems = plan.problems.map((one): Problem => {
    const allowance = one.severity === 'hazard' ? findAllowance(allow, one.code, plan.scope) : undefined;
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

/** Letter case of scopes counts for nothing. */
function findAllowance(allow: readonly Allowance[], code: ProblemCode, scope: Scope): Allowance | undefined {
  const names = [scope.name, scope.id, scopeLabel(scope)].map((name) => name.toLowerCase());
  return allow.find(
    (one) => one.code === code && (one.scope === undefined || names.includes(one.scope.toLowerCase())),
  );
}

/** An allowance as it is typed in a shell. */
export function allowanceText({ code, scope }: Allowance): string {
  const text = scope === undefined ? code : `${code}@${scope}`;
  return /^[\w./@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
