/** The types of the Rules language as the engine names them (wirefilter `types.rs`); Int is 64 bits, Bytes any string. */
export type Scalar = 'Bool' | 'Int' | 'Bytes' | 'Ip';
export type Type = Scalar | `Array<${string}>` | `Map<${string}>`;

/** Cloudflare's zone plans, the least first. */
export const plans = ['free', 'pro', 'business', 'enterprise'] as const;
export type Plan = (typeof plans)[number];

/** The type of what an array or a map holds; undefined for a scalar. */
export function elementOf(type: Type): Type | undefined {
  if (!type.endsWith('>')) return undefined;
  // The tables and `arrayOf` alone make types, so what stands in the brackets is one.
  return type.slice(type.indexOf('<') + 1, -1) as Type;
}

/** The type of an array of such values. */
export function arrayOf(type: Type): Type {
  return `Array<${type}>`;
}

const scalars: Readonly<Record<Scalar, readonly [one: string, several: string]>> = {
  Bool: ['true or false', 'truth values'],
  Int: ['a number', 'numbers'],
  Bytes: ['a string', 'strings'],
  Ip: ['an IP address', 'IP addresses'],
};

/** A type in words: `a number`, `an array of strings`, `a map of arrays of strings`. */
export function typeWords(type: Type): string {
  if (isScalar(type)) return scalars[type][0];
  return `${type.startsWith('Map') ? 'a map' : 'an array'} of ${severalWords(elementOf(type))}`;
}

function severalWords(type: Type | undefined): string {
  if (type === undefined) return 'values';
  if (isScalar(type)) return scalars[type][1];
  return `${type.startsWith('Map') ? 'maps' : 'arrays'} of ${severalWords(elementOf(type))}`;
}

function isScalar(type: Type): type is Scalar {
  return Object.hasOwn(scalars, type);
}
