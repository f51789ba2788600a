import { createHash } from 'node:crypto';
import { ProblemError } from '../problem/problem.ts';
import { checkSandboxState } from '../schema/schema.ts';
import type { JsonObject } from './json.ts';

export type PlanName = 'free' | 'pro' | 'business' | 'enterprise';
export type ZoneStatus = 'initializing' | 'pending' | 'active' | 'moved';
export type ZoneType = 'full' | 'partial' | 'secondary' | 'internal';

export interface SandboxAccount {
  readonly id: string;
  readonly name: string;
  readonly created_on: string;
}

export interface SandboxZone {
  readonly id: string;
  readonly name: string;
  /** The id of its account. */
  readonly account: string;
  readonly plan: PlanName;
  readonly status: ZoneStatus;
  readonly type: ZoneType;
  readonly created_on: string;
}

export interface SandboxAsset {
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly last_updated: string;
  readonly size_bytes: number;
}

export interface SandboxRule {
  readonly id: string;
  readonly version: string;
  readonly ref: string;
  readonly action: string;
  readonly action_parameters?: JsonObject;
  readonly expression: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly last_updated: string;
  /** Further keys that answers show at the top of the rule, such as `logging`. */
  readonly extra?: JsonObject;
}

export interface RulesetVersion {
  readonly version: string;
  readonly last_updated: string;
  readonly description: string;
  readonly rules: readonly SandboxRule[];
}

export interface SandboxRuleset {
  readonly id: string;
  readonly name: string;
  readonly kind: 'root' | 'zone' | 'custom';
  readonly phase: string;
  /** Oldest first and never empty; the last one is live. */
  readonly versions: readonly RulesetVersion[];
}

/** What one zone or account holds. */
export interface ScopeState {
  /** How often the scope was written: what ids of new things are made from, so that they do not depend on the clock. */
  readonly writes: number;
  readonly assets: readonly SandboxAsset[];
  readonly rulesets: readonly SandboxRuleset[];
}

/** Everything that a sandbox remembers, as one plain JSON value (`schemas/sandbox-state.schema.json`). */
export interface SandboxState {
  readonly format: 'cf-errors/sandbox-state';
  readonly version: 1;
  readonly last_write: string;
  readonly accounts: readonly SandboxAccount[];
  readonly zones: readonly SandboxZone[];
  readonly scopes: Readonly<Record<string, ScopeState>>;
}

/** Where a sandbox keeps its state. `name` is said in problems; `load` gives undefined where there is nothing yet. */
export interface SandboxStore {
  readonly name: string;
  load(): Promise<unknown>;
  save(state: SandboxState): Promise<void>;
}

/** The phase of custom error rules. */
export const customErrors = 'http_custom_errors';

const emptyScope: ScopeState = { writes: 0, assets: [], rulesets: [] };

const emptyState: SandboxState = {
  format: 'cf-errors/sandbox-state',
  version: 1,
  last_write: '1970-01-01T00:00:00.000Z',
  accounts: [],
  zones: [],
  scopes: {},
};

/** Reads what a store holds; throws the problem `sandbox/state-damaged` for anything but a sandbox's own state. */
export async function loadState(store: SandboxStore): Promise<SandboxState> {
  const value = await store.load();
  if (value === undefined) return emptyState;
  const [fault] = checkSandboxState(value);
  if (fault !== undefined) {
    throw new ProblemError({
      code: 'sandbox/state-damaged',
      message: `"${store.name}" does not hold the state of a sandbox: /${fault.path.join('/')} ${fault.message}`,
      hint: 'name another file, or move this one away to start with an empty sandbox',
    });
  }
  return value as SandboxState;
}

/** A store that forgets everything with the process; `state` is what it starts with. */
export function memoryStore(state: SandboxState = emptyState): SandboxStore {
  return { name: 'memory', load: async () => state, save: async () => {} };
}

/** What a scope holds; nothing where nobody wrote yet. */
export function scopeState(state: SandboxState, scope: string): ScopeState {
  return state.scopes[scope] ?? emptyScope;
}

/** The state with one scope written: `change` is laid over it, and its count of writes goes up. */
export function writeScope(state: SandboxState, scope: string, change: Partial<ScopeState>): SandboxState {
  const before = scopeState(state, scope);
  const after = { ...before, ...change, writes: before.writes + 1 };
  return { ...state, scopes: { ...state.scopes, [scope]: after } };
}

/** The live version of a ruleset. */
export function liveVersion(ruleset: SandboxRuleset): RulesetVersion {
  const live = ruleset.versions.at(-1);
  if (live === undefined) throw new Error(`ruleset ${ruleset.id} has no version`);
  return live;
}

/** An id of 32 hexadecimal digits that depends on nothing but the words it is made from. */
export function makeId(...words: readonly (string | number)[]): string {
  return createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 32);
}
