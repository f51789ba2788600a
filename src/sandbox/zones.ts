import { type Answer, ok, Refused } from './answer.ts';
import { type Credential, reaches } from './auth.ts';
import { type Call, param } from './call.ts';
import type { JsonObject } from './json.ts';
import { badQuery, type PageBounds, pageOf } from './paging.ts';
import type { SandboxAccount, SandboxState, SandboxZone } from './state.ts';

const bounds: PageBounds = { least: 5, most: 50 };

/** `GET /zones`: filters by name, status, type and account, with operators and both ways of `match`. */
export function listZones(call: Call, state: SandboxState): Answer {
  const filters = zoneFilters(call.query);
  const every = call.query.get('match') !== 'any';
  const types = call.query.get('type')?.split(',') ?? ['full', 'partial', 'secondary'];
  const zones = state.zones
    .filter((zone) => types.includes(zone.type) && reaches(call.credential, [zone.id, zone.account]))
    .map((zone) => zoneView(zone, state))
    .filter((zone) => filters.length === 0 || filters[every ? 'every' : 'some']((fits) => fits(zone)));
  const page = pageOf(sorted(zones, call.query), call.query, bounds);
  return ok([...page.items], { result_info: page.info });
}

/** `GET /zones/{id}` */
export function readZone(call: Call, state: SandboxState): Answer {
  const zone = state.zones.find((one) => one.id === param(call, 'scope'));
  if (zone === undefined) throw new Error('a zone that the router let pass is not there');
  return ok(zoneView(zone, state));
}

/** `GET /accounts`: filtered by name; its `result_info` has no `total_pages`. */
export function listAccounts(call: Call, state: SandboxState): Answer {
  const name = call.query.get('name');
  const visible = visibleAccounts(call.credential, state);
  const accounts = visible.filter((one) => name === null || one.name.toLowerCase() === name.toLowerCase());
  const page = pageOf(sorted(accounts.map(accountView), call.query), call.query, bounds);
  const { total_pages, ...info } = page.info;
  return ok([...page.items], { result_info: info });
}

/** `GET /accounts/{id}` */
export function readAccount(call: Call, state: SandboxState): Answer {
  const account = state.accounts.find((one) => one.id === param(call, 'scope'));
  if (account === undefined) throw new Error('an account that the router let pass is not there');
  return ok(accountView(account));
}

/** The accounts that a credential reaches, as a whole or because of one of their zones. */
function visibleAccounts(credential: Credential, state: SandboxState): readonly SandboxAccount[] {
  return state.accounts.filter(({ id }) => {
    const zones = state.zones.filter((zone) => zone.account === id);
    return reaches(credential, [id, ...zones.map((zone) => zone.id)]);
  });
}

interface ZoneView extends JsonObject {
  readonly name: string;
  readonly status: string;
  readonly account: { readonly id: string; readonly name: string };
  readonly plan: { readonly id: string; readonly name: string; readonly legacy_id: string };
}

const planNames = {
  free: 'Free Website',
  pro: 'Pro Website',
  business: 'Business Website',
  enterprise: 'Enterprise Website',
} as const;

/** Fields that every zone has (Cloudflare OpenAPI, zones_zone) and that nobody asks a sandbox about. */
const unusedFields = {
  paused: false,
  development_mode: 0,
  name_servers: ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'],
  original_name_servers: null,
  original_registrar: null,
  original_dnshost: null,
  owner: { type: 'user' },
  meta: { cdn_only: false, dns_only: false, phishing_detected: false, step: 4 },
} as const;

function zoneView(zone: SandboxZone, state: SandboxState): ZoneView {
  const account = state.accounts.find((one) => one.id === zone.account);
  return {
    ...unusedFields,
    id: zone.id,
    name: zone.name,
    status: zone.status,
    type: zone.type,
    created_on: zone.created_on,
    modified_on: zone.created_on,
    activated_on: zone.status === 'active' ? zone.created_on : null,
    account: { id: zone.account, name: account?.name ?? '' },
    plan: { id: zone.plan, name: planNames[zone.plan], legacy_id: zone.plan },
  };
}

function accountView({ id, name, created_on }: SandboxAccount) {
  return { id, name, type: 'standard', settings: { enforce_twofactor: false }, created_on };
}

type Fits = (zone: ZoneView) => boolean;

function zoneFilters(query: URLSearchParams): readonly Fits[] {
  const filters: Fits[] = [];
  const add = (key: string, fits: (wanted: string) => Fits) => {
    const wanted = query.get(key);
    if (wanted !== null) filters.push(fits(wanted));
  };
  add('name', (wanted) => byText(wanted, (zone) => zone.name));
  add('account.name', (wanted) => byText(wanted, (zone) => zone.account.name));
  add('account.id', (wanted) => (zone) => zone.account.id === wanted);
  add('status', (wanted) => (zone) => zone.status === wanted);
  return filters;
}

const operators = {
  equal: (text: string, wanted: string) => text === wanted,
  not_equal: (text: string, wanted: string) => text !== wanted,
  starts_with: (text: string, wanted: string) => text.startsWith(wanted),
  ends_with: (text: string, wanted: string) => text.endsWith(wanted),
  contains: (text: string, wanted: string) => text.includes(wanted),
} as const;

/** `operator:text`, or the text alone for equality; letter case counts only where the operator says so. */
function byText(wanted: string, textOf: (zone: ZoneView) => string): Fits {
  const match = /^(?:(starts_with|ends_with|contains)(_case_sensitive)|([a-z_]+)):(.*)$/s.exec(wanted);
  const [, sensitiveName, sensitive, plainName, text] = match ?? [
    undefined,
    undefined,
    undefined,
    'equal',
    wanted,
  ];
  const name = sensitiveName ?? plainName ?? '';
  if (!isOperator(name)) {
    throw new Refused(400, { code: badQuery, message: `'${name}' is not a valid filter operator` });
  }
  const cased = (value: string) => (sensitive === undefined ? value.toLowerCase() : value);
  return (zone) => operators[name](cased(textOf(zone)), cased(text ?? ''));
}

function isOperator(name: string): name is keyof typeof operators {
  return Object.hasOwn(operators, name);
}

/** By name where `order` says nothing; the API promises no order of its own. */
function sorted<T extends JsonObject>(items: readonly T[], query: URLSearchParams): readonly T[] {
  const path = (query.get('order') ?? 'name').split('.');
  const sign = query.get('direction') === 'desc' ? -1 : 1;
  const keyOf = (item: JsonObject) => String(path.reduce<unknown>((value, key) => Object(value)[key], item));
  return items.toSorted((a, b) => sign * (keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b))));
}
