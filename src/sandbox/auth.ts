import { type Answer, ok, Refused } from './answer.ts';
import type { Call } from './call.ts';
import { param } from './call.ts';
import type { Switches } from './switches.ts';

/** What a credential may do; writing includes reading. */
export type Permission = 'zones:read' | 'assets:read' | 'assets:write' | 'rules:read' | 'rules:write';

/** A token that the sandbox knows. */
export interface SandboxToken {
  readonly token: string;
  /** Absent: everything. */
  readonly permissions?: readonly Permission[];
  /** Ids of the zones and accounts that it reaches, accounts with all their zones; absent: every one. */
  readonly scopes?: readonly string[];
  /** The account that owns it, where no user does. */
  readonly account?: string;
  /** Absent: active. */
  readonly status?: 'active' | 'disabled' | 'expired';
}

/** An e-mail address with its global API key: may do everything. */
export interface SandboxKey {
  readonly email: string;
  readonly key: string;
}

/** Who may come in; a list that is absent takes every well-formed token or key. */
export interface Doorkeeper {
  readonly tokens?: readonly SandboxToken[];
  readonly keys?: readonly SandboxKey[];
}

/** Who is calling. */
export interface Credential {
  /** Absent for a key. */
  readonly token?: SandboxToken;
}

/** The credential of whoever sits at the dashboard: it may do everything. */
export const dashboard: Credential = {};

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Finds out who is calling. Throws 400 with 6003 and its chain for headers that are missing or garbled, and
 * 9109 for a token or a key that nobody has.
 */
export function authenticate(headers: Headers, door: Doorkeeper, switches: Switches): Credential {
  const { authorization, 'x-auth-email': email, 'x-auth-key': key } = headers;
  if (authorization === undefined && (email !== undefined || key !== undefined)) {
    return byKey(String(email ?? ''), String(key ?? ''), door, switches);
  }
  const token = /^Bearer ([\w.~+/-]+=*)$/.exec(authorization?.toString() ?? '')?.[1];
  if (token === undefined) throw garbled(6111, 'Invalid format for Authorization header');
  const known = door.tokens === undefined ? { token } : door.tokens.find((one) => one.token === token);
  if (known === undefined || (known.status ?? 'active') !== 'active') throw invalidToken(switches);
  return { token: known };
}

function byKey(email: string, key: string, door: Doorkeeper, switches: Switches): Credential {
  if (!/^\S+@\S+$/.test(email)) throw garbled(6102, 'Invalid format for X-Auth-Email header');
  if (!/^\w+$/.test(key)) throw garbled(6103, 'Invalid format for X-Auth-Key header');
  const known = door.keys === undefined || door.keys.some((one) => one.email === email && one.key === key);
  if (!known) throw invalidToken(switches);
  return {};
}

function garbled(code: number, message: string): Refused {
  const error_chain = [{ code, message }];
  return new Refused(400, { code: 6003, message: 'Invalid request headers', error_chain });
}

function invalidToken(switches: Switches): Refused {
  return new Refused(switches.unknownTokenStatus, { code: 9109, message: 'Invalid access token' });
}

/** True when the credential has the permission, as such or as part of writing. */
export function may({ token }: Credential, permission: Permission): boolean {
  const held: readonly string[] | undefined = token?.permissions;
  return (
    held === undefined || held.includes(permission) || held.includes(permission.replace('read', 'write'))
  );
}

/** True when the credential reaches one of these ids: a zone's own and its account's. */
export function reaches({ token }: Credential, ids: readonly string[]): boolean {
  return token?.scopes === undefined || ids.some((id) => token.scopes?.includes(id));
}

/** 403 as the Rulesets API and its neighbours say it. */
export function forbidden(permission: Permission | undefined, switches: Switches): Refused {
  const codeless = permission?.startsWith('rules:') && switches.rulesetsForbidden === 'codeless';
  if (codeless) return new Refused(403, { message: 'request is not authorized' });
  return new Refused(403, { code: 10_000, message: 'Authentication error' });
}

/** `GET /user/tokens/verify`: user tokens only. */
export function verifyUserToken(call: Call): Answer {
  const { token } = call.credential;
  return verdict(token?.account === undefined ? token : undefined);
}

/** `GET /accounts/{id}/tokens/verify`: tokens that this account owns only. */
export function verifyAccountToken(call: Call): Answer {
  const { token } = call.credential;
  return verdict(token?.account === param(call, 'scope') ? token : undefined);
}

function verdict(token: SandboxToken | undefined): Answer {
  if (token === undefined) throw new Refused(401, { code: 1000, message: 'Invalid API Token' });
  const messages = [{ code: 10_000, message: 'This API Token is valid and active' }];
  return ok({ id: tokenId, status: 'active' }, { messages });
}

/** Cloudflare gives every token an id; here nothing may come from the token itself. */
const tokenId = 'f'.repeat(32);
