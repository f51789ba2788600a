import { fingerprintOf } from '../compare/compare.ts';
import type { Allowance } from '../model/allowance.ts';
import type { DesiredScope } from '../model/desired.ts';
import type { LiveState } from '../model/live.ts';
import type { Change, Plan, ScopePlan } from '../model/plan.ts';
import type { Scope } from '../model/scope.ts';
import { nearest } from '../problem/nearest.ts';
import { type Problem, type ProblemInput, problem } from '../problem/problem.ts';
import { allowHazards } from './allowances.ts';
import { planScope } from './scope-plan.ts';
import { quoted } from './words.ts';

export { allowHazards } from './allowances.ts';
export { furtherNeeds, type ReadNeeds, readNeeds } from './needs.ts';
export { diffRules, type RulesDiff, wantedBody } from './rules.ts';

/** A scope of the file together with what Cloudflare knows of it. */
export interface ResolvedScope {
  readonly scope: Scope;
  readonly desired: DesiredScope;
}

/** Everything that a plan is made of. */
export interface PlanInput {
  /** The API's base URL. */
  readonly target: string;
  /** In the order of the files, each scope once. */
  readonly scopes: readonly ResolvedScope[];
  /** Of every scope at least what `readNeeds` and then `furtherNeeds` ask for. */
  readonly live: LiveState;
  /** Problems of scopes that could not be planned at all; the plan takes them over. */
  readonly problems: readonly Problem[];
  /** Names of claimed assets that Cloudflare is to fetch again although nothing differs. */
  readonly refresh: readonly string[] | 'all';
  /** Hazards that are accepted. */
  readonly allow: readonly Allowance[];
}

/**
 * Compares what is desired with what is live, scope by scope. Never throws what a user did wrong: errors and hazards
 * stand in the plan, and a scope with an error has no changes.
 */
export function makePlan({ target, scopes, live, problems, refresh, allow }: PlanInput): Plan {
  const isRefreshed = (name: string): boolean => refresh === 'all' || refresh.includes(name);
  const planned = scopes.map(({ scope, desired }) => {
    const there = live.get(scope.id);
    if (there === undefined) throw new Error(`nobody read the scope ${scope.id}`);
    return planScope(desired, { ...there, scope }, isRefreshed);
  });
  const plan: Plan = {
    target,
    scopes: planned,
    problems: [...problems, ...unknownRefreshes(scopes, refresh).map(problem)],
    fingerprint: fingerprintOf(orderedDigests(planned)),
  };
  return allowHazards(plan, allow);
}

/** The changes in the order of the fingerprint. The order of scopes in the files says nothing about what is written. */
export function orderedChanges(
  scopes: readonly ScopePlan[],
): readonly { readonly scope: Scope; readonly change: Change }[] {
  const key = ({ scope: { kind, id } }: ScopePlan): string => `${kind} ${id}`;
  const ordered = [...scopes].sort((one, other) => (key(one) < key(other) ? -1 : 1));
  return ordered.flatMap(({ scope, changes }) => changes.map((change) => ({ scope, change })));
}

/** The digests that a fingerprint is made of. */
export function orderedDigests(scopes: readonly ScopePlan[]): readonly string[] {
  return orderedChanges(scopes).map(({ change }) => change.digest);
}

function unknownRefreshes(
  scopes: readonly ResolvedScope[],
  refresh: readonly string[] | 'all',
): readonly ProblemInput[] {
  if (refresh === 'all') return [];
  const claimed = new Set(
    scopes.flatMap(({ desired }) => desired.assets?.items.map(({ body }) => body.name) ?? []),
  );
  return refresh
    .filter((name) => !claimed.has(name))
    .map((name) => {
      const meant = nearest(name, claimed);
      return {
        code: 'plan/unknown-refresh',
        message: `--refresh names the asset ${quoted(name)}, which none of the chosen scopes claims`,
        hint:
          meant === undefined
            ? 'only assets that stand in the file can be refreshed'
            : `did you mean ${quoted(meant)}?`,
      };
    });
}
