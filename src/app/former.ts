import { namedAsset, type Rule } from '../model/body.ts';
import type { DesiredScope } from '../model/desired.ts';
import { type LiveAsset, type LiveRule, type LiveScope, unknownVersion } from '../model/live.ts';
import type { Scope } from '../model/scope.ts';

/**
 * What a file said before, in the place of what is live: nothing of it has an id, a version or a size. What it did not
 * claim is taken to be empty; an asset that the new rules name and no file claims is taken to be there.
 */
export function formerState(scope: Scope, wanted: DesiredScope, former: DesiredScope | undefined): LiveScope {
  const rules = (former?.rules?.items ?? []).map(({ body }) => formerRule(body));
  const claimed = (former?.assets?.items ?? []).map(({ body }) => formerAsset(body));
  return {
    scope,
    ruleset: { id: '', version: unknownVersion, rules, raw: null },
    assets: wanted.assets === undefined ? [...claimed, ...unclaimedAssets(wanted)] : claimed,
  };
}

function formerRule(body: Rule): LiveRule {
  return { ...body, id: '', version: '', action: 'serve_error', unknownKeys: [], raw: {} };
}

function formerAsset(body: Omit<LiveAsset, 'lastUpdated' | 'sizeBytes'>): LiveAsset {
  return { ...body, lastUpdated: '', sizeBytes: 0 };
}

function unclaimedAssets({ rules }: DesiredScope): readonly LiveAsset[] {
  const names = (rules?.items ?? []).flatMap(({ body }) => namedAsset(body) ?? []);
  return [...new Set(names)].map((name) => formerAsset({ name, url: '', description: '' }));
}
