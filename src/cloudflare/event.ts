/** One step of a call; `attempt` counts from 1. */
export type TransportStep = { readonly attempt: number } & (
  | { readonly kind: 'request' }
  | { readonly kind: 'answer'; readonly status: number; readonly elapsedMs: number }
  | { readonly kind: 'lost'; readonly reason: string; readonly elapsedMs: number }
  /** A pause before the next attempt. */
  | { readonly kind: 'wait'; readonly waitMs: number; readonly reason: string }
);

/**
 * What the transport did, for progress and verbose output; it never holds a secret. `purpose` says the call in words
 * ("reading the rules of zone example.com"), `path` is without the base URL.
 */
export type TransportEvent = TransportStep & {
  readonly method: string;
  readonly path: string;
  readonly purpose: string;
};
