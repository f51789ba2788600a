import type { Json } from './json.ts';
import type { Incoming } from './server.ts';

/** One request in the log, in the order of arrival; it holds no credentials. */
export interface LoggedRequest {
  readonly method: string;
  /** Below the base URL, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names; those that carry credentials are left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed; the text itself where it is no JSON, undefined where there was none. */
  readonly requestBody: Json | undefined;
  /** 0 as long as the API has not answered, and for ever where the connection was cut or a test spoke in its place. */
  readonly status: number;
  /** Undefined where the answer has no body. */
  readonly responseBody: Json | undefined;
}

/** A request that is still to be answered. */
export type OpenRequest = { -readonly [K in keyof LoggedRequest]: LoggedRequest[K] };

const secret = ['authorization', 'x-auth-key', 'x-auth-email', 'x-auth-user-service-key', 'cookie'];

/** Opens the log's entry for a request whose `target` is path and query below the base URL. */
export function openRequest(incoming: Incoming, target: string): OpenRequest {
  const { pathname: path, searchParams } = new URL(`http://sandbox${target}`);
  const headers = Object.entries(incoming.headers)
    .filter(([name]) => !secret.includes(name))
    .map(([name, value]) => [name, String(value)]);
  return {
    method: incoming.method,
    path,
    query: Object.fromEntries(searchParams),
    headers: Object.fromEntries(headers),
    requestBody: incoming.text === '' ? undefined : parsed(incoming.text),
    status: 0,
    responseBody: undefined,
  };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
