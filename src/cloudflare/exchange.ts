import { errors, Pool } from 'undici';
import type { Call, Delivery, Lost } from './call.ts';
import { lossOf } from './loss.ts';

interface ExchangeOptions {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parallelism: number;
  readonly timeoutMs: number;
}

/** Sends one attempt of a call and gives what came of it; throws only for a bug. */
export interface Exchange {
  send(call: Call, signal: AbortSignal): Promise<Delivery | Lost>;
  close(): Promise<void>;
}

/** A full rule list is 300 rules of at most 10 KB each; this leaves room, and stops a server that never ends. */
const maxResponseSize = 64 * 1024 * 1024;

/** Opens the keep-alive pool of one origin; redirects are never followed, since the credentials would go along. */
export function openExchange({ baseUrl, headers, parallelism, timeoutMs }: ExchangeOptions): Exchange {
  const { origin, host, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  const pool = new Pool(origin, {
    connections: parallelism,
    // With one request per socket and few sockets HTTP/2 gains nothing, and a lost stream is harder to judge.
    allowH2: false,
    maxResponseSize,
    // One signal bounds the whole attempt, to the last byte; undici's own two timers would only start over.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    send: async (call, signal) => {
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      try {
        const answer = await pool.request({
          method: call.method,
          path: prefix + pathOf(call),
          headers: call.body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
          body: call.body === undefined ? null : JSON.stringify(call.body),
          signal: bounded,
        });
        const text = await answer.body.text();
        return { kind: 'delivery', status: answer.statusCode, headers: single(answer.headers), text };
      } catch (error) {
        if (error instanceof errors.InvalidArgumentError) throw error;
        return signal.aborted ? interrupted(true) : lossOf(error, { timeoutMs, host });
      }
    },
    close: () => pool.destroy(),
  };
}

/** A call that was ended from outside. */
export function interrupted(sent: boolean): Lost {
  return { kind: 'lost', cause: 'interrupted', sent, reason: 'the run was ended' };
}

/** The path with its query, after the base URL. */
export function pathOf({ path, query }: Call): string {
  return query === undefined ? path : `${path}?${new URLSearchParams(query)}`;
}

/** Header fields that are lists, so that several of one name are one longer list. */
const lists: ReadonlySet<string> = new Set(['ratelimit', 'ratelimit-policy']);

function single(headers: Record<string, string | string[] | undefined>): Delivery['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (!Array.isArray(value)) return [name, value];
      return [name, lists.has(name) ? value.join(', ') : value[0]];
    }),
  );
}
