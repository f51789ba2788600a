import { defaultParallelism, type Remote, type RemoteReader, type RemoteValidator } from '../model/remote.ts';
import type { Access } from './access.ts';
import { assetReader, assetWriter } from './assets.ts';
import type { Clock } from './clock.ts';
import type { Credentials } from './credentials.ts';
import type { TransportEvent } from './event.ts';
import { resolveNames } from './resolve.ts';
import { rulesetReader, rulesetWriter } from './rulesets.ts';
import { openTransport, type Transport } from './transport.ts';
import { makeValidator } from './validator.ts';

export { checkBaseUrl, defaultBaseUrl, isLoopback } from './base-url.ts';
export { type Clock, systemClock } from './clock.ts';
export type { Credentials } from './credentials.ts';
export type { TransportEvent } from './event.ts';
export { type Limiter, makeLimiter } from './limiter.ts';
export { type PageProbe, probePage } from './page-probe.ts';

/** What a connection needs; every number has a default that suits Cloudflare. */
export interface ConnectionOptions {
  /** As `checkBaseUrl` gives it. */
  readonly baseUrl: string;
  readonly credentials: Credentials;
  /** Sent as `User-Agent`, such as `cf-errors/1.0.0`. */
  readonly userAgent: string;
  readonly clock: Clock;
  /** Requests at the same time; absent: `defaultParallelism`. */
  readonly parallelism?: number;
  /** For one attempt, from its start to the last byte of the answer; 60,000 by default. */
  readonly timeoutMs?: number;
  /**
   * The longest pause because of a rate limit, 300,000 by default: until the next call may be sent, and in all where
   * nothing but 429 is answered. A call that would have to wait longer fails with `cloudflare/rate-limited`.
   */
  readonly maxWaitMs?: number;
  /** Ends everything that is under way: a write in flight then fails with an unknown fate. */
  readonly signal?: AbortSignal;
  /** Ends pauses for a rate limit, and nothing that was sent. */
  readonly waitSignal?: AbortSignal;
  readonly onEvent?: (event: TransportEvent) => void;
}

/** A connection that can only read: its transport refuses any method but GET. */
export interface ReadConnection {
  readonly remote: RemoteReader;
  /** Requests sent so far, repeated ones included. */
  requests(): number;
  /** Ends what is still under way and lets the sockets go. */
  close(): Promise<void>;
}

/** May also ask for a verdict: its transport lets pass a PUT of an entry point with `dry_run`, and nothing else. */
export interface ValidateConnection extends ReadConnection {
  readonly validator: RemoteValidator;
}

/** May do everything. */
export interface WriteConnection extends ValidateConnection {
  readonly remote: Remote;
}

/** Opens a connection that can only read; throws `ProblemError` where the credentials cannot be sent in a header. */
export function connectReader(options: ConnectionOptions): ReadConnection {
  const { transport, ends } = open('read', options);
  return { remote: makeReader(transport, options), ...ends };
}

/** Opens a connection that can read and ask for a verdict; throws as `connectReader` does. */
export function connectValidator(options: ConnectionOptions): ValidateConnection {
  const { transport, ends } = open('validate', options);
  return { remote: makeReader(transport, options), validator: makeValidator(transport), ...ends };
}

/** Opens a connection that can write; throws as `connectReader` does. */
export function connectWriter(options: ConnectionOptions): WriteConnection {
  const { transport, ends } = open('write', options);
  const writer = { ...assetWriter(transport), ...rulesetWriter(transport) };
  return {
    remote: { ...makeReader(transport, options), ...writer },
    validator: makeValidator(transport),
    ...ends,
  };
}

interface Opened {
  readonly transport: Transport;
  readonly ends: Pick<ReadConnection, 'requests' | 'close'>;
}

function open(access: Access, options: ConnectionOptions): Opened {
  const transport = openTransport({
    parallelism: defaultParallelism,
    timeoutMs: 60_000,
    maxWaitMs: 300_000,
    ...options,
    access,
  });
  return { transport, ends: { requests: transport.requests, close: transport.close } };
}

function makeReader(transport: Transport, { baseUrl }: ConnectionOptions): RemoteReader {
  return {
    target: baseUrl,
    resolve: (names) => resolveNames(transport, names),
    ...rulesetReader(transport),
    ...assetReader(transport),
  };
}
