import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect } from 'vitest';
import {
  type AppEvent,
  type Applied,
  type ApplyRequest,
  apply,
  defaultBackupDir,
  type Explained,
  type ExplainRequest,
  explainError,
  type ImportRequest,
  importScopes,
  type Planned,
  type PlanRequest,
  plan,
  type Review,
  savePlan,
  type ValidateRequest,
  validate,
  type World,
} from '../../src/app/app.ts';
import type { Imported } from '../../src/model/imported.ts';
import type { ScopeKind } from '../../src/model/scope.ts';
import type { Disturbance, JsonObject, LoggedRequest } from '../../src/sandbox/sandbox.ts';
import { checkExchanges } from '../contract/contract.ts';
import { sandboxWorld, type WorldOptions } from '../sandbox/world.ts';
import { claimsOf } from './claimed.ts';
import { entrypoint } from './dashboard.ts';
import { codesOf } from './results.ts';
import { summary } from './summary.ts';

/** Runs before each request is answered; `name` is the request in the words of `sent`. */
export type Hook = (
  name: string,
  request: LoggedRequest,
) => Disturbance | undefined | Promise<Disturbance | undefined>;

/** Texts by path; a single text is `custom-errors.yaml`. */
export type Files = string | Readonly<Record<string, string>>;

export interface JourneyOptions extends Omit<WorldOptions, 'before'> {
  /** What Cloudflare's document does not know, where that is the point of the test: faults that are let pass. */
  readonly undocumented?: RegExp;
}

/** A user in a working directory of their own, with a Cloudflare that is a sandbox, reached over real HTTP. */
export interface Journey extends AsyncDisposable {
  readonly cloudflare: Awaited<ReturnType<typeof sandboxWorld>>;
  readonly cwd: string;
  /** May be changed at any time: disturbs requests, or acts behind the user's back. */
  hook: Hook;
  /** What the user's next commands can be interrupted with. */
  signal: AbortSignal | undefined;
  /** Hears what use cases tell. */
  onEvent: ((event: AppEvent) => void) | undefined;
  write(files: Files): void;
  read(path: string): string;
  validate(more?: Partial<ValidateRequest>): ReturnType<typeof validate>;
  /** Reads only, dry runs aside, and is held to it. */
  plan(more?: Partial<PlanRequest>): Promise<Planned>;
  /** Plans and saves the plan as `plan.json`. */
  save(more?: Partial<PlanRequest>): Promise<string>;
  /** Writes nothing but what the files claim, and is held to it. */
  apply(more?: Partial<ApplyRequest>, review?: Review): Promise<Applied>;
  import(more?: Partial<ImportRequest>): Promise<Imported>;
  /** Asks which live rule of the zone answers a visitor. */
  explain(visitor: ExplainRequest['visitor']): Promise<Explained>;
  /** The requests since the last call, such as `PUT zone example.com rules`; neighbouring reads in alphabetical order. */
  sent(): readonly string[];
  /** The custom error rules that a scope holds now, as the API shows them. */
  rules(kind?: ScopeKind, name?: string): Promise<readonly JsonObject[]>;
  /** The path of a scope: `/zones/<id>`, of the first one where no name is given. */
  path(kind?: ScopeKind, name?: string): string;
  /** Ends the journey and checks everything that happened on it. */
  end(): Promise<void>;
}

const underWay = new Set<Journey>();

afterEach(async () => {
  for (const journey of underWay) await journey.end();
});

const selection = { config: [], zones: [], accounts: [] };
const target = { parallelism: 8 };
const planDefaults: PlanRequest = {
  selection,
  target,
  refresh: [],
  allow: [],
  online: false,
  probe: false,
};

/** Somebody who approves every plan. */
export const approve: Review = async () => true;

/**
 * Sets out with a sandbox of one zone and one account, unless told otherwise. At its end, which comes with the test's at
 * the latest, no live rule may have named a missing asset after any write, nothing unclaimed may have been written, and
 * every exchange is held against Cloudflare's OpenAPI document.
 */
export async function setOut(options: JourneyOptions = {}): Promise<Journey> {
  const cwd = mkdtempSync(join(tmpdir(), 'journey-'));
  const cloudflare = await sandboxWorld({ ...options, before: (request) => disturb(request) });
  const { sandbox } = cloudflare;
  const named = (request: LoggedRequest): string => summary(request, sandbox.state());
  const disturb = (request: LoggedRequest) => journey.hook(named(request), request);
  let heard = 0;

  const world = (): World => ({
    cwd,
    env: { CLOUDFLARE_BASE_URL: cloudflare.baseUrl, CLOUDFLARE_API_TOKEN: 'test' },
    clock: { now: () => Date.now(), sleep: async () => {}, random: () => 0 },
    readStdin: async () => new Uint8Array(),
    ...(journey.signal === undefined ? {} : { signal: journey.signal }),
    ...(journey.onEvent === undefined ? {} : { onEvent: journey.onEvent }),
  });

  const reading = async <T>(work: () => Promise<T>): Promise<T> => {
    const before = sandbox.log.length;
    const result = await work();
    // A dry run, and the probe before the first one, are the only other requests that a plan may send.
    const others = sandbox.log.slice(before).filter(({ method }) => method !== 'GET');
    expect(others.filter(({ query }) => query.dry_run === undefined)).toEqual([]);
    return result;
  };

  const path = (kind: ScopeKind = 'zone', name?: string): string =>
    kind === 'zone' ? `/zones/${cloudflare.zone(name)}` : `/accounts/${cloudflare.account(name)}`;

  const journey: Journey = {
    cloudflare,
    cwd,
    hook: () => undefined,
    signal: undefined,
    onEvent: undefined,
    write: (files) => writeFiles(cwd, typeof files === 'string' ? { 'custom-errors.yaml': files } : files),
    read: (file) => readFileSync(join(cwd, file), 'utf8'),
    validate: (more) => reading(() => validate({ selection, ...more }, world())),
    plan: (more) => reading(() => plan({ ...planDefaults, ...more }, world())),
    save: async (more) => {
      const planned = await journey.plan(more);
      if (planned.plan === undefined) throw new Error(`no plan: ${codesOf(planned.problems)}`);
      await savePlan(planned.plan, join(cwd, 'plan.json'));
      return 'plan.json';
    },
    apply: async (more, review = approve) => {
      const request = { ...planDefaults, backupDir: defaultBackupDir, ...more };
      sandbox.guard(claimsOf(journey, request.selection.config));
      const applied = await apply(request, world(), review);
      expect(sandbox.violations).toEqual([]);
      return applied;
    },
    import: (more) =>
      reading(() => importScopes({ target, zones: [], accounts: [], newRefs: false, ...more }, world())),
    explain: (visitor) => {
      const scope = { kind: 'zone', name: 'example.com' } as const;
      const request = { config: [], allow: [], fields: [], scope, visitor, live: target };
      return reading(() => explainError(request, world()));
    },
    sent: () => {
      const since = sandbox.log.slice(heard);
      heard = sandbox.log.length;
      return withReadsInOrder(since.map(named));
    },
    rules: async (kind, name) => {
      const { status, body } = await sandbox.dashboard('GET', entrypoint(path(kind, name)));
      const { rules = [] } = status === 404 ? {} : Object(Object(body).result);
      return rules;
    },
    path,
    end: async () => {
      if (!underWay.delete(journey)) return;
      await cloudflare.close();
      rmSync(cwd, { recursive: true, force: true });
      expect(sandbox.violations).toEqual([]);
      const faults = checkExchanges(sandbox.log);
      expect(faults.filter((fault) => options.undocumented?.test(fault) !== true)).toEqual([]);
    },
    [Symbol.asyncDispose]: () => journey.end(),
  };
  underWay.add(journey);
  return journey;
}

function writeFiles(cwd: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
}

/** Reads that follow each other may be under way together, so their order means nothing. */
function withReadsInOrder(names: readonly string[]): readonly string[] {
  const ordered: string[] = [];
  let reads: string[] = [];
  for (const name of [...names, '']) {
    if (name.startsWith('GET ')) reads.push(name);
    else {
      ordered.push(...reads.sort(), name);
      reads = [];
    }
  }
  return ordered.slice(0, -1);
}
