import type { Asset, Rule } from '../../src/model/body.ts';
import type { DesiredAsset, DesiredRule, DesiredScope, Origin } from '../../src/model/desired.ts';
import {
  type LiveAsset,
  type LiveRule,
  type LiveRuleset,
  type LiveScope,
  noVersion,
} from '../../src/model/live.ts';
import type { Plan, RulesetUpdate, ScopePlan } from '../../src/model/plan.ts';
import type { Scope } from '../../src/model/scope.ts';
import { makePlan, type PlanInput } from '../../src/plan/plan.ts';
import type { Span } from '../../src/problem/problem.ts';

/** The scope of every test that does not say otherwise. */
export const zone: Scope = { kind: 'zone', id: '0'.repeat(31).concat('1'), name: 'example.com' };

export function span(line: number): Span {
  return { file: 'custom-errors.yaml', line, column: 1, endLine: line, endColumn: 2 };
}

function origin(line: number): Origin {
  return { item: span(line), keys: { asset_name: span(line + 1) } };
}

/** A rule that shows a page of its own, or the asset that `asset` names. */
export function rule(ref: string, more: Partial<Rule> & { readonly asset?: string } = {}): Rule {
  const { asset, ...rest } = more;
  const source =
    asset === undefined
      ? ({ kind: 'content', content: `<h1>${ref}</h1>` } as const)
      : ({ kind: 'asset', assetName: asset } as const);
  return {
    ref,
    expression: 'http.response.code ge 500',
    serve: { source, contentType: 'text/html' },
    ...rest,
  };
}

export function asset(name: string, more: Partial<Asset> = {}): Asset {
  return { name, url: `https://static.example.com/${name}.html`, description: '', ...more };
}

/** What the file claims; lines are numbered as if rules began at 100 and assets at 500. */
export function desired(
  { rules, assets }: { readonly rules?: readonly Rule[]; readonly assets?: readonly Asset[] },
  scope: Scope = zone,
): DesiredScope {
  const desiredRules = rules?.map((body, index): DesiredRule => ({ body, origin: origin(101 + 10 * index) }));
  const desiredAssets = assets?.map(
    (body, index): DesiredAsset => ({ body, origin: origin(501 + 10 * index) }),
  );
  return {
    name: { kind: scope.kind, name: scope.name },
    origin: span(1),
    ...(desiredRules === undefined ? {} : { rules: { origin: span(100), items: desiredRules } }),
    ...(desiredAssets === undefined ? {} : { assets: { origin: span(500), items: desiredAssets } }),
  };
}

/** A rule as Cloudflare would hold it after the body was written. */
export function liveRule(body: Rule, more: Partial<LiveRule> = {}): LiveRule {
  return {
    id: `id of ${body.ref}`,
    version: '1',
    action: 'serve_error',
    unknownKeys: [],
    raw: {},
    ...body,
    ...more,
  };
}

export function liveAsset(body: Asset, more: Partial<LiveAsset> = {}): LiveAsset {
  return { lastUpdated: '2026-01-01T00:00:00Z', sizeBytes: 1000, ...body, ...more };
}

export function ruleset(rules: readonly LiveRule[], more: Partial<LiveRuleset> = {}): LiveRuleset {
  return { id: 'r1', version: '7', rules, raw: null, ...more };
}

/** An entry point that answered 404. */
export const noRuleset: LiveRuleset = { id: '', version: noVersion, rules: [], raw: null };

/** What was read of a scope; bodies are taken as live ones. */
export function live(
  parts: { readonly rules?: readonly (Rule | LiveRule)[]; readonly assets?: readonly Asset[] },
  scope: Scope = zone,
): LiveScope {
  const rules = parts.rules?.map((one) => ('id' in one ? one : liveRule(one)));
  return {
    scope,
    ...(rules === undefined ? {} : { ruleset: ruleset(rules) }),
    ...(parts.assets === undefined ? {} : { assets: parts.assets.map((one) => liveAsset(one)) }),
  };
}

/** A plan of one scope. */
export function plan(wanted: DesiredScope, there: LiveScope, more: Partial<PlanInput> = {}): Plan {
  return makePlan({
    target: 'https://api.cloudflare.com/client/v4',
    scopes: [{ scope: there.scope, desired: wanted }],
    live: new Map([[there.scope.id, there]]),
    problems: [],
    refresh: [],
    allow: [],
    ...more,
  });
}

/** The plan of the one scope in it. */
export function only(plan: Plan): ScopePlan {
  const [first, ...others] = plan.scopes;
  if (first === undefined || others.length > 0) throw new Error('expected one scope');
  return first;
}

/** The ruleset update of a plan of one scope, which must have one. */
export function update(plan: Plan): RulesetUpdate {
  const found = only(plan).changes.find((change) => change.kind === 'ruleset-update');
  if (found === undefined) throw new Error('expected a ruleset update');
  return found;
}
