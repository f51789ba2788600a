import { type Answer, Refused } from './answer.ts';
import type { Credential } from './auth.ts';

/**
 * How many requests a user, or an account-owned token, may make in a window of fixed length. Cloudflare's own are 1,200
 * in 300,000 ms (Cloudflare docs, API rate limits).
 */
export interface RateLimit {
  readonly requests: number;
  /** Windows begin with the first request after the end of the one before. */
  readonly windowMs: number;
  /** Whether a request too many blocks everything for a window from then on, as documented; absent: true. */
  readonly penalty?: boolean;
}

/** What the limit says of one request; `refusal` where it is one too many. */
export interface Admission {
  readonly headers: Readonly<Record<string, string>>;
  readonly refusal?: Answer;
}

/** Counts a request and says whether it may pass. */
export type Turnstile = (credential: Credential) => Admission;

interface Window {
  readonly ends: number;
  used: number;
  blockedUntil: number;
}

/** Makes the turnstile of a limit; `now` is in milliseconds. */
export function makeTurnstile(limit: RateLimit, now: () => number): Turnstile {
  const { requests, windowMs, penalty = true } = limit;
  const windows = new Map<string, Window>();
  const current = (who: string, time: number): Window => {
    const known = windows.get(who);
    if (known !== undefined && time < Math.max(known.ends, known.blockedUntil)) return known;
    const begun = { ends: time + windowMs, used: 0, blockedUntil: 0 };
    windows.set(who, begun);
    return begun;
  };
  return (credential) => {
    const time = now();
    const window = current(holderOf(credential), time);
    const isTooMany = window.used >= requests;
    if (isTooMany && penalty && window.blockedUntil === 0) window.blockedUntil = time + windowMs;
    if (!isTooMany) window.used += 1;
    const seconds = String(Math.ceil((Math.max(window.ends, window.blockedUntil) - time) / 1000));
    const headers = {
      ratelimit: `"default";r=${requests - window.used};t=${seconds}`,
      'ratelimit-policy': `"default";q=${requests};w=${Math.ceil(windowMs / 1000)}`,
    };
    if (!isTooMany) return { headers };
    return { headers: { ...headers, 'retry-after': seconds }, refusal: tooMany.answer() };
  };
}

const tooMany = new Refused(429, {
  code: 971,
  message: 'Please wait and consider throttling your request speed',
});

/** The user's tokens and keys share one budget; a token that an account owns has its own. */
function holderOf({ token }: Credential): string {
  return token?.account === undefined ? 'user' : token.token;
}
