import { changeDigest } from '../compare/compare.ts';
import type { DesiredScope } from '../model/desired.ts';
import type { LiveScope } from '../model/live.ts';
import type { ScopePlan } from '../model/plan.ts';
import { scopeLabel } from '../model/scope.ts';
import { hasErrors, problem } from '../problem/problem.ts';
import { diffAssets } from './assets.ts';
import { hazardsOf } from './hazards.ts';
import { assetObstacles, ruleObstacles } from './obstacles.ts';
import { quotaWarnings } from './quota.ts';
import { diffRules } from './rules.ts';

/**
 * Plans one scope; `refresh` is true for the name of an asset that Cloudflare is to fetch again. Where something stands
 * in the way, the plan holds the problems and no changes.
 */
export function planScope(
  desired: DesiredScope,
  live: LiveScope,
  refresh: (name: string) => boolean,
): ScopePlan {
  const { scope } = live;
  const rules = desired.rules && diffRules(desired.rules, wasRead(live.ruleset, 'rules'));
  const assets = desired.assets && diffAssets(desired.assets, wasRead(live.assets, 'assets'), refresh);
  const problems = [
    ...ruleObstacles(desired, live, rules?.kept ?? []),
    ...assetObstacles(desired, live, assets?.deletes ?? []),
    ...(rules === undefined ? [] : hazardsOf(rules.losses, scope)),
    ...(assets === undefined ? [] : hazardsOf(assets.losses, scope)),
    ...(rules === undefined ? [] : quotaWarnings(rules.losses, scope)),
    ...(assets === undefined ? [] : quotaWarnings(assets.losses, scope)),
  ].map((one) => problem({ ...one, scope: scopeLabel(scope) }));
  // New pages are there before a rule names them, and old ones go when no rule names them any more.
  const changes = [...(assets?.writes ?? []), ...(rules?.updates ?? []), ...(assets?.deletes ?? [])];
  return {
    scope,
    origin: desired.origin,
    claims: { assets: assets !== undefined, rules: rules !== undefined },
    live,
    changes: hasErrors(problems)
      ? []
      : changes.map((change) => ({ ...change, digest: changeDigest(live, change) })),
    unchanged: { assets: assets?.unchanged ?? 0, rules: rules?.unchanged ?? 0 },
    problems,
  };
}

/** A thing that a claim needs and nobody read is a mistake of the caller. */
function wasRead<T>(part: T | undefined, what: string): T {
  if (part === undefined) throw new Error(`a scope claims its ${what}, but nobody read them`);
  return part;
}
