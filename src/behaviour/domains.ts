import { fields } from '../expression/expression.ts';
import type { Range } from './predicate.ts';

/** Values that the docs name for a field. What rests on no other value occurring is said to need the domain. */
export type Domain =
  | { readonly kind: 'ranges'; readonly ranges: readonly Range[] }
  | { readonly kind: 'texts'; readonly texts: ReadonlySet<string> };

const ranges = (...list: readonly (readonly [first: bigint, last: bigint])[]): Domain => ({
  kind: 'ranges',
  ranges: list.map(([first, last]) => ({ first, last })),
});

/**
 * Cloudflare docs, Rules, Custom Errors: the phase runs for statuses from 400 on; 999 is the greatest that a rule can
 * serve. Cloudflare docs, fields: `cf.response.1xxx_code` is 0 unless the error is one of Cloudflare's own.
 */
const numbers: Readonly<Record<string, Domain>> = {
  'http.response.code': ranges([400n, 999n]),
  'cf.response.1xxx_code': ranges([0n, 0n], [1000n, 1999n]),
};

/** The documented values of a field or indexed place, by its canonical text. */
export function domainOf(key: string): Domain | undefined {
  const { values, always } = fields.get(key) ?? {};
  if (typeof always === 'bigint') return ranges([always, always]);
  return values === undefined ? numbers[key] : { kind: 'texts', texts: new Set(values) };
}

/** `documented`: the docs name it. `never`: they rule it out. `doubtful`: nobody says. */
export type Standing = 'documented' | 'doubtful' | 'never';

/** What the docs say of a value of a field. That rules run from status 400 on is certain, where statuses end is not. */
export function standingOf(key: string, value: bigint | string): Standing {
  if (isInside(domainOf(key), value)) return 'documented';
  return key === 'http.response.code' && typeof value === 'bigint' && value < 400n ? 'never' : 'doubtful';
}

export function isInside(domain: Domain | undefined, value: bigint | string): boolean {
  if (domain === undefined) return true;
  if (domain.kind === 'texts') return typeof value !== 'string' || domain.texts.has(value);
  return (
    typeof value !== 'bigint' || domain.ranges.some(({ first, last }) => first <= value && value <= last)
  );
}
