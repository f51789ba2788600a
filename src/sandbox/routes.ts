import { type Answer, Refused } from './answer.ts';
import { createAsset, deleteAsset, listAssets, readAsset, replaceAsset } from './assets.ts';
import { forbidden, may, type Permission, reaches, verifyAccountToken, verifyUserToken } from './auth.ts';
import type { Call } from './call.ts';
import type { Desk } from './desk.ts';
import { isObject } from './json.ts';
import { addRule, deleteRule, editRule } from './rules.ts';
import {
  deleteVersion,
  listEntrypointVersions,
  listVersions,
  readEntrypointVersion,
  readVersion,
} from './ruleset-versions.ts';
import {
  createRuleset,
  deleteRuleset,
  listRulesets,
  readEntrypoint,
  readRuleset,
  replaceEntrypoint,
  replaceRuleset,
} from './rulesets.ts';
import type { SandboxState } from './state.ts';
import type { Switches } from './switches.ts';
import { listAccounts, listZones, readAccount, readZone } from './zones.ts';

type Handler = (call: Call, desk: Desk) => Answer | Promise<Answer>;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly permission?: Permission;
  readonly handle: Handler;
}

const assets = '{scope}/custom_pages/assets';
const rulesets = '{scope}/rulesets';
const entrypoint = `${rulesets}/phases/{phase}/entrypoint`;

const routes: readonly Route[] = [
  route('GET /zones', (call, desk) => listZones(call, desk.state()), 'zones:read'),
  route('GET /{zones}', (call, desk) => readZone(call, desk.state()), 'zones:read'),
  route('GET /accounts', (call, desk) => listAccounts(call, desk.state())),
  route('GET /{accounts}', (call, desk) => readAccount(call, desk.state())),
  route('GET /user/tokens/verify', verifyUserToken),
  route('GET /{accounts}/tokens/verify', verifyAccountToken),
  route(`GET /${assets}`, listAssets, 'assets:read'),
  route(`POST /${assets}`, createAsset, 'assets:write'),
  route(`GET /${assets}/{asset}`, readAsset, 'assets:read'),
  route(`PUT /${assets}/{asset}`, replaceAsset, 'assets:write'),
  route(`DELETE /${assets}/{asset}`, deleteAsset, 'assets:write'),
  route(`GET /${rulesets}`, listRulesets, 'rules:read'),
  route(`POST /${rulesets}`, createRuleset, 'rules:write'),
  route(`GET /${entrypoint}`, readEntrypoint, 'rules:read'),
  route(`PUT /${entrypoint}`, replaceEntrypoint, 'rules:write'),
  route(`GET /${entrypoint}/versions`, listEntrypointVersions, 'rules:read'),
  route(`GET /${entrypoint}/versions/{version}`, readEntrypointVersion, 'rules:read'),
  route(`GET /${rulesets}/{ruleset}`, readRuleset, 'rules:read'),
  route(`PUT /${rulesets}/{ruleset}`, replaceRuleset, 'rules:write'),
  route(`DELETE /${rulesets}/{ruleset}`, deleteRuleset, 'rules:write'),
  route(`GET /${rulesets}/{ruleset}/versions`, listVersions, 'rules:read'),
  route(`GET /${rulesets}/{ruleset}/versions/{version}`, readVersion, 'rules:read'),
  route(`DELETE /${rulesets}/{ruleset}/versions/{version}`, deleteVersion, 'rules:write'),
  route(`POST /${rulesets}/{ruleset}/rules`, addRule, 'rules:write'),
  route(`PATCH /${rulesets}/{ruleset}/rules/{rule}`, editRule, 'rules:write'),
  route(`DELETE /${rulesets}/{ruleset}/rules/{rule}`, deleteRule, 'rules:write'),
];

/** `{zones}`, `{accounts}` and `{scope}` (either) stand for the kind and the id of a scope, other names for one part. */
function route(line: string, handle: Handler, permission?: Permission): Route {
  const [method = '', path = ''] = line.split(' ');
  const pattern = path
    .replace('{scope}', '(?<scopes>zones|accounts)/(?<scope>[^/]+)')
    .replace(/\{(zones|accounts)\}/, '(?<scopes>$1)/(?<scope>[^/]+)')
    .replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return { method, pattern: new RegExp(`^${pattern}$`), handle, ...(permission && { permission }) };
}

/** A request before its route is known. */
export type Arrival = Omit<Call, 'params' | 'dryRun'>;

/** Finds the route of a request, checks who may use it, and runs it. `deskFor` gives the desk of a real or a dry run. */
export async function dispatch(arrival: Arrival, deskFor: (dryRun: boolean) => Desk): Promise<Answer> {
  const { route, params } = find(arrival);
  checkAccess({ ...arrival, params, dryRun: false }, route, deskFor(false));
  const dryRun = wantsDryRun(arrival, route, deskFor(false).switches);
  const answer = await route.handle({ ...arrival, params, dryRun }, deskFor(dryRun));
  return dryRun && isObject(answer.body) ? { ...answer, body: { ...answer.body, result: null } } : answer;
}

function find({ method, path }: Arrival): { readonly route: Route; readonly params: Record<string, string> } {
  for (const candidate of routes) {
    const match = candidate.method === method ? candidate.pattern.exec(path) : null;
    if (match !== null) return { route: candidate, params: decoded(match.groups ?? {}) };
  }
  throw new Refused(404, { code: 7000, message: 'No route for that URI' });
}

function decoded(groups: Readonly<Record<string, string>>): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, part]) => [name, decodeURIComponent(part)]));
  } catch {
    throw new Refused(400, { code: 7003, message: 'Could not route the request, the URI is malformed' });
  }
}

function checkAccess(call: Call, { permission }: Route, { switches, state }: Desk): void {
  if (permission !== undefined && !may(call.credential, permission)) throw forbidden(permission, switches);
  const id = call.params.scope;
  if (id === undefined || isWithinReach(call, id, state())) return;
  if (!/^[0-9a-f]{32}$/.test(id)) throw unrouted(call);
  if (switches.unknownScope === 'missing-entrypoint' && permission === 'rules:read') return;
  throw permission === undefined || permission === 'zones:read'
    ? unrouted(call)
    : forbidden(permission, switches);
}

function isWithinReach(call: Call, id: string, { zones, accounts }: SandboxState): boolean {
  if (call.params.scopes === 'accounts') {
    return accounts.some((one) => one.id === id) && reaches(call.credential, [id]);
  }
  const zone = zones.find((one) => one.id === id);
  return zone !== undefined && reaches(call.credential, [id, zone.account]);
}

/** Only mutations of rulesets know `dry_run`; other values than true and false are refused before the body is read. */
function wantsDryRun({ query }: Arrival, { method, permission }: Route, switches: Switches): boolean {
  const value = query.get('dry_run');
  const isKnown = method !== 'GET' && permission === 'rules:write' && switches.dryRun === 'works';
  if (!isKnown || value === null || value === 'false') return false;
  if (value === 'true') return true;
  const message = `'${value}' is not a valid value for dry_run because it must be true or false`;
  throw new Refused(400, { message });
}

function unrouted({ path }: Call): Refused {
  const message = `Could not route to ${path}, perhaps your object identifier is invalid?`;
  return new Refused(404, { code: 7003, message });
}
