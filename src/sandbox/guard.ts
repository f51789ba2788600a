import { isDeepStrictEqual } from 'node:util';
import { namedAssets } from './assets.ts';
import { customErrors, type SandboxRuleset, type SandboxState, scopeState } from './state.ts';

/** Something that the tool under test may write. */
export interface Claimed {
  /** The id of the zone or account. */
  readonly scope: string;
  readonly kind: 'assets' | 'rules';
}

/**
 * What a write did that nobody may do: it left a live rule that names an asset which is not there, or (with `claims`)
 * it changed something that is not claimed or belongs to another phase. Sentences, none where all is well.
 */
export function violationsOf(
  before: SandboxState,
  after: SandboxState,
  claims: readonly Claimed[] | undefined,
): readonly string[] {
  const scopes = Object.keys({ ...before.scopes, ...after.scopes });
  const touched = scopes.filter((scope) => before.scopes[scope] !== after.scopes[scope]);
  return touched.flatMap((scope) => [
    ...dangling(before, after, scope),
    ...(claims === undefined ? [] : unclaimed(before, after, { scope, claims })),
  ]);
}

function dangling(before: SandboxState, after: SandboxState, scope: string): readonly string[] {
  const known = new Set(missing(before, scope));
  return missing(after, scope).filter((sentence) => !known.has(sentence));
}

function missing(state: SandboxState, scope: string): readonly string[] {
  const there = new Set(scopeState(state, scope).assets.map((asset) => asset.name));
  return [...namedAssets(state, scope)]
    .filter(([name]) => !there.has(name))
    .flatMap(([name, rules]) =>
      rules.map((id) => `${scope}: rule ${id} names asset ${name}, which is not there`),
    );
}

interface Fence {
  readonly scope: string;
  readonly claims: readonly Claimed[];
}

function unclaimed(before: SandboxState, after: SandboxState, { scope, claims }: Fence): readonly string[] {
  const [old, young] = [scopeState(before, scope), scopeState(after, scope)];
  const claimed = (kind: Claimed['kind']) => claims.some((one) => one.scope === scope && one.kind === kind);
  const found: string[] = [];
  if (old.assets !== young.assets && !claimed('assets'))
    found.push(`${scope}: assets were written, nobody claims them`);
  for (const ruleset of changed(old.rulesets, young.rulesets)) {
    const own = ruleset.phase === customErrors;
    if (!own) found.push(`${scope}: a ruleset of the foreign phase ${ruleset.phase} was written`);
    else if (!claimed('rules')) found.push(`${scope}: rules were written, nobody claims them`);
  }
  return found;
}

/** Rulesets that are new, gone or different. */
function changed(
  old: readonly SandboxRuleset[],
  young: readonly SandboxRuleset[],
): readonly SandboxRuleset[] {
  const differs = (one: SandboxRuleset, others: readonly SandboxRuleset[]) =>
    !isDeepStrictEqual(
      one,
      others.find((other) => other.id === one.id),
    );
  const gone = old.filter((one) => !young.some((other) => other.id === one.id));
  return [...gone, ...young.filter((one) => differs(one, old))];
}
