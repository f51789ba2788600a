import type { Config, ConfigScope, Pages } from '../config/config.ts';
import type { Allowance } from '../model/allowance.ts';
import type { DesiredScope, DesiredState } from '../model/desired.ts';
import { scopeLabel } from '../model/scope.ts';
import { kindOf } from '../problem/codes.ts';
import { collection } from '../problem/collection.ts';
import { type Checked, hasErrors, type Problem, type Report } from '../problem/problem.ts';
import { desiredAssets } from './assets.ts';
import { expressionReader } from './expressions.ts';
import { lenient } from './leniency.ts';
import { unreachedFinder } from './lints/reach.ts';
import { beyondPlans } from './plan-limits.ts';
import { desiredRules, type RulesIn } from './rules.ts';
import { desiredTests } from './tests.ts';

export { type PlanLimits, planLimits } from './plan-limits.ts';

/** What a desired state is made with, beside the files. */
export interface DesiredOptions {
  /** Findings that rest on tables and are accepted. */
  readonly allow?: readonly Allowance[];
  /** Present: Cloudflare will be asked, and has the last word on such findings. */
  readonly online?: true;
}

/** A desired state, or why there is none. */
export interface Desired extends Checked<DesiredState> {
  /** Errors that rest on tables, while Cloudflare is still to be asked; they are no part of `problems` then. */
  readonly pending: readonly Problem[];
}

/**
 * What the files want, resolved: defaults applied, references and limits checked, expressions read, pages in place. The
 * value is undefined where a problem is an error, and where `pages` lacks a file that `pageFiles` lists: why it could
 * not be read is the reader's to say, and the other checks need not wait for it.
 */
export function makeDesired(config: Config, pages: Pages, options: DesiredOptions = {}): Desired {
  const { report, problems } = collection();
  const within = { pages, report, read: expressionReader(), unreached: unreachedFinder() };
  const scopes = config.scopes.map((scope) => desiredScope(scope, within)).filter((one) => one !== undefined);
  const tests = desiredTests(config, report);
  const { ignores } = config;
  const found = lenient(problems(), {
    ignores,
    allow: options.allow ?? [],
    possible: ignores.some(({ code }) => code === 'expression/plan') ? beyondPlans(config, () => 'free') : [],
  });
  const isPending = ({ code, severity }: Problem): boolean =>
    options.online === true && severity === 'error' && kindOf(code) === 'table';
  const settled = found.filter((one) => !isPending(one));
  const isWhole = scopes.length === config.scopes.length && !hasErrors(settled);
  return {
    value: isWhole ? { scopes, tests } : undefined,
    problems: settled,
    pending: found.filter(isPending),
  };
}

type Within = Omit<RulesIn, 'assetNames'>;

function desiredScope(scope: ConfigScope, within: Within): DesiredScope | undefined {
  const { name, origin, assets, rules } = scope;
  const label = scopeLabel(name);
  const reportHere: Report = (input) => within.report({ scope: label, ...input });
  const assetNames = assets && new Set(assets.items.map((asset) => asset.name.value));
  const assetClaim = assets && { origin: assets.span, items: desiredAssets(assets.items, reportHere) };
  const items = desiredRules(rules?.items ?? [], { ...within, assetNames, report: reportHere });
  if (items === undefined) return undefined;
  return {
    name,
    origin,
    ...(assetClaim === undefined ? {} : { assets: assetClaim }),
    ...(rules === undefined ? {} : { rules: { origin: rules.span, items } }),
  };
}
