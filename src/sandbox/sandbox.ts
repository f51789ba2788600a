import type { Answer } from './answer.ts';
import { type Doorkeeper, dashboard } from './auth.ts';
import { type Counter, type Engine, exchange, root, runRequest } from './exchange.ts';
import { type Claimed, violationsOf } from './guard.ts';
import type { Json } from './json.ts';
import { openLedger } from './ledger.ts';
import type { PageReader } from './pages.ts';
import { makeTurnstile, type RateLimit } from './rate-limit.ts';
import type { LoggedRequest } from './request-log.ts';
import { addAccount, addZone, type NewZone } from './seed.ts';
import { listen } from './server.ts';
import {
  memoryStore,
  type SandboxAccount,
  type SandboxState,
  type SandboxStore,
  type SandboxZone,
} from './state.ts';
import { defaultSwitches, type Switches } from './switches.ts';

export type { Answer } from './answer.ts';
export type { Permission, SandboxKey, SandboxToken } from './auth.ts';
export type { Disturbance, Spoken } from './exchange.ts';
export type { Claimed } from './guard.ts';
export type { Json, JsonObject } from './json.ts';
export type { PageAnswer, PageReader } from './pages.ts';
export type { RateLimit } from './rate-limit.ts';
export type { LoggedRequest } from './request-log.ts';
export type { NewZone } from './seed.ts';
export type {
  PlanName,
  SandboxAccount,
  SandboxAsset,
  SandboxRule,
  SandboxRuleset,
  SandboxState,
  SandboxStore,
  SandboxZone,
} from './state.ts';
export { defaultSwitches, type Switches } from './switches.ts';

export interface SandboxOptions extends Doorkeeper {
  /** Absent or 0: a free one. */
  readonly port?: number;
  /** Absent: in memory. */
  readonly store?: SandboxStore;
  readonly readPage: PageReader;
  /** Laid over `defaultSwitches`. */
  readonly switches?: Partial<Switches>;
  /** The clock; the moments of writes go up also where it stands still. */
  readonly now?: () => Date;
  /** Runs before each request is handled, and may disturb it. */
  readonly before?: Counter['before'];
  /** Milliseconds added to each answer. */
  readonly latency?: number;
  /** Absent: everybody may ask as often as they like, and no answer speaks of limits. */
  readonly limit?: RateLimit;
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT/client/v4` */
  readonly baseUrl: string;
  /** Every request over HTTP, in the order of arrival. */
  readonly log: readonly LoggedRequest[];
  /** May be changed at any time. */
  readonly switches: Switches;
  /** What requests over HTTP did that nobody may do, in sentences; also failures of the sandbox itself. */
  readonly violations: readonly string[];
  /** The state as it is now. */
  state(): SandboxState;
  /** Adds an account; gives the one that has this name already. */
  addAccount(name: string): Promise<SandboxAccount>;
  /** Adds a zone to an account (by its id); gives the one of this name that the account has already. */
  addZone(name: string, account: string, more?: NewZone): Promise<SandboxZone>;
  /** From now on every write outside these claims, and every write of another phase, is a violation. */
  guard(claims: readonly Claimed[]): void;
  /**
   * Calls the API as somebody at the dashboard: with every right, outside the log and free of the guard. `target` is
   * path and query below the base URL.
   */
  dashboard(method: string, target: string, body?: Json): Promise<Answer>;
  /** Ends when all connections are closed and the last write is stored. */
  close(): Promise<void>;
}

/** Starts an embedded Cloudflare API on loopback. Throws `sandbox/state-damaged` and `sandbox/cannot-listen`. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { store = memoryStore(), now = () => new Date(), port = 0, readPage } = options;
  const ledger = await openLedger(store, now);
  const switches: Switches = { ...defaultSwitches, ...options.switches };
  const engine: Engine = { ledger, switches, readPage };
  const violations: string[] = [];
  const guarded: { claims?: readonly Claimed[] } = {};
  const counter: Counter = {
    engine,
    door: options,
    turnstile:
      options.limit === undefined
        ? () => ({ headers: {} })
        : makeTurnstile(options.limit, () => now().getTime()),
    log: [],
    latency: options.latency ?? 0,
    before: options.before ?? (() => undefined),
    watch: (before, after) => violations.push(...violationsOf(before, after, guarded.claims)),
    failed: (error) => violations.push(`the sandbox failed: ${String(error)}`),
  };
  const listening = await listen(port, (incoming) => exchange(incoming, counter));
  return {
    baseUrl: `http://127.0.0.1:${listening.port}${root}`,
    log: counter.log,
    switches,
    violations,
    state: ledger.state,
    addAccount: (name) => addAccount(ledger, name),
    addZone: (name, account, more) => addZone(ledger, { name, account, ...more }),
    guard: (claims) => Object.assign(guarded, { claims }),
    dashboard: (method, target, body) => callAsDashboard(engine, method, { target, body }),
    close: async () => {
      await listening.close();
      await ledger.settle();
    },
  };
}

function callAsDashboard(
  engine: Engine,
  method: string,
  { target, body }: { readonly target: string; readonly body: Json | undefined },
): Promise<Answer> {
  const text = body === undefined ? '' : JSON.stringify(body);
  return runRequest(engine, { method, target, text, credential: dashboard }, () => undefined);
}
