import type { Undigested } from '../compare/compare.ts';
import { namedAsset } from '../model/body.ts';
import type { DesiredScope } from '../model/desired.ts';
import type { LiveRule, LiveScope } from '../model/live.ts';
import type { AssetDelete } from '../model/plan.ts';
import { nearest } from '../problem/nearest.ts';
import type { ProblemInput } from '../problem/problem.ts';
import { listed, quoted } from './words.ts';

/** What stands in the way of writing the rules that a scope claims, or is lost by it. */
export function ruleObstacles(
  { rules: claim }: DesiredScope,
  { ruleset }: LiveScope,
  kept: readonly LiveRule[],
): readonly ProblemInput[] {
  if (claim === undefined || ruleset === undefined) return [];
  const found = [...foreignActions(ruleset.rules), ...duplicateRefs(ruleset.rules), ...unknownKeys(kept)];
  return found.map((one) => ({ ...one, span: claim.origin }));
}

function foreignActions(live: readonly LiveRule[]): readonly ProblemInput[] {
  return live
    .filter(({ action }) => action !== 'serve_error')
    .map(({ ref, action }) => ({
      code: 'plan/foreign-action',
      message: `the live rule ${quoted(ref)} has the action ${quoted(action)}`,
      hint: 'only serve_error rules can be written; remove that rule in Cloudflare, or leave "rules:" out of the file',
    }));
}

function duplicateRefs(live: readonly LiveRule[]): readonly ProblemInput[] {
  return [...Map.groupBy(live, ({ ref }) => ref)]
    .filter(([, rules]) => rules.length > 1)
    .map(([ref, rules]) => ({
      code: 'plan/duplicate-live-ref',
      message: `${rules.length} live rules have the ref ${quoted(ref)}, with the ids ${rules.map(({ id }) => id).join(', ')}`,
      hint: 'delete all but one of them in Cloudflare',
    }));
}

function unknownKeys(kept: readonly LiveRule[]): readonly ProblemInput[] {
  const holders = kept.flatMap(({ ref, unknownKeys }) => unknownKeys.map((key) => ({ key, ref })));
  if (holders.length === 0) return [];
  const keys = [...Map.groupBy(holders, ({ key }) => key)].map(
    ([key, all]) => `${quoted(key)} (in ${listed(all.map(({ ref }) => ref))})`,
  );
  return [
    {
      code: 'plan/unknown-rule-keys',
      message: `live rules hold keys that are unknown here and never sent back: ${keys.join(', ')}`,
      hint: 'a newer version of this tool may know them',
    },
  ];
}

/** Rules that name an asset which will not be there: one that the plan deletes, or one that never was. */
export function assetObstacles(
  desired: DesiredScope,
  live: LiveScope,
  deletes: readonly Undigested<AssetDelete>[],
): readonly ProblemInput[] {
  return [...assetsInUse(desired, live, deletes), ...assetsMissing(desired, live)];
}

function assetsInUse(
  { rules, assets }: DesiredScope,
  live: LiveScope,
  deletes: readonly Undigested<AssetDelete>[],
): readonly ProblemInput[] {
  if (assets === undefined || deletes.length === 0) return [];
  const after = rules?.items.map(({ body }) => body) ?? live.ruleset?.rules;
  if (after === undefined) throw new Error('assets go, but nobody read the rules that may name them');
  const whose = rules === undefined ? 'live rules, which the file does not claim,' : 'rules of the file';
  const { origin: span } = assets;
  return deletes.flatMap(({ live: { name } }): readonly ProblemInput[] => {
    const refs = after.filter((rule) => namedAsset(rule) === name).map(({ ref }) => ref);
    if (refs.length === 0) return [];
    return [
      {
        code: 'plan/asset-in-use',
        message: `the asset ${quoted(name)} would be deleted, but ${whose} name it: ${listed(refs)}`,
        span,
        hint: 'keep the asset in the file, or change those rules first',
      },
    ];
  });
}

function assetsMissing({ rules, assets }: DesiredScope, live: LiveScope): readonly ProblemInput[] {
  const claimed = assets?.items.map(({ body }) => body.name);
  const names = new Set(claimed ?? live.assets?.map(({ name }) => name));
  // An asset that the plan deletes is there now; it is reported as being in use.
  const known = new Set([...names, ...(live.assets ?? []).map(({ name }) => name)]);
  return (rules?.items ?? []).flatMap(({ body, origin }): readonly ProblemInput[] => {
    const name = namedAsset(body);
    if (name === undefined || known.has(name)) return [];
    if (claimed === undefined && live.assets === undefined) throw new Error('nobody read the assets');
    const meant = nearest(name, names);
    return [
      {
        code: 'plan/asset-missing',
        message: `the rule ${quoted(body.ref)} names the asset ${quoted(name)}, which is neither in the file nor in Cloudflare`,
        span: origin.keys.asset_name ?? origin.item,
        hint:
          meant === undefined ? 'add it under "assets:" of the same scope' : `did you mean ${quoted(meant)}?`,
      },
    ];
  });
}
