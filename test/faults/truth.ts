import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../../src/model/plan.ts';
import type { Receipt, ScopeReceipt } from '../../src/model/receipt.ts';
import type { SandboxAsset, SandboxState } from '../../src/sandbox/sandbox.ts';

/** What a scope holds, without what Cloudflare computes: assets by name, and the rules in their order. */
interface Holding {
  readonly assets: ReadonlyMap<string, SandboxAsset>;
  readonly rules: readonly object[];
  /** How many versions of the rules there are. */
  readonly versions: number;
}

/** What a scope holds in a state of the sandbox, read without any of the product's own code. */
export function holding(state: SandboxState, scope: string): Holding {
  const { assets = [], rulesets = [] } = state.scopes[scope] ?? {};
  const versions = rulesets.find(({ phase }) => phase === 'http_custom_errors')?.versions ?? [];
  return {
    assets: new Map(assets.map((asset) => [asset.name, asset])),
    rules: (versions.at(-1)?.rules ?? []).map(
      ({ ref, action, expression, action_parameters, description, enabled }) => ({
        ref,
        action,
        expression,
        action_parameters,
        description,
        enabled,
      }),
    ),
    versions: versions.length,
  };
}

/** Everything that a state holds, without moments and versions: two states that look alike to a visitor are equal. */
export function likeness(state: SandboxState): object {
  return Object.fromEntries(
    Object.keys(state.scopes)
      .sort()
      .map((scope) => {
        const { assets, rules } = holding(state, scope);
        const pages = [...assets.values()].map(({ name, url, description }) => ({ name, url, description }));
        return [scope, { assets: pages.sort((a, b) => (a.name < b.name ? -1 : 1)), rules }];
      }),
  );
}

/** The states that a receipt speaks of: as apply found it, as it is now, and as it was to become. */
interface States {
  readonly found: SandboxState;
  readonly now: SandboxState;
  readonly wanted: SandboxState;
}

/**
 * What a receipt says that is not so, in sentences: something done that is not live, or something failed or skipped
 * that is live although no doubt was expressed.
 */
export function lies(receipt: Receipt, states: States): readonly string[] {
  return receipt.scopes.flatMap((scope) =>
    scope.changes.flatMap(({ change, outcome }) => {
      const says = `${scope.scope.name}: ${nameOf(change)} is said to be ${outcome}`;
      const isTrue = isLive(change, scope, states);
      if (outcome === 'done' || outcome === 'done-before') return isTrue ? [] : [`${says}, and is not live`];
      const isExcused = outcome === 'failed' && isDoubtful(scope);
      return isTrue && !isExcused ? [`${says}, and is live`] : [];
    }),
  );
}

function nameOf(change: Change): string {
  if (change.kind === 'ruleset-update') return 'the ruleset-update';
  return `${change.kind} ${change.kind === 'asset-delete' ? change.live.name : change.asset.name}`;
}

function isLive(change: Change, { scope }: ScopeReceipt, { found, now, wanted }: States): boolean {
  const [was, is, goal] = [found, now, wanted].map((state) => holding(state, scope.id));
  if (was === undefined || is === undefined || goal === undefined) throw new Error('three states are three');
  switch (change.kind) {
    case 'ruleset-update':
      return isDeepStrictEqual(is.rules, goal.rules);
    case 'asset-create':
      return is.assets.get(change.asset.name)?.url === change.asset.url;
    case 'asset-update':
      return is.assets.get(change.asset.name)?.url === change.asset.url;
    case 'asset-refresh': {
      const { name } = change.asset;
      return is.assets.get(name)?.last_updated !== was.assets.get(name)?.last_updated;
    }
    case 'asset-delete':
      return !is.assets.has(change.live.name);
  }
}

/** True when a scope's problems say that something may have been written although nobody saw it. */
function isDoubtful({ problems }: ScopeReceipt): boolean {
  return problems.some(
    ({ code, hint = '' }) => code === 'apply/fate-unknown' || hint.startsWith('it may have been written'),
  );
}
