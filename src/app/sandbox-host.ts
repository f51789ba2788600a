import { resolve } from 'node:path';
import type { PageProbe } from '../cloudflare/cloudflare.ts';
import type { ScopeName } from '../model/scope.ts';
import { isId } from '../model/scope.ts';
import type { PageReader, Sandbox } from '../sandbox/sandbox.ts';
import type { TargetRequest } from './request.ts';
import type { ApiAccess } from './target.ts';
import type { World } from './world.ts';

/** What the command `sandbox` runs. */
export interface SandboxRequest {
  /** 0 takes a free one. */
  readonly port: number;
  /** Absent: the state is kept in memory and lost at the end. */
  readonly stateFile?: string;
  /** Where pages of hosts other than loopback are found: `<dir>/<host>/<path>`. */
  readonly pagesDir?: string;
  /** Names that exist from the start, besides those in the state file. */
  readonly zones: readonly string[];
  readonly accounts: readonly string[];
}

/** A sandbox that runs until it is closed. */
export interface HostedSandbox {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** The account of zones for which nobody named one. */
const defaultAccount = 'Sandbox';

/** Starts an embedded Cloudflare API on loopback. */
export async function hostSandbox(request: SandboxRequest, world: World): Promise<HostedSandbox> {
  const { sandbox } = await start(request, world);
  const [account] = request.accounts;
  await seed(sandbox, [
    ...request.accounts.map((name) => ({ kind: 'account' as const, name })),
    ...request.zones.map((name) => ({
      kind: 'zone' as const,
      name,
      ...(account === undefined ? {} : { account }),
    })),
  ]);
  return { baseUrl: sandbox.baseUrl, close: () => sandbox.close() };
}

/** An embedded API for the time of one command. */
interface OpenedSandbox {
  readonly name: string;
  readonly access: ApiAccess;
  readonly probe: (url: string) => Promise<PageProbe>;
  close(): Promise<void>;
}

/** Starts the sandbox that a request asks for, with the scopes of the files in it; undefined where it asks for none. */
export async function openSandbox(
  { sandbox: request }: TargetRequest,
  scopes: readonly ScopeName[],
  world: World,
): Promise<OpenedSandbox | undefined> {
  if (request === undefined) return undefined;
  const { sandbox, readPage } = await start({ port: 0, ...request }, world);
  await seed(sandbox, scopes);
  return {
    name: request.stateFile === undefined ? 'sandbox' : `sandbox:${resolve(world.cwd, request.stateFile)}`,
    access: { baseUrl: sandbox.baseUrl, credentials: { kind: 'token', token: 'sandbox' } },
    probe: (url) => probe(url, readPage),
    close: () => sandbox.close(),
  };
}

async function start(
  { port, stateFile, pagesDir }: Omit<SandboxRequest, 'zones' | 'accounts'>,
  { cwd }: World,
) {
  const [{ startSandbox }, { fileStore, pageReader }] = await Promise.all([
    import('../sandbox/sandbox.ts'),
    import('./sandbox-files.ts'),
  ]);
  const readPage = pageReader(pagesDir === undefined ? undefined : resolve(cwd, pagesDir));
  const store = stateFile === undefined ? {} : { store: fileStore(resolve(cwd, stateFile)) };
  return { sandbox: await startSandbox({ port, readPage, ...store }), readPage };
}

/** Makes zones and accounts exist by name; those that are named by id must be in the state already. */
async function seed(sandbox: Sandbox, scopes: readonly ScopeName[]): Promise<void> {
  try {
    await addScopes(sandbox, scopes);
  } catch (error) {
    // Nobody else will: it has not been handed out yet.
    await sandbox.close();
    throw error;
  }
}

async function addScopes(sandbox: Sandbox, scopes: readonly ScopeName[]): Promise<void> {
  const named = scopes.filter((scope) => !isId(scope.name));
  const accounts = named.filter((scope) => scope.kind === 'account').map((scope) => scope.name);
  for (const name of accounts) await sandbox.addAccount(name);
  for (const { kind, name, account } of named) {
    if (kind === 'account' || sandbox.state().zones.some((zone) => zone.name === name)) continue;
    await sandbox.addZone(name, await accountId(sandbox, account ?? accounts[0]));
  }
}

/** The account of a new zone, by its name or id: the one that was named, else the first there is. */
async function accountId(sandbox: Sandbox, account?: string): Promise<string> {
  const present = sandbox.state().accounts;
  const known = account === undefined ? present[0] : present.find((one) => one.id === account);
  return known?.id ?? (await sandbox.addAccount(account ?? defaultAccount)).id;
}

async function probe(url: string, readPage: PageReader): Promise<PageProbe> {
  const page = await readPage(url);
  if (page.kind === 'unreachable') return { ...page, reason: `it ${page.reason}` };
  const { status, contentType, body } = page;
  const [type = ''] = contentType.toLowerCase().split(';');
  return { kind: 'answer', status, contentType: type.trim(), byteLength: body.byteLength };
}
