import { Refused } from './answer.ts';
import type { JsonObject } from './json.ts';

/** The bounds of `per_page` at one list. */
export interface PageBounds {
  readonly least: number;
  readonly most: number;
}

/** One page of a list with what `result_info` says of it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly info: JsonObject;
}

/**
 * Cuts the page out of a list that `page` and `per_page` (20 where absent) ask for. Throws 400 for a number out of
 * bounds; a page behind the last one is empty.
 */
export function pageOf<T>(all: readonly T[], query: URLSearchParams, bounds: PageBounds): Page<T> {
  const page = numberOf(query, 'page', { fallback: 1, least: 1, most: Number.MAX_SAFE_INTEGER });
  const perPage = numberOf(query, 'per_page', { fallback: 20, ...bounds });
  const items = all.slice((page - 1) * perPage, page * perPage);
  const counts = {
    count: items.length,
    total_count: all.length,
    total_pages: Math.ceil(all.length / perPage),
  };
  return { items, info: { page, per_page: perPage, ...counts } };
}

/** A whole number of the query; throws 400 where it is none or lies outside the bounds. */
export function numberOf(
  query: URLSearchParams,
  name: string,
  { fallback, least, most }: PageBounds & { readonly fallback: number },
): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new Refused(400, { code: badQuery, message: `'${text}' is not a valid value for ${name}` });
}

/** Cloudflare's own number for a query out of bounds is not published; 19xx are the sandbox's. */
export const badQuery = 1900;
