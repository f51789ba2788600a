import type { Json, JsonObject } from '../model/body.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What a call is about; decides which permission a refusal asks for. */
export type Subject =
  | 'zones'
  | 'accounts'
  | 'zone rules'
  | 'account rules'
  | 'zone assets'
  | 'account assets';

/** One call of the API, before anything is sent. */
export interface Call {
  /** In words, with the scope: `reading the rules of zone example.com`. */
  readonly purpose: string;
  readonly subject: Subject;
  /** Label of the scope, where there is one. */
  readonly scope?: string;
  readonly method: Method;
  /** After the base URL, beginning with a slash, its segments escaped. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  /** Says in the user's words what a pointer into the body means, such as `rule "maintenance"`. */
  readonly locate?: (pointer: string) => string | undefined;
  /** It rests on what was read just before: after a pause it comes back unsent, so that the caller can look again. */
  readonly perishable?: true;
}

/** An entry of `errors` of the envelope, its text made safe to show. */
export interface ApiError {
  readonly message: string;
  readonly code?: number;
  /** JSON pointer into the body that was sent. */
  readonly pointer?: string;
}

/** Why there is no answer; `rate-limited` is a call that was held back for longer than it may wait. */
export type LossCause =
  | 'timeout'
  | 'dns'
  | 'certificate'
  | 'connection'
  | 'too-large'
  | 'interrupted'
  | 'rate-limited';

/** Nothing came back; `sent` is false only where the request certainly never left. */
export interface Lost {
  readonly kind: 'lost';
  readonly cause: LossCause;
  readonly sent: boolean;
  readonly reason: string;
}

/** What a server said, as text. */
export interface Delivery {
  readonly kind: 'delivery';
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** What came of a call in the end. */
export type Answer =
  | { readonly kind: 'yes'; readonly status: number; readonly result: Json; readonly info: JsonObject }
  | {
      readonly kind: 'no';
      readonly status: number;
      readonly errors: readonly ApiError[];
      readonly ray?: string;
    }
  | { readonly kind: 'unreadable'; readonly status: number; readonly reason: string; readonly ray?: string }
  | Lost;

/** A path segment of foreign text; an empty one or dots would name another resource and are a bug. */
export function segment(text: string): string {
  if (text === '' || text === '.' || text === '..') throw new Error(`not a path segment: "${text}"`);
  return encodeURIComponent(text);
}
