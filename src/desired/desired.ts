import { type Config, type ConfigScope, collection, type Pages } from '../config/config.ts';
import type { DesiredScope, DesiredState } from '../model/desired.ts';
import { scopeLabel } from '../model/scope.ts';
import { type Checked, hasErrors, type Report } from '../problem/problem.ts';
import { desiredAssets } from './assets.ts';
import { desiredRules } from './rules.ts';

/**
 * What the files want, resolved: defaults applied, references and limits checked, expressions read, pages in place. The
 * value is undefined where a problem is an error, and where `pages` lacks a file that `pageFiles` lists: why it could
 * not be read is the reader's to say, and the other checks need not wait for it.
 */
export function makeDesired(config: Config, pages: Pages): Checked<DesiredState> {
  const { report, problems } = collection();
  const scopes = config.scopes
    .map((scope) => desiredScope(scope, pages, report))
    .filter((one) => one !== undefined);
  const whole = scopes.length === config.scopes.length && !hasErrors(problems());
  return { value: whole ? { scopes } : undefined, problems: problems() };
}

function desiredScope(scope: ConfigScope, pages: Pages, report: Report): DesiredScope | undefined {
  const { name, origin, assets, rules } = scope;
  const label = scopeLabel(name);
  const reportHere: Report = (input) => report({ scope: label, ...input });
  const assetNames = assets && new Set(assets.items.map((asset) => asset.name.value));
  const assetClaim = assets && { origin: assets.span, items: desiredAssets(assets.items, reportHere) };
  const items = desiredRules(rules?.items ?? [], { pages, assetNames, report: reportHere });
  if (items === undefined) return undefined;
  return {
    name,
    origin,
    ...(assetClaim === undefined ? {} : { assets: assetClaim }),
    ...(rules === undefined ? {} : { rules: { origin: rules.span, items } }),
  };
}
