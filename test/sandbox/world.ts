import type { NewZone } from '../../src/sandbox/sandbox.ts';
import {
  type Answer,
  type Json,
  type PageAnswer,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../src/sandbox/sandbox.ts';

/** A page in memory: its HTML, or all that can be said of one. */
export type PageText =
  | string
  | { readonly status?: number; readonly contentType?: string; readonly body: string };

export interface WorldOptions extends Partial<Omit<SandboxOptions, 'readPage'>> {
  /** By URL; everything else is unreachable. Without any, each URL answers a small page. */
  readonly pages?: Readonly<Record<string, PageText>>;
  /** Names; the first one holds the zones that name no other. Absent: `Acme Inc`. */
  readonly accounts?: readonly string[];
  /** Absent: `example.com`. */
  readonly zones?: readonly (string | (NewZone & { readonly name: string; readonly account?: string }))[];
}

/** A sandbox for one test, with a hand at the dashboard. */
export interface World extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly baseUrl: string;
  /** Pages by URL; may be changed at any time. */
  readonly pages: Map<string, PageText>;
  /** The id of a zone, the first one where no name is given; `account` tells two of one name apart. */
  zone(name?: string, account?: string): string;
  /** The id of an account, the first one where no name is given. */
  account(name?: string): string;
  /** Acts from the dashboard: outside the log, free of the guard. Throws unless the API says yes. */
  call(method: string, target: string, body?: Json): Promise<Json>;
  close(): Promise<void>;
}

/** Starts a sandbox with pages, accounts and zones, all in memory. */
export async function sandboxWorld(options: WorldOptions = {}): Promise<World> {
  const { pages: given, accounts = ['Acme Inc'], zones = ['example.com'], ...rest } = options;
  const pages = new Map<string, PageText>(Object.entries(given ?? {}));
  const readPage = async (url: string) =>
    pageAnswer(pages.get(url) ?? (given === undefined ? anyPage : undefined));
  const sandbox = await startSandbox({ ...rest, readPage });
  for (const name of accounts) await sandbox.addAccount(name);
  const accountId = (name: string | undefined = accounts[0]) =>
    idOf(
      sandbox.state().accounts.filter((one) => one.name === name),
      `account ${name}`,
    );
  const zoneIds: string[] = [];
  for (const zone of zones) {
    const { name, account, ...more } = typeof zone === 'string' ? { name: zone } : zone;
    zoneIds.push((await sandbox.addZone(name, accountId(account), more)).id);
  }
  const close = () => sandbox.close();
  return {
    sandbox,
    baseUrl: sandbox.baseUrl,
    pages,
    account: accountId,
    zone: (name, account) => {
      const named = sandbox.state().zones.filter((one) => one.name === name);
      const inAccount = named.filter((one) => account === undefined || one.account === accountId(account));
      return name === undefined ? String(zoneIds[0]) : idOf(inAccount, `zone ${name}`);
    },
    call: async (method, target, body) => resultOf(await sandbox.dashboard(method, target, body)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

const anyPage = '<!DOCTYPE html><html><head><title>Error</title></head><body>Error</body></html>';

function pageAnswer(page: PageText | undefined): PageAnswer {
  if (page === undefined)
    return { kind: 'unreachable', reason: 'could not be reached: no such page in this test' };
  const { status = 200, contentType = 'text/html', body } = typeof page === 'string' ? { body: page } : page;
  return { kind: 'answer', status, contentType, body: new TextEncoder().encode(body) };
}

function resultOf({ status, body }: Answer): Json {
  if (status === 204) return null;
  const { result } = Object(body);
  if (status === 200) return result;
  throw new Error(`the dashboard was refused with ${status}: ${JSON.stringify(body)}`);
}

function idOf(found: readonly { readonly id: string }[], label: string): string {
  const [one, second] = found;
  if (one === undefined || second !== undefined) throw new Error(`${found.length} of ${label} in this world`);
  return one.id;
}
