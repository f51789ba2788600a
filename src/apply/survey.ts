import { assetEdits, rulesMatch } from '../compare/compare.ts';
import { namedAsset } from '../model/body.ts';
import { type LiveAsset, type LiveRuleset, type LiveScope, noVersion } from '../model/live.ts';
import type { AssetDelete, Change, RulesetUpdate, ScopePlan } from '../model/plan.ts';
import type { RemoteReader } from '../model/remote.ts';
import { scopeLabel } from '../model/scope.ts';
import type { ProblemInput } from '../problem/problem.ts';

/** Either which changes of a plan are true already, or what moved, in words, so that nothing may be written. */
export type Survey =
  | { readonly kind: 'ready'; readonly done: ReadonlySet<Change> }
  | { readonly kind: 'stale'; readonly moved: readonly string[] };

/** Reads what the plan had read, so that the two can be compared. */
export async function readAgain(plan: ScopePlan, remote: RemoteReader): Promise<LiveScope> {
  const [ruleset, assets] = await Promise.all([
    plan.live.ruleset === undefined ? undefined : remote.readRuleset(plan.scope),
    plan.live.assets === undefined ? undefined : remote.listAssets(plan.scope),
  ]);
  return {
    scope: plan.scope,
    ...(ruleset === undefined ? {} : { ruleset }),
    ...(assets === undefined ? {} : { assets }),
  };
}

type AssetChange = Exclude<Change, RulesetUpdate>;

/**
 * Compares what is live now with the state that a plan was made on and with the states that it passes through: any
 * subset of its asset writes, then the rules, then any subset of its deletions. Anything else is stale.
 */
export function survey(plan: ScopePlan, now: LiveScope): Survey {
  const done = new Set<Change>();
  const moved = [
    ...surveyAssets(plan, now, done),
    ...surveyNamedAssets(plan, now),
    ...surveyRules(plan, now, done),
  ];
  if (moved.length === 0 && !inOrder(plan.changes, done)) {
    moved.push('its later steps are done but its earlier ones are not');
  }
  if (moved.length === 0) return { kind: 'ready', done };
  return { kind: 'stale', moved };
}

/** Says that a scope moved away from its plan, and how. */
export function staleProblem(plan: ScopePlan, what: string): ProblemInput {
  const scope = scopeLabel(plan.scope);
  return {
    code: 'apply/stale',
    message: `${scope} is not as it was when the plan was made: ${what}`,
    span: plan.origin,
    scope,
    hint: 'run plan again and look at what changed before applying',
  };
}

function surveyRules(plan: ScopePlan, now: LiveScope, done: Set<Change>): string[] {
  const before = plan.live.ruleset;
  if (!plan.claims.rules || before === undefined || now.ruleset === undefined) return [];
  const update = plan.changes.find((change) => change.kind === 'ruleset-update');
  if (isSameVersion(now.ruleset, before)) return [];
  if (update !== undefined && holds(now.ruleset, update)) {
    done.add(update);
    return [];
  }
  if (update === undefined && rulesMatch(now.ruleset.rules, before.rules)) return [];
  return [versionsWords(before, now.ruleset)];
}

/** True for one version of one ruleset: one that was deleted and made anew counts from 1 again, under another id. */
export function isSameVersion(one: LiveRuleset, other: LiveRuleset): boolean {
  return one.version === other.version && (one.version === noVersion || one.id === other.id);
}

/** How a ruleset moved on. */
export function versionsWords(before: LiveRuleset, now: LiveRuleset): string {
  const isAnother = before.version !== noVersion && now.version !== noVersion && before.id !== now.id;
  const anew = isAnother ? ', and it is another ruleset' : '';
  return `its rules went from version ${before.version} to ${now.version}${anew}`;
}

/** True when a live ruleset is what an update wants. */
export function holds(live: LiveRuleset, update: RulesetUpdate): boolean {
  return rulesMatch(
    live.rules,
    update.body.rules.map((one) => one.rule),
  );
}

function surveyAssets(plan: ScopePlan, now: LiveScope, done: Set<Change>): string[] {
  if (!plan.claims.assets || plan.live.assets === undefined || now.assets === undefined) return [];
  const before = byName(plan.live.assets);
  const present = byName(now.assets);
  const changes = new Map(assetChanges(plan).map((change) => [assetName(change), change]));
  const moved: string[] = [];
  for (const name of new Set([...before.keys(), ...present.keys()])) {
    const was = before.get(name);
    const is = present.get(name);
    if (sameMark(was, is)) continue;
    const change = changes.get(name);
    if (change !== undefined && isDone(change, is)) done.add(change);
    else
      moved.push(
        `asset ${name} ${was === undefined ? 'appeared' : is === undefined ? 'is gone' : 'changed'}`,
      );
  }
  return moved;
}

/** Assets that nobody claims may change as they like, but those that the rules are about to name have to be there. */
function surveyNamedAssets(plan: ScopePlan, now: LiveScope): string[] {
  if (plan.claims.assets || now.assets === undefined) return [];
  const present = byName(now.assets);
  const named = steps(plan.changes)
    .updates.flatMap((update) => update.body.rules)
    .flatMap(({ rule }) => namedAsset(rule) ?? []);
  return [...new Set(named)].filter((name) => !present.has(name)).map((name) => `asset ${name} is gone`);
}

function assetChanges(plan: ScopePlan): AssetChange[] {
  return plan.changes.filter((change) => change.kind !== 'ruleset-update');
}

/** The asset that a change is about. */
function assetName(change: AssetChange): string {
  return change.kind === 'asset-delete' ? change.live.name : change.asset.name;
}

function byName(assets: readonly LiveAsset[]): Map<string, LiveAsset> {
  return new Map(assets.map((asset) => [asset.name, asset]));
}

/** True when an asset was not written between two looks at it; absent is a state too. */
export function sameMark(one: LiveAsset | undefined, other: LiveAsset | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    one.url === other.url &&
    one.description === other.description &&
    one.lastUpdated === other.lastUpdated &&
    one.sizeBytes === other.sizeBytes
  );
}

/** True when an asset change is what is live now; the caller knows that the asset is not as it was before. */
function isDone(change: AssetChange, now: LiveAsset | undefined): boolean {
  if (change.kind === 'asset-delete') return now === undefined;
  return now !== undefined && assetEdits(now, change.asset).length === 0;
}

/** The three steps of a scope in their order; within a step the changes do not depend on each other. */
export interface Steps {
  readonly upserts: readonly Exclude<AssetChange, AssetDelete>[];
  readonly updates: readonly RulesetUpdate[];
  readonly deletes: readonly AssetDelete[];
}

/** Sorts the changes of a scope into its steps. */
export function steps(changes: readonly Change[]): Steps {
  return {
    upserts: changes.filter((one) => one.kind !== 'ruleset-update' && one.kind !== 'asset-delete'),
    updates: changes.filter((one) => one.kind === 'ruleset-update'),
    deletes: changes.filter((one) => one.kind === 'asset-delete'),
  };
}

/** True when no step holds a done change while an earlier step holds one that is not. */
function inOrder(changes: readonly Change[], done: ReadonlySet<Change>): boolean {
  const { upserts, updates, deletes } = steps(changes);
  const pending = (step: readonly Change[]): boolean => step.some((change) => !done.has(change));
  const begun = (step: readonly Change[]): boolean => step.some((change) => done.has(change));
  return !(pending(upserts) && (begun(updates) || begun(deletes))) && !(pending(updates) && begun(deletes));
}
