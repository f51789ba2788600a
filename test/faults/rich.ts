import type { Applied, ApplyRequest } from '../../src/app/app.ts';
import type { SandboxState, SandboxStore } from '../../src/sandbox/sandbox.ts';
import { type Journey, type JourneyOptions, setOut } from '../e2e/journey.ts';
import { codesOf } from '../e2e/results.ts';
import type { WorldOptions } from '../sandbox/world.ts';

/** The scopes of a rich apply: two zones and an account. */
const zones = ['one.example', 'two.example'];
const accounts = ['Acme Inc'];

interface Scope {
  readonly assets: readonly object[];
  readonly rules: readonly object[];
}

const asset = (name: string, page = name) => ({ name, url: `https://static.example.com/${page}.html` });
const inline = (ref: string, content: string, expression = `http.request.uri.path eq "/${ref}"`) => ({
  ref,
  expression,
  content_type: 'text/plain',
  content,
});
const showing = (ref: string, name: string) => ({
  ref,
  expression: `http.request.uri.path eq "/${ref}"`,
  asset_name: name,
});

const zoneBefore: Scope = {
  assets: ['kept', 'moved', 'fetched', 'old', 'older'].map((name) => asset(name)),
  rules: [
    inline('edited', 'Before.'),
    inline('kept', 'Kept.'),
    inline('last', 'First.'),
    inline('renamed', 'Same.'),
    showing('gone', 'older'),
    showing('page', 'old'),
  ],
};

const zoneAfter: Scope = {
  assets: [asset('kept'), asset('moved', 'elsewhere'), asset('fetched'), asset('new'), asset('newer')],
  rules: [
    inline('last', 'First.'),
    inline('edited', 'After.'),
    inline('kept', 'Kept.'),
    inline('renamed_too', 'Same.', 'http.request.uri.path eq "/renamed"'),
    showing('page', 'new'),
    showing('added', 'newer'),
  ],
};

const accountBefore: Scope = { assets: [asset('old')], rules: [showing('page', 'old')] };
const accountAfter: Scope = { assets: [asset('new')], rules: [showing('page', 'new')] };

function yaml(zone: Scope, account: Scope): string {
  return JSON.stringify({
    version: 1,
    zones: Object.fromEntries(zones.map((name) => [name, zone])),
    accounts: Object.fromEntries(accounts.map((name) => [name, account])),
  });
}

const before = yaml(zoneBefore, accountBefore);

/** What the rich apply is to lead to. */
export const after = yaml(zoneAfter, accountAfter);

/** Hazards that are meant. */
export const allow = ['plan/take-over', 'plan/mass-delete', 'plan/empty'];

/** One request at a time, so that a place in the order of requests is always the same request. */
export const inOrder = { allow, target: { parallelism: 1 }, refresh: ['fetched'] };

let start: Promise<SandboxState> | undefined;

async function beginning(): Promise<SandboxState> {
  await using journey = await setOut({ zones, accounts });
  journey.write(before);
  await journey.apply();
  return journey.cloudflare.sandbox.state();
}

function storeOf(state: SandboxState): SandboxStore {
  return { name: 'memory', load: async () => state, save: async () => {} };
}

/** A Cloudflare that holds what a rich apply finds. */
export async function richWorld(): Promise<WorldOptions> {
  start ??= beginning();
  return { zones, accounts, store: storeOf(await start) };
}

/** A user whose Cloudflare holds what a rich apply finds, and whose file says what it is to lead to. */
export async function richJourney(options: JourneyOptions = {}): Promise<Journey> {
  const journey = await setOut({ ...options, ...(await richWorld()) });
  journey.write(after);
  return journey;
}

/** Whether the file is planned and applied in one go, or the plan was saved before. */
export type Way = 'file' | 'saved plan';

/** Gets ready for an apply of this way, and gives what to ask for. */
export async function prepare(journey: Journey, way: Way): Promise<Partial<ApplyRequest>> {
  if (way === 'file') return inOrder;
  const planFile = await journey.save({ allow, refresh: inOrder.refresh });
  return { planFile, allow, target: inOrder.target };
}

const undisturbed = new Map<Way, Promise<readonly string[]>>();

/** The names of the requests of a rich apply that nothing disturbs, in their order. */
export function requestsOf(way: Way): Promise<readonly string[]> {
  const known = undisturbed.get(way) ?? listen(way);
  undisturbed.set(way, known);
  return known;
}

async function listen(way: Way): Promise<readonly string[]> {
  await using journey = await richJourney();
  const request = await prepare(journey, way);
  const names: string[] = [];
  journey.hook = (name) => void names.push(name);
  const applied = await journey.apply(request);
  if (applied.receipt?.scopes.some(({ outcome }) => outcome !== 'done') !== false) {
    throw new Error(`a rich apply that nothing disturbs fails: ${codesOf(applied.problems)}`);
  }
  return names;
}

/** The codes of everything that an apply complains of. */
export function complaints({ problems, receipt }: Applied): readonly string[] {
  const ofScopes = receipt?.scopes.flatMap((scope) => scope.problems) ?? [];
  return codesOf([...problems, ...(receipt?.problems ?? []), ...ofScopes]);
}
