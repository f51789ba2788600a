import { type Address, parseAddress, printAddress } from './addresses.ts';
import { quote, toBytes } from './bytes.ts';
import { elementOf, type Type } from './types.ts';

/**
 * What is known of one request and its response: values by the names of fields. Strings, numbers (integers), truth values,
 * addresses as text, arrays, and objects for maps; a name or key that is absent has no value. What `unknown` made
 * stands for a value that is not known.
 */
export type Context = Readonly<Record<string, unknown>>;

const why = Symbol('why');

/** Stands in a context for a value that there may be and that nobody told; `why` is the reason to give. */
interface Unknown {
  readonly [why]: string;
}

/** Makes the value of a field that is not known, which is not the same as a field without a value. */
export function unknown(reason: string): Unknown {
  return { [why]: reason };
}

/** The reason of a value that `unknown` made; undefined for every other one. */
export function unknownReason(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null || !(why in given)) return undefined;
  return String(given[why]);
}

/** A value as the engine has it; strings are bytes as in `BytesLiteral`. */
export type Value = boolean | bigint | string | Address | readonly Value[] | ReadonlyMap<string, Value>;

/** `undefined`: there is no value. `null`: there may be one, and it cannot be known here. */
export type Known = Value | undefined | null;

/** The value that a context gives for a type; null where it fits none of that type. */
export function contextValue(given: unknown, type: Type): Known {
  if (given === undefined || given === null) return undefined;
  if (unknownReason(given) !== undefined) return null;
  switch (type) {
    case 'Bool':
      return typeof given === 'boolean' ? given : null;
    case 'Int':
      return typeof given === 'bigint' || Number.isSafeInteger(given)
        ? BigInt(given as bigint | number)
        : null;
    case 'Bytes':
      return typeof given === 'string' ? toBytes(given) : null;
    case 'Ip':
      return typeof given === 'string' ? (parseAddress(given) ?? null) : null;
    default:
      return type.startsWith('Map') ? mapValue(given, type) : arrayValue(given, type);
  }
}

/** True where a value can stand in a context for this type. */
export function fitsType(given: unknown, type: Type): boolean {
  return isValue(contextValue(given, type));
}

function arrayValue(given: unknown, type: Type): Known {
  const element = elementOf(type);
  if (!Array.isArray(given) || element === undefined) return null;
  const values = given.map((one) => contextValue(one, element));
  return values.every(isValue) ? values : null;
}

function mapValue(given: unknown, type: Type): Known {
  const element = elementOf(type);
  if (typeof given !== 'object' || given === null || Array.isArray(given) || element === undefined)
    return null;
  const map = new Map<string, Value>();
  for (const [key, one] of Object.entries(given)) {
    const value = contextValue(one, element);
    if (value === null) return null;
    if (value !== undefined) map.set(key, value);
  }
  return map;
}

/** True where there is a value and it is known. */
export function isValue(known: Known): known is Value {
  return known !== undefined && known !== null;
}

export function isArray(value: Known): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Known): value is ReadonlyMap<string, Value> {
  return value instanceof Map;
}

export function isAddress(value: Known): value is Address {
  return typeof value === 'object' && value !== null && 'version' in value;
}

/** A value as it would be written in an expression, arrays and maps in brackets; `nothing` where there is none. */
export function printValue(known: Known): string {
  if (known === undefined) return 'nothing';
  if (known === null) return 'unknown';
  if (typeof known === 'string') return quote(known);
  if (isAddress(known)) return printAddress(known);
  if (isArray(known)) return `[${known.map(printValue).join(', ')}]`;
  if (!isMap(known)) return `${known}`;
  return `{${[...known].map(([key, value]) => `${quote(toBytes(key))}: ${printValue(value)}`).join(', ')}}`;
}

/** The elements of an array, or the values of a map in the order of their keys' bytes, as the engine walks them. */
export function elementsOf(value: Value): readonly Value[] {
  if (isArray(value)) return value;
  if (!isMap(value)) return [];
  const entries = [...value].map(([key, one]) => [toBytes(key), one] as const);
  return entries.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
}

/** Where two values of one type stand to each other; undefined for addresses of two families and for other types. */
export function compareValues(one: Value, other: Value): number | undefined {
  if (isAddress(one) && isAddress(other)) {
    return one.version === other.version ? sign(one.value, other.value) : undefined;
  }
  if (typeof one === 'bigint' && typeof other === 'bigint') return sign(one, other);
  return typeof one === 'string' && typeof other === 'string' ? sign(one, other) : undefined;
}

function sign<T extends bigint | string>(one: T, other: T): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** True where both are equal, arrays and maps by what they hold. */
export function isSame(one: Value, other: Value): boolean {
  return one === other || (isAddress(one) && isAddress(other) && compareValues(one, other) === 0);
}
