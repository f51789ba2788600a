import type { Json, JsonObject } from '../model/body.ts';
import { type Account, isId, type ZonePlan, zonePlans } from '../model/scope.ts';
import { read } from './ask.ts';
import { isObject } from './envelope.ts';
import { Misfit } from './misfit.ts';
import type { Transport } from './transport.ts';

/** A zone or an account in a list. */
export interface Entry {
  readonly id: string;
  readonly name: string;
  /** Zones only. */
  readonly account?: Account;
  /** Zones only: `active`, `pending` and the like. */
  readonly status?: string;
  /** Zones only. */
  readonly plan?: ZonePlan;
}

/** A list at Cloudflare: the accounts, or the zones, all of them or those of one account (by its name or id). */
export interface Directory {
  readonly kind: 'account' | 'zone';
  readonly account?: string;
}

/** One page of a directory. */
export interface Page {
  readonly entries: readonly Entry[];
  /** Entries of all pages together; infinite where nothing says so. */
  readonly total: number;
  /** How many pages `total` makes. */
  readonly pages: number;
}

/** The most that a page may hold (Cloudflare OpenAPI, `zones-get` and `accounts-list-accounts`). */
const perPage = 50;

/** Asks for everything of one name; the server may answer with more, so `fits` still has to choose. */
export function askName(transport: Transport, directory: Directory, name: string): Promise<Page> {
  return ask(transport, directory, { purpose: `looking up ${directory.kind} ${name}`, query: { name } });
}

/** Asks for a page of the list, in the order of the names where the API has one. */
export function askPage(transport: Transport, directory: Directory, page: number): Promise<Page> {
  const order: Record<string, string> = directory.kind === 'zone' ? { order: 'name', direction: 'asc' } : {};
  return ask(transport, directory, {
    purpose: `listing the ${directory.kind}s`,
    query: { ...order, page: String(page) },
  });
}

/**
 * True for an entry of that name; letter case counts for nothing. The account is checked
 * here too, because a server that ignored the filter must not put a rule into the wrong account.
 */
export function fits({ kind, account }: Directory, name: string, entry: Entry): boolean {
  const sameName = entry.name.toLowerCase() === name.toLowerCase();
  return sameName && (kind === 'account' || account === undefined || isOf(entry.account, account));
}

function isOf(account: Account | undefined, named: string): boolean {
  return (
    account?.name.toLowerCase() === named.toLowerCase() ||
    (isId(named) && account?.id.toLowerCase() === named.toLowerCase())
  );
}

interface Search {
  readonly purpose: string;
  readonly query: Readonly<Record<string, string>>;
}

function ask(transport: Transport, { kind, account }: Directory, { purpose, query }: Search): Promise<Page> {
  return read(transport, {
    call: {
      purpose,
      subject: `${kind}s`,
      method: 'GET',
      path: `/${kind}s`,
      query: { ...query, ...accountFilter(account), per_page: String(perPage) },
    },
    understand: readPage,
  });
}

function accountFilter(account: string | undefined): Readonly<Record<string, string>> {
  if (account === undefined) return {};
  return isId(account) ? { 'account.id': account.toLowerCase() } : { 'account.name': account };
}

function readPage(result: Json, info: JsonObject): Page {
  if (!Array.isArray(result)) throw new Misfit('"result" is not a list');
  const entries = result.map(readEntry);
  const size = typeof info.per_page === 'number' && info.per_page > 0 ? info.per_page : perPage;
  const unstated = entries.length < size ? entries.length : Number.POSITIVE_INFINITY;
  const total = typeof info.total_count === 'number' ? info.total_count : unstated;
  return { entries, total, pages: Math.ceil(total / size) };
}

function readEntry(json: Json): Entry {
  if (!isObject(json)) throw new Misfit('an entry of the list is not an object');
  const { id, name, account, status, plan } = json;
  if (typeof id !== 'string' || !isId(id)) throw new Misfit('an entry of the list has no usable id');
  if (typeof name !== 'string' || name === '') throw new Misfit(`the entry with id ${id} has no name`);
  const owner = isObject(account) ? account : {};
  return {
    id,
    name,
    ...(typeof owner.id === 'string'
      ? { account: { id: owner.id, name: typeof owner.name === 'string' ? owner.name : owner.id } }
      : {}),
    ...(typeof status === 'string' ? { status } : {}),
    ...planOf(plan),
  };
}

/** Cloudflare's OpenAPI does not list the values of `legacy_id`; with one that is not known no limit can be checked. */
function planOf(plan: Json | undefined): Pick<Entry, 'plan'> {
  const found = isObject(plan) ? zonePlans.find((one) => one === plan.legacy_id) : undefined;
  return found === undefined ? {} : { plan: found };
}
