import type { Plan, ScopePlan } from '../model/plan.ts';
import { planProblems, tallyOf } from '../model/plan.ts';
import { behaviourJson } from './behaviour-json.ts';
import { changeJson } from './changes-json.ts';
import { jsonText, problemJson, scopeJson, spanJson, tallyJson, testTallyJson } from './json.ts';
import type { JsonLook } from './look.ts';

/** A plan for programs, by `schemas/plan.schema.json`. It is no plan file: apply does not read it. */
export function planJson(plan: Plan, { sandbox }: JsonLook): string {
  return jsonText({
    format: 'cf-errors/plan',
    version: 1,
    sandbox,
    ...targetJson(plan),
    tally: tallyJson(tallyOf(plan)),
    tests: plan.tests && testTallyJson(plan.tests),
    scopes: plan.scopes.map(scopePlanJson),
    problems: planProblems(plan).map(problemJson),
  });
}

function targetJson({ target, fingerprint, comparison }: Plan): object {
  if (comparison === undefined) return { target, fingerprint };
  return { comparison: { before: comparison.before, after: comparison.after } };
}

function scopePlanJson({ scope, claims, live, unchanged, changes, behaviour, origin }: ScopePlan): object {
  return {
    ...scopeJson(scope),
    claims: { assets: claims.assets, rules: claims.rules },
    ruleset_version: live.ruleset?.version || undefined,
    unchanged: { assets: unchanged.assets, rules: unchanged.rules },
    changes: changes.map(changeJson),
    behaviour: behaviour && behaviourJson(behaviour),
    origin: spanJson(origin),
  };
}
