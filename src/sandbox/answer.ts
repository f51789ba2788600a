import type { Json, JsonObject } from './json.ts';

/** One item of `errors`. The Rulesets API may leave `code` out; `pointer` leads into the request body. */
export interface ApiError {
  readonly code?: number;
  readonly message: string;
  readonly source?: { readonly pointer: string };
  readonly error_chain?: readonly { readonly code: number; readonly message: string }[];
}

/** What goes back over HTTP; without `body` nothing but the status does. */
export interface Answer {
  readonly status: number;
  readonly body?: Json;
  /** Beside those that describe the body. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that the API says no to; caught at one place, which makes the envelope of it. */
export class Refused extends Error {
  readonly status: number;
  readonly errors: readonly ApiError[];

  constructor(status: number, ...errors: readonly ApiError[]) {
    super(errors.map((error) => error.message).join('; '));
    this.name = 'Refused';
    this.status = status;
    this.errors = errors;
  }

  /** The refusal as an answer, in the envelope that all Cloudflare APIs share. */
  answer(): Answer {
    const errors = this.errors.map((error): JsonObject => ({ ...error }) as JsonObject);
    return { status: this.status, body: { success: false, errors, messages: [], result: null } };
  }
}

/** 200 with the envelope; `more` is laid over it, such as `result_info`. */
export function ok(result: Json, more: JsonObject = {}): Answer {
  return { status: 200, body: { success: true, errors: [], messages: [], result, ...more } };
}

/** 204: done, and nothing to say. */
export const noContent: Answer = { status: 204 };
