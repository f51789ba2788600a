/** Where Custom Errors live: in a zone, or in an account (whose rules answer after those of its zones). */
export type ScopeKind = 'zone' | 'account';

/** An account as Cloudflare knows it. */
export interface Account {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
}

/** A scope as the file names it, before anybody asked Cloudflare. */
export interface ScopeName {
  readonly kind: ScopeKind;
  /** The key in the file: a name or a 32-hex id; zone names in lower case and punycode. */
  readonly name: string;
  /** Zones only: the name or id of the account that tells two zones of one name apart. */
  readonly account?: string;
}

/** Cloudflare's plans of zones, the least first. */
export const zonePlans = ['free', 'pro', 'business', 'enterprise'] as const;
export type ZonePlan = (typeof zonePlans)[number];

/** A scope as Cloudflare knows it. Where the file gives an id and nothing was looked up, `name` is that id. */
export interface Scope {
  readonly kind: ScopeKind;
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly account?: Account;
  /** Zones only, where a list of zones was read and told a plan that is known here. */
  readonly plan?: ZonePlan;
}

/** The one way to say a scope in a message: `zone example.com`, `account Acme Inc`. */
export function scopeLabel(scope: Pick<Scope, 'kind' | 'name'>): string {
  return `${scope.kind} ${scope.name}`;
}

/** True for two names of one scope of the files: kind, name and account are the same. */
export function isSameScope(one: ScopeName, other: ScopeName): boolean {
  return one.kind === other.kind && one.name === other.name && one.account === other.account;
}

/** True for a text of 32 hexadecimal digits, which names a scope by its id. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{32}$/i.test(text);
}
