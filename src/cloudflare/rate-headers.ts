import type { Delivery } from './call.ts';

/** So many requests in any window of that length. */
export interface Policy {
  readonly name: string;
  /** At least 1. */
  readonly quota: number;
  /** Above 0. */
  readonly windowMs: number;
}

/** What a server says is left of a policy's quota. */
export interface Standing {
  readonly name: string;
  readonly remaining: number;
  /** From the answer on, in whole seconds of the server's rounding. */
  readonly resetMs: number;
}

/** What an answer says about limits. */
export interface RateReport {
  readonly policies: readonly Policy[];
  readonly standings: readonly Standing[];
}

/** No server needs more, and one that sends more must not cost time. */
const mostMembers = 10;

/**
 * Reads `Ratelimit-Policy` (`"default";q=1200;w=300`) and `Ratelimit` (`"default";r=50;t=30`), lists with one member per
 * policy (Cloudflare docs, API rate limits; IETF draft, RateLimit header fields). What cannot be read counts as not said.
 */
export function readRateReport(headers: Delivery['headers']): RateReport {
  return {
    policies: members(headers['ratelimit-policy']).flatMap(({ name, numbers: { q, w } }) =>
      q !== undefined && q >= 1 && w ? [{ name, quota: Math.floor(q), windowMs: w * 1000 }] : [],
    ),
    standings: members(headers.ratelimit).flatMap(({ name, numbers: { r, t } }) =>
      r !== undefined && t !== undefined ? [{ name, remaining: Math.floor(r), resetMs: t * 1000 }] : [],
    ),
  };
}

/** `Retry-After` in milliseconds from now, of either form of RFC 9110 section 10.2.3; undefined where it says nothing. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]+,? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

interface Member {
  readonly name: string;
  readonly numbers: Readonly<Record<string, number>>;
}

function members(header = ''): readonly Member[] {
  return splitOutsideQuotes(header, ',')
    .slice(0, mostMembers)
    .map((member) => {
      const [name = '', ...parameters] = splitOutsideQuotes(member, ';').map((part) => part.trim());
      const numbers = parameters.flatMap((parameter) => {
        const [, key, value] = /^([a-z]) *= *(\d{1,9}(?:\.\d{1,3})?)$/i.exec(parameter) ?? [];
        return key === undefined ? [] : [[key.toLowerCase(), Number(value)] as const];
      });
      return { name, numbers: Object.fromEntries(numbers) };
    });
}

function splitOutsideQuotes(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (isQuoted && text[at] === '\\') at += 1;
    else if (!isQuoted && text[at] === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}
