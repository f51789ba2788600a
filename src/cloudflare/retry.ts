import type { Call, Delivery, Lost } from './call.ts';
import type { Clock } from './clock.ts';

interface RetryLimits {
  readonly clock: Clock;
  /** What one call may wait in all for 429. */
  readonly maxWaitMs: number;
}

interface Pause {
  readonly waitMs: number;
  readonly reason: string;
}

/** Attempts of a call that is repeatable, and answers 429 that any call puts up with. */
const maxAttempts = 4;
const maxThrottles = 10;

/**
 * Gives the judge of one call: told each failed attempt, it answers how long to pause before the next one, or undefined
 * to give up. 429 is repeated for every call, since nothing was done; a lost answer, 408 and 5xx only where the call is
 * repeatable or certainly never left. undici's own retry handler knows neither that difference nor jitter, caps
 * `Retry-After` at its backoff, and cannot tell what it is waiting for, hence this.
 */
export function retrying(
  call: Call,
  { clock, maxWaitMs }: RetryLimits,
): (failed: Delivery | Lost) => Pause | undefined {
  let failures = 0;
  let throttles = 0;
  let waitedMs = 0;
  const jitter = (round: number): number => Math.round(clock.random() * Math.min(8000, 500 * 2 ** round));

  const afterThrottle = (answer: Delivery): Pause | undefined => {
    const asked = retryAfterMs(answer.headers['retry-after'], clock.now()) ?? 1000 * 2 ** throttles;
    const waitMs = Math.min(asked + jitter(throttles), maxWaitMs - waitedMs);
    throttles += 1;
    if (throttles >= maxThrottles || waitMs <= 0) return undefined;
    waitedMs += waitMs;
    return { waitMs, reason: 'Cloudflare asks to slow down (429)' };
  };

  return (failed) => {
    if (failed.kind === 'delivery' && failed.status === 429) return afterThrottle(failed);
    if (!isTransient(failed, call)) return undefined;
    failures += 1;
    if (failures >= maxAttempts) return undefined;
    const reason = failed.kind === 'lost' ? failed.reason : `Cloudflare answered ${failed.status}`;
    return { waitMs: jitter(failures - 1), reason };
  };
}

function isTransient(failed: Delivery | Lost, call: Call): boolean {
  if (failed.kind === 'delivery') return call.repeatable && (failed.status >= 500 || failed.status === 408);
  const passing = failed.cause === 'timeout' || failed.cause === 'connection';
  return passing && (call.repeatable || !failed.sent);
}

/** `Retry-After` in milliseconds from now, of either form of RFC 9110 section 10.2.3; undefined where it says nothing. */
function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]+,? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
