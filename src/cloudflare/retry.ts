import type { Call, Delivery, Lost } from './call.ts';
import type { Clock } from './clock.ts';

interface Pause {
  readonly waitMs: number;
  readonly reason: string;
}

/** `paced`: again as soon as the pacer lets it, which has seen the 429 too. */
type Next = Pause | 'paced';

/** Attempts of a read, and answers 429 that any call puts up with. */
const maxAttempts = 4;
const maxThrottles = 10;

/**
 * Gives the judge of one call: told each failed attempt, it answers what comes before the next one, or undefined to give
 * up. 429 is repeated for every call, since nothing was done; a lost or broken answer, 408 and 5xx only where the call
 * reads or certainly never left. undici's own retry handler knows neither that difference nor jitter, caps
 * `Retry-After` at its backoff, and cannot tell what it is waiting for, hence this.
 */
export function retrying(call: Call, { random }: Clock): (failed: Delivery | Lost) => Next | undefined {
  let failures = 0;
  let throttles = 0;
  return (failed) => {
    if (failed.kind === 'delivery' && failed.status === 429) {
      throttles += 1;
      return throttles < maxThrottles ? 'paced' : undefined;
    }
    if (!isTransient(failed, call)) return undefined;
    failures += 1;
    if (failures >= maxAttempts) return undefined;
    const waitMs = Math.round(random() * Math.min(8000, 500 * 2 ** (failures - 1)));
    return { waitMs, reason: reasonOf(failed) };
  };
}

function reasonOf(failed: Delivery | Lost): string {
  if (failed.kind === 'lost') return failed.reason;
  return isCutOff(failed) ? 'the answer was cut off' : `Cloudflare answered ${failed.status}`;
}

function isTransient(failed: Delivery | Lost, call: Call): boolean {
  if (failed.kind === 'delivery')
    return call.method === 'GET' && (failed.status >= 500 || failed.status === 408 || isCutOff(failed));
  const passing = failed.cause === 'timeout' || failed.cause === 'connection';
  return passing && (call.method === 'GET' || !failed.sent);
}

/** A good answer that begins as JSON and does not end as such broke off on its way. */
function isCutOff({ status, text }: Delivery): boolean {
  return status < 300 && text.startsWith('{') && !text.trimEnd().endsWith('}');
}
