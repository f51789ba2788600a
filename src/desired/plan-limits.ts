import type { Config } from '../config/config.ts';
import { type Fault, parse } from '../expression/expression.ts';
import type { Allowance } from '../model/allowance.ts';
import { type ScopeName, scopeLabel, type ZonePlan } from '../model/scope.ts';
import { collection } from '../problem/collection.ts';
import type { Problem } from '../problem/problem.ts';
import { reportFaults } from './expressions.ts';
import { softened } from './leniency.ts';

/** What the plans of zones are held against. */
export interface PlanLimits {
  /** The plan of a zone of the files; undefined where it is not known, of which nothing is said. */
  readonly planOf: (name: ScopeName) => ZonePlan | undefined;
  readonly allow: readonly Allowance[];
}

/**
 * What the expressions of zones use that the zone's plan does not have, after ignore comments and allowances. Only who asked
 * Cloudflare knows the plans, so this is no part of the desired state.
 */
export function planLimits(config: Config, { planOf, allow }: PlanLimits): readonly Problem[] {
  return softened(beyondPlans(config, planOf), { ignores: config.ignores, allow }).problems;
}

/** The same before anybody is lenient. */
export function beyondPlans(config: Config, planOf: PlanLimits['planOf']): readonly Problem[] {
  const read = planReader();
  return config.scopes.flatMap(({ name, rules }) => {
    const plan = planOf(name);
    if (plan === undefined) return [];
    // Each zone has problems of its own, also where several share a rule: their plans may differ.
    const { report, problems } = collection();
    const scope = scopeLabel(name);
    for (const { expression } of rules?.items ?? []) {
      reportFaults(expression, read(expression.value, plan), (input) => report({ scope, ...input }));
    }
    return problems();
  });
}

function planReader(): (text: string, plan: ZonePlan) => readonly Fault[] {
  const known = new Map<string, readonly Fault[]>();
  return (text, plan) => {
    const key = `${plan} ${text}`;
    const found = known.get(key) ?? parse(text, plan).faults.filter(({ code }) => code === 'expression/plan');
    known.set(key, found);
    return found;
  };
}
