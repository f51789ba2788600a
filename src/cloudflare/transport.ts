import { cut, visible } from '../problem/printable.ts';
import { type Access, guard } from './access.ts';
import type { Answer, Call, Delivery, Lost } from './call.ts';
import { type Clock, pause } from './clock.ts';
import { type Credentials, secretMask, signingHeaders } from './credentials.ts';
import { readEnvelope } from './envelope.ts';
import type { TransportEvent, TransportStep } from './event.ts';
import { type Exchange, openExchange, pathOf } from './exchange.ts';
import { type Limiter, makeLimiter } from './limiter.ts';
import { makePacer, type Pacer, type Pass } from './pacer.ts';
import { retrying } from './retry.ts';

interface TransportOptions {
  readonly baseUrl: string;
  readonly credentials: Credentials;
  readonly userAgent: string;
  readonly access: Access;
  readonly clock: Clock;
  readonly parallelism: number;
  readonly timeoutMs: number;
  readonly maxWaitMs: number;
  readonly signal?: AbortSignal;
  readonly waitSignal?: AbortSignal;
  readonly onEvent?: (event: TransportEvent) => void;
}

interface Outcome {
  readonly answer: Answer;
  /** Some attempt may have done at the server what the call asks, whatever the last answer says. */
  readonly doubtful: boolean;
  /** A perishable call that had to pause and could be sent now; the answer says what it paused for. */
  readonly held: boolean;
}

/** Carries calls; knows nothing of zones and rules. */
export interface Transport {
  /** Sends a call, again where that is safe, and reads the answer; throws only for a bug. */
  perform(call: Call): Promise<Outcome>;
  /** Makes foreign text fit for one line of a message: no secret, no control character, not too long. */
  clean(text: string): string;
  /** Takes the secret out of a text, and nothing else. */
  mask(text: string): string;
  /** Requests sent so far. */
  requests(): number;
  close(): Promise<void>;
}

/** In terminal cells; Cloudflare's own texts stay below. */
const longestQuote = 400;

/** Opens a transport; throws `ProblemError` for credentials that no header can carry. */
export function openTransport(options: TransportOptions): Transport {
  const { credentials, userAgent, parallelism } = options;
  const headers = { ...signingHeaders(credentials), accept: 'application/json', 'user-agent': userAgent };
  const mask = secretMask(credentials);
  const closing = new AbortController();
  const signal =
    options.signal === undefined ? closing.signal : AbortSignal.any([options.signal, closing.signal]);
  const wire = {
    options,
    signal,
    pacer: makePacer({ ...options, signal }),
    exchange: openExchange({ ...options, headers }),
    inTurn: makeLimiter(parallelism),
    mask,
    sent: { count: 0 },
  };
  const clean = (text: string): string =>
    cut(visible(mask(text).replaceAll(/\s+/g, ' ').trim()), longestQuote);
  return {
    perform: async (call) => {
      guard(options.access, call);
      const askedAt = options.clock.now();
      const { last, doubtful, held = false } = await wire.inTurn(() => attempts(call, { ...wire, askedAt }));
      const answer =
        last.kind === 'lost' ? { ...last, reason: mask(last.reason) } : readEnvelope(last, clean);
      return { answer, doubtful: doubtful || isDoubtful(answer), held };
    },
    clean,
    mask,
    requests: () => wire.sent.count,
    close: async () => {
      closing.abort();
      await wire.exchange.close();
    },
  };
}

interface Wire {
  readonly options: TransportOptions;
  readonly signal: AbortSignal;
  readonly pacer: Pacer;
  readonly exchange: Exchange;
  readonly inTurn: Limiter;
  readonly mask: (text: string) => string;
  readonly sent: { count: number };
}

interface LastAttempt {
  readonly last: Delivery | Lost;
  readonly doubtful: boolean;
  readonly held?: true;
}

/** In milliseconds; what was read longer ago than this is not what a write should rest on. */
const longestRest = 1000;

/** Keeps its place among the parallel calls while it pauses, so that trouble slows down the whole connection. */
async function attempts(call: Call, wire: Wire & { readonly askedAt: number }): Promise<LastAttempt> {
  const { options, signal, pacer, mask } = wire;
  const nextAfter = retrying(call, options.clock);
  let doubtful = false;
  let failed: Delivery | Lost | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const pass = await pacer.turn((wait) => report(wire, call, { kind: 'wait', attempt, ...wait }));
    if (pass.kind === 'lost') {
      // What Cloudflare itself said of this call tells more than that it was held back.
      return { last: pass.cause === 'rate-limited' && isThrottled(failed) ? failed : pass, doubtful };
    }
    if (call.perishable && (failed !== undefined || options.clock.now() - wire.askedAt > longestRest)) {
      pass.forgo();
      return { last: failed ?? heldBack, doubtful, held: true };
    }
    const last = await sendOnce(call, attempt, { ...wire, pass });
    doubtful ||= mayHaveHappened(last);
    const next = nextAfter(last);
    if (next === undefined) return { last, doubtful };
    failed = last;
    if (next === 'paced') continue;
    report(wire, call, { kind: 'wait', attempt, waitMs: next.waitMs, reason: mask(next.reason) });
    await pause(options.clock, next.waitMs, signal);
  }
}

function isThrottled(failed: Delivery | Lost | undefined): failed is Delivery {
  return failed?.kind === 'delivery' && failed.status === 429;
}

const heldBack: Lost = {
  kind: 'lost',
  cause: 'rate-limited',
  sent: false,
  reason: 'other calls had to go before it',
};

async function sendOnce(
  call: Call,
  attempt: number,
  wire: Wire & { readonly pass: Pass },
): Promise<Delivery | Lost> {
  const { clock } = wire.options;
  report(wire, call, { kind: 'request', attempt });
  wire.sent.count += 1;
  const began = clock.now();
  const last = await wire.exchange.send(call, wire.signal);
  wire.pass.end(last);
  const elapsedMs = clock.now() - began;
  if (last.kind === 'lost')
    report(wire, call, { kind: 'lost', attempt, elapsedMs, reason: wire.mask(last.reason) });
  else report(wire, call, { kind: 'answer', attempt, elapsedMs, status: last.status });
  return last;
}

function report({ options, mask }: Wire, call: Call, step: TransportStep): void {
  options.onEvent?.({ ...step, method: call.method, purpose: mask(call.purpose), path: mask(pathOf(call)) });
}

function mayHaveHappened(last: Delivery | Lost): boolean {
  return last.kind === 'lost' ? last.sent : last.status >= 500 || last.status === 408;
}

/** A good status around something that cannot be read leaves open what was done. */
function isDoubtful(answer: Answer): boolean {
  return answer.kind === 'unreadable' && answer.status < 300;
}
