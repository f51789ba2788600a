import { type Answer, noContent, ok, Refused } from './answer.ts';
import { type Call, objectBody, param } from './call.ts';
import type { Change, Desk } from './desk.ts';
import { storedSize } from './pages.ts';
import { pageOf } from './paging.ts';
import { quotaOf } from './quota.ts';
import {
  customErrors,
  liveVersion,
  type SandboxAsset,
  type SandboxState,
  scopeState,
  writeScope,
} from './state.ts';
import type { Switches } from './switches.ts';

/** Cloudflare's own numbers for these refusals are not published; 19xx are the sandbox's. */
const codes = { malformed: 1901, duplicate: 1902, missing: 1903, named: 1904, quota: 1905 } as const;

/** `GET …/custom_pages/assets` */
export function listAssets(call: Call, desk: Desk): Answer {
  const page = pageOf(assetsOf(call, desk.state()), call.query, { least: 1, most: 200 });
  return ok(page.items.map(view), { result_info: page.info });
}

/** `GET …/custom_pages/assets/{name}` */
export function readAsset(call: Call, desk: Desk): Answer {
  return assetAnswer(existing(call, desk.state()), desk.switches);
}

/** `POST …/custom_pages/assets`: fetches the page first, and answers 200. */
export async function createAsset(call: Call, desk: Desk): Promise<Answer> {
  const { name, description, url } = readBody(call, ['name', 'description', 'url'], desk.switches);
  const check = (state: SandboxState) =>
    checkNew(call, state, { name, most: quotaOf(param(call, 'scope'), desk).things });
  check(desk.state());
  const size_bytes = await storedSize(url, desk.readPage, desk.switches.fetchFailedStatus);
  return desk.write((state, last_updated) => {
    check(state);
    const asset = { name, description, url, last_updated, size_bytes };
    return put(call, state, {
      assets: [...assetsOf(call, state), asset],
      answer: assetAnswer(asset, desk.switches),
    });
  });
}

/** `PUT …/custom_pages/assets/{name}`: fetches the page again, also when its URL is the same. */
export async function replaceAsset(call: Call, desk: Desk): Promise<Answer> {
  const { description, url } = readBody(call, ['description', 'url'], desk.switches);
  existing(call, desk.state());
  const size_bytes = await storedSize(url, desk.readPage, desk.switches.fetchFailedStatus);
  return desk.write((state, last_updated) => {
    const { name } = existing(call, state);
    const asset = { name, description, url, last_updated, size_bytes };
    const assets = assetsOf(call, state).map((one) => (one.name === name ? asset : one));
    return put(call, state, { assets, answer: assetAnswer(asset, desk.switches) });
  });
}

/** `DELETE …/custom_pages/assets/{name}`: 204 without a body. */
export function deleteAsset(call: Call, desk: Desk): Promise<Answer> {
  return desk.write((state) => {
    const { name } = existing(call, state);
    if (desk.switches.deleteNamedAsset === 'refuse' && namedAssets(state, param(call, 'scope')).has(name)) {
      throw new Refused(400, {
        code: codes.named,
        message: `asset ${name} is in use by a custom error rule`,
      });
    }
    const assets = assetsOf(call, state).filter((one) => one.name !== name);
    return put(call, state, { assets, answer: noContent });
  });
}

/** The names of the assets that the live custom error rules of a scope show, with the ids of those rules. */
export function namedAssets(state: SandboxState, scope: string): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, string[]>();
  for (const ruleset of scopeState(state, scope).rulesets) {
    if (ruleset.phase !== customErrors) continue;
    for (const { id, action_parameters } of liveVersion(ruleset).rules) {
      const name = action_parameters?.asset_name;
      if (typeof name === 'string') named.set(name, [...(named.get(name) ?? []), id]);
    }
  }
  return named;
}

function put(
  call: Call,
  state: SandboxState,
  to: { readonly assets: readonly SandboxAsset[]; readonly answer: Answer },
): ReturnType<Change> {
  return { answer: to.answer, next: writeScope(state, param(call, 'scope'), { assets: to.assets }) };
}

function assetsOf(call: Call, state: SandboxState): readonly SandboxAsset[] {
  return scopeState(state, param(call, 'scope')).assets;
}

function existing(call: Call, state: SandboxState): SandboxAsset {
  const name = param(call, 'asset');
  const asset = assetsOf(call, state).find((one) => one.name === name);
  if (asset !== undefined) return asset;
  throw new Refused(404, { code: codes.missing, message: `asset ${name} could not be found` });
}

function checkNew(
  call: Call,
  state: SandboxState,
  wanted: { readonly name: string; readonly most: number },
): void {
  const assets = assetsOf(call, state);
  if (assets.some((one) => one.name === wanted.name)) {
    throw new Refused(400, { code: codes.duplicate, message: `asset ${wanted.name} already exists` });
  }
  if (assets.length >= wanted.most) {
    const counts = `${assets.length + 1} out of ${wanted.most}`;
    throw new Refused(400, {
      code: codes.quota,
      message: `exceeded the maximum number of custom assets: ${counts}`,
    });
  }
}

type Field = 'name' | 'description' | 'url';

/** Every fault of the body at once; a key that is not asked for is an empty text in the result. */
function readBody(call: Call, fields: readonly Field[], switches: Switches): Record<Field, string> {
  const body = objectBody(call, fields, codes.malformed);
  const read = { name: '', description: '', url: '' };
  const errors = fields.flatMap((field) => {
    const value = body[field];
    const reason = typeof value === 'string' ? checks[field](value, switches) : 'a string is required';
    if (typeof value === 'string') read[field] = value;
    if (reason === undefined) return [];
    const message = `${JSON.stringify(value) ?? 'nothing'} is not a valid value for ${field} because ${reason}`;
    return [{ code: codes.malformed, message, source: { pointer: `/${field}` } }];
  });
  if (errors.length > 0) throw new Refused(400, ...errors);
  return read;
}

/** What is wrong with a field, or undefined. */
const checks: Readonly<Record<Field, (value: string, switches: Switches) => string | undefined>> = {
  name: (value, { hyphenInAssetName }) => {
    const pattern = hyphenInAssetName === 'accept' ? /^[A-Za-z0-9_-]+$/ : /^[A-Za-z0-9_]+$/;
    if (!pattern.test(value)) return 'it may hold letters, digits and underscores only';
    return value.length > 200 ? 'it is longer than 200 characters' : undefined;
  },
  description: (value, { emptyAssetDescription }) =>
    value === '' && emptyAssetDescription === 'refuse' ? 'it must not be empty' : undefined,
  url: (value, { plainHttpPage }) => {
    const protocols = plainHttpPage === 'accept' ? ['http:', 'https:'] : ['https:'];
    return protocols.includes(URL.parse(value)?.protocol ?? '') ? undefined : 'it is not an absolute URL';
  },
};

function view({ name, description, url, last_updated, size_bytes }: SandboxAsset) {
  return { name, description, url, last_updated, size_bytes };
}

function assetAnswer(asset: SandboxAsset, { assetAnswers }: Switches): Answer {
  if (assetAnswers === 'terse') return { status: 200, body: { result: view(asset), success: true } };
  return ok(view(asset));
}
