import type { Problem, Span } from '../problem/problem.ts';
import type { VisitorChanges } from './behaviour.ts';
import type { Asset, Json, Rule } from './body.ts';
import type { Origin } from './desired.ts';
import type { LiveAsset, LiveRule, LiveScope } from './live.ts';
import type { Scope } from './scope.ts';
import type { TestTally } from './tests.ts';

/**
 * One field that differs, by its name in the API (`expression`, `description`, `enabled`, `asset_name`, `content`,
 * `content_type`, `status_code`, `url`). Absent `before` or `after` means that the field is not set on that side.
 */
export interface FieldEdit {
  readonly field: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** Positions count from 1 in the list that they belong to. */
export type RuleChange =
  | { readonly kind: 'add'; readonly rule: Rule; readonly position: number; readonly origin: Origin }
  | { readonly kind: 'remove'; readonly live: LiveRule; readonly position: number }
  | {
      readonly kind: 'edit';
      readonly rule: Rule;
      readonly live: LiveRule;
      readonly edits: readonly FieldEdit[];
      readonly position: number;
      readonly origin: Origin;
    }
  | {
      readonly kind: 'move';
      readonly rule: Rule;
      readonly live: LiveRule;
      readonly from: number;
      readonly to: number;
      readonly origin: Origin;
    }
  /** The same behaviour under a new `ref`, and so under a new Cloudflare id. */
  | {
      readonly kind: 'rename';
      readonly rule: Rule;
      readonly live: LiveRule;
      readonly from: number;
      readonly to: number;
      readonly origin: Origin;
    };

/** A rule of the list that a PUT will send, with the place in the YAML where it stands. */
export interface PlannedRule {
  readonly rule: Rule;
  readonly origin: Origin;
}

/** The body of an entry point PUT: the whole ordered list. */
export interface RulesetBody {
  /** The live description, sent back unchanged; absent where there is none. */
  readonly description?: string;
  readonly rules: readonly PlannedRule[];
}

/** `digest` is the hash of what is written and of what it is written over, on ids; see `compare`. */
interface Digested {
  readonly digest: string;
}

export interface AssetCreate extends Digested {
  readonly kind: 'asset-create';
  readonly asset: Asset;
  readonly origin: Origin;
}

export interface AssetUpdate extends Digested {
  readonly kind: 'asset-update';
  readonly asset: Asset;
  readonly live: LiveAsset;
  readonly edits: readonly FieldEdit[];
  readonly origin: Origin;
}

/** A PUT of what is there already, which makes Cloudflare fetch the page again. */
export interface AssetRefresh extends Digested {
  readonly kind: 'asset-refresh';
  readonly asset: Asset;
  readonly live: LiveAsset;
  readonly origin: Origin;
}

export interface AssetDelete extends Digested {
  readonly kind: 'asset-delete';
  readonly live: LiveAsset;
  /** The key `assets:` of the scope that no longer lists it. */
  readonly origin: Span;
}

/** One PUT of the entry point. */
export interface RulesetUpdate extends Digested {
  readonly kind: 'ruleset-update';
  /** In desired order, then the removed ones in live order. */
  readonly rules: readonly RuleChange[];
  readonly body: RulesetBody;
  readonly origin: Span;
}

export type Change = AssetCreate | AssetUpdate | AssetRefresh | AssetDelete | RulesetUpdate;

export interface Counts {
  readonly assets: number;
  readonly rules: number;
}

/** What will happen in one scope, in the order in which it will run. */
export interface ScopePlan {
  readonly scope: Scope;
  /** The scope's key in the file. */
  readonly origin: Span;
  readonly claims: { readonly assets: boolean; readonly rules: boolean };
  /** The state that this plan was made on: apply writes only over this state or one that the plan passes through. */
  readonly live: LiveScope;
  readonly changes: readonly Change[];
  /**
   * Who sees something else afterwards, where that can be told: beside what is written, so no part of any digest. Of
   * an account it is what visitors see where no rule of their zone answers.
   */
  readonly behaviour?: VisitorChanges;
  /** Claimed things that stay as they are. */
  readonly unchanged: Counts;
  /** Errors, hazards and warnings of this scope. */
  readonly problems: readonly Problem[];
}

/** A plan is a value: renderers and apply read it and ask nobody. */
export interface Plan {
  /** The API's base URL; a plan is never applied elsewhere. */
  readonly target: string;
  /**
   * Present where files were compared with files, by their names: what is called live was said by the former, ids are
   * names, target and fingerprint are empty, and nobody can apply it.
   */
  readonly comparison?: { readonly before: string; readonly after: string };
  /** In the order of the files. */
  readonly scopes: readonly ScopePlan[];
  /** Problems of scopes that could not be planned at all (not found, not readable), each with its `scope` label. */
  readonly problems: readonly Problem[];
  /** `cfe1:` and the hash of the ordered digests. */
  readonly fingerprint: string;
  /** What became of the tests in the files, no part of the fingerprint; absent where there are none. */
  readonly tests?: TestTally;
}

/** How many things each word of the summary line counts. A rename counts as a change. */
export interface Tally {
  readonly zones: number;
  readonly accounts: number;
  readonly add: number;
  readonly change: number;
  readonly move: number;
  readonly destroy: number;
  readonly unchanged: number;
}

/** Every problem of a plan: what could not be planned first, then scope by scope. */
export function planProblems(plan: Plan): readonly Problem[] {
  return [...plan.problems, ...plan.scopes.flatMap((scope) => scope.problems)];
}

/** True when apply would write something. */
export function hasChanges(plan: Plan): boolean {
  return plan.scopes.some((scope) => scope.changes.length > 0);
}

const tallied = {
  add: 'add',
  remove: 'destroy',
  edit: 'change',
  move: 'move',
  rename: 'change',
  'asset-create': 'add',
  'asset-update': 'change',
  'asset-refresh': 'change',
  'asset-delete': 'destroy',
} as const satisfies Record<string, keyof Tally>;

/** Counts scopes, rules and assets for the summary line. */
export function tallyOf(plan: Plan): Tally {
  const tally = { zones: 0, accounts: 0, add: 0, change: 0, move: 0, destroy: 0, unchanged: 0 };
  for (const { scope, changes, unchanged } of plan.scopes) {
    tally[scope.kind === 'zone' ? 'zones' : 'accounts'] += 1;
    tally.unchanged += unchanged.assets + unchanged.rules;
    for (const change of changes) {
      const kinds = change.kind === 'ruleset-update' ? change.rules.map((rule) => rule.kind) : [change.kind];
      for (const kind of kinds) tally[tallied[kind]] += 1;
    }
  }
  return tally;
}
