import { printAddress } from './addresses.ts';
import { fromBytes, toBytes } from './bytes.ts';
import { elementsOf, isAddress, isArray, isMap, isSame, isValue, type Known, type Value } from './context.ts';
import { lowerAscii } from './wildcard.ts';

/** What a function gives for arguments that are all known or missing; null where the docs do not say. */
type Call = (given: readonly Known[]) => Known;

/** Calls that give nothing as soon as one argument has no value, which is so for all but `coalesce` and `concat`. */
function whole(call: (...given: readonly Value[]) => Known): Call {
  return (given) => {
    const values = given.filter(isValue);
    return values.length === given.length ? call(...values) : undefined;
  };
}

/** Calls on a string; anything else would have been refused by the checker. */
function text(call: (bytes: string, ...rest: readonly Value[]) => Known): Call {
  return whole((first, ...rest) => (typeof first === 'string' ? call(first, ...rest) : null));
}

/**
 * What the functions compute, as the docs describe them (Cloudflare docs, Rules language, functions; `concat`: wirefilter,
 * functions/concat.rs). A function that is not here cannot be evaluated.
 */
export const calls: ReadonlyMap<string, Call> = new Map(
  Object.entries({
    coalesce: (given: readonly Known[]) => given.find((one) => one !== undefined),
    concat,
    ends_with: text((bytes, end) => bytes.endsWith(String(end))),
    starts_with: text((bytes, start) => bytes.startsWith(String(start))),
    has_key: whole((map, key) => (isMap(map) ? map.has(fromBytes(String(key)) ?? '\uffff') : null)),
    has_value: whole((held, value) => held !== undefined && value !== undefined && holds(held, value)),
    join: whole((items, separator) => (isArray(items) ? items.join(String(separator)) : null)),
    len: whole((one) => (typeof one === 'string' || isArray(one) ? BigInt(one.length) : null)),
    lookup_json_integer: text((json, ...path) => integerIn(json, path)),
    lookup_json_string: text((json, ...path) => stringIn(json, path)),
    lower: text(lowerAscii),
    upper: text((bytes) => bytes.replace(/[a-z]+/g, (letters) => letters.toUpperCase())),
    remove_bytes: text((bytes, removed) =>
      Array.from(bytes)
        .filter((one) => !String(removed).includes(one))
        .join(''),
    ),
    split: text(split),
    substring: text((bytes, from, to) =>
      bytes.slice(Number(from), to === undefined ? undefined : Number(to)),
    ),
    to_string: whole((one) => (one !== undefined && isAddress(one) ? printAddress(one) : String(one))),
    cidr: whole((address, bits4, bits6) => network(address, Number(bits4), Number(bits6))),
    cidr6: whole((address, bits6) => network(address, 32, Number(bits6))),
    url_decode: text((bytes, options) => (options === undefined ? decoded(bytes) : null)),
  } satisfies Readonly<Record<string, Call>>),
);

/** Missing parts are left out; without any part there is nothing. */
function concat(given: readonly Known[]): Known {
  const values = given.filter(isValue);
  const [first] = values;
  if (first === undefined) return undefined;
  return isArray(first) ? values.flatMap((one) => elementsOf(one)) : values.join('');
}

function holds(held: Value, value: Value): boolean {
  return elementsOf(held).some((one) => isSame(one, value));
}

/** The docs want a limit of 1 to 128, whose last element holds the rest; what happens without one they do not say. */
function split(bytes: string, separator: Value | undefined, limit?: Value): Known {
  const most = Number(limit);
  if (typeof separator !== 'string' || separator === '' || !(most >= 1 && most <= 128)) return null;
  const parts = bytes.split(separator);
  if (parts.length <= most) return parts;
  return [...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)];
}

function network(address: Value | undefined, bits4: number, bits6: number): Known {
  if (!isAddress(address)) return null;
  const [width, bits] = address.version === 4 ? [32, bits4] : [128, bits6];
  if (!(bits >= 1 && bits <= width)) return null;
  const rest = (1n << BigInt(width - bits)) - 1n;
  return { version: address.version, value: address.value & ~rest };
}

/** The docs do not say what becomes of a percent sign without two digits. */
function decoded(bytes: string): Known {
  if (/%(?![0-9A-Fa-f]{2})/.test(bytes)) return null;
  return bytes
    .replaceAll('+', ' ')
    .replace(/%(..)/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** Plain integers only: `42.0` is none. What becomes of one that has more than 64 bits nobody says. */
function integerIn(json: string, path: readonly Value[]): Known {
  const found = lookup(json, path);
  if (found === null) return null;
  if (typeof found !== 'bigint') return undefined;
  return BigInt.asIntN(64, found) === found ? found : null;
}

function stringIn(json: string, path: readonly Value[]): Known {
  const found = lookup(json, path);
  if (found === null) return null;
  return typeof found === 'string' ? toBytes(found) : undefined;
}

/** What stands at a path of a JSON document; undefined where nothing does, null where the document is none. */
function lookup(json: string, path: readonly Value[]): unknown {
  let at: unknown;
  try {
    at = JSON.parse(fromBytes(json) ?? '', exact);
  } catch {
    return null;
  }
  for (const step of path) {
    const key = typeof step === 'bigint' ? Number(step) : fromBytes(String(step));
    const isPlace =
      typeof key === 'number' ? Array.isArray(at) : typeof at === 'object' && !Array.isArray(at);
    if (!isPlace || key === undefined || at === null || !Object.hasOwn(Object(at), key)) return undefined;
    at = Reflect.get(Object(at), key);
  }
  return at ?? undefined;
}

/** Integers as they stand in the document, before a JavaScript number could lose digits of them. */
function exact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return /^-?[0-9]+$/.test(context.source) ? BigInt(context.source) : value;
}
