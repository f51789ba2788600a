import { type ApiError, Refused } from './answer.ts';
import type { Credential } from './auth.ts';
import { isObject, type JsonObject } from './json.ts';

/** A request after routing: what a handler is told. */
export interface Call {
  readonly method: string;
  /** Below the base URL, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The variable parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The body as it came; empty where there was none. */
  readonly text: string;
  readonly credential: Credential;
  /** Check everything, keep nothing. */
  readonly dryRun: boolean;
}

/** A part of the path that the route is known to have. */
export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`the route of ${call.path} has no ${name}`);
  return value;
}

/** The JSON object of the body; the API refuses keys that it does not know, so where `allowed` is given, all others. */
export function objectBody(call: Call, allowed?: readonly string[], code?: number): JsonObject {
  const value = jsonBody(call, code);
  if (!isObject(value)) throw new Refused(400, coded('invalid JSON: the body must be an object', code));
  const unknown = Object.keys(value).find((key) => allowed?.includes(key) === false);
  if (unknown !== undefined) throw new Refused(400, coded(unknownField(unknown), code));
  return value;
}

/** How the API says that it does not know a key. */
export function unknownField(key: string): string {
  return `invalid JSON: unknown field ${JSON.stringify(key)}`;
}

function jsonBody(call: Call, code?: number): unknown {
  try {
    return JSON.parse(call.text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Refused(400, coded(`invalid JSON: ${error.message}`, code));
  }
}

function coded(message: string, code: number | undefined): ApiError {
  return code === undefined ? { message } : { code, message };
}
