import {
  type Address,
  type Context,
  type Expression,
  elementOf,
  fields,
  fromBytes,
  type Index,
  type Operand,
  print,
  printAddress,
  type Type,
} from '../expression/expression.ts';
import { walk } from './walk.ts';

/** A field with the indexes behind it: where an expression finds a value. */
export type Place = Extract<Operand, { kind: 'field' }>;

/** A value to try: strings are bytes, undefined means that nothing is there. */
export type Sample =
  | boolean
  | bigint
  | string
  | Address
  | readonly Sample[]
  | ReadonlyMap<string, Sample>
  | undefined;

/** The places that an expression reads, each once; constants such as `true` are none. */
export function placesOf(expression: Expression): readonly Place[] {
  const found = new Map<string, Place>();
  for (const part of walk(expression)) {
    if (part.kind === 'field' && typeof fields.get(part.name)?.always !== 'boolean')
      found.set(print(part), part);
  }
  return [...found.values()];
}

/** The part of a place that can be given a value of its own: a field, or what a map holds under a key. */
export function rootOf(place: Place): Place {
  const end = place.indexes.findIndex(({ kind }) => kind !== 'key');
  const indexes = end < 0 ? place.indexes : place.indexes.slice(0, end);
  return { ...place, indexes, type: indexes.reduce<Type | undefined>(inner, fields.get(place.name)?.type) };
}

function inner(type: Type | undefined): Type | undefined {
  return type === undefined ? undefined : elementOf(type);
}

/** Farther positions are never tried. */
const farthest = 20;

/** A context in which these places have these values; undefined where it cannot be written down. */
export function contextOf(given: Iterable<readonly [Place, Sample]>): Context | undefined {
  const context = new Map<string, unknown>();
  for (const [place, sample] of given) {
    if (sample === undefined) continue;
    const value = written(
      wrapped(
        sample,
        place.indexes.filter(({ kind }) => kind === 'position'),
      ),
    );
    if (value === undefined) return undefined;
    const keys = place.indexes.flatMap((index) => (index.kind === 'key' ? [index.key] : []));
    put(context, [place.name, ...keys], value);
  }
  return plain(context);
}

/** An element stands behind others that do not matter. */
function wrapped(sample: Sample, positions: readonly Index[]): Sample {
  return positions.reduceRight<Sample>((value, index) => {
    const before = index.kind === 'position' ? index.position : 0;
    if (before > farthest) return undefined;
    return [...Array<Sample>(before).fill(idle(value)), value];
  }, sample);
}

/** A value of the same type that says nothing. */
export function idle(sample: Sample): Sample {
  if (typeof sample === 'string') return '';
  if (typeof sample === 'bigint') return 0n;
  if (typeof sample === 'boolean') return false;
  return Array.isArray(sample) ? [] : { version: 4, value: 0n };
}

function written(sample: Sample): unknown {
  if (typeof sample === 'string') return fromBytes(sample);
  if (typeof sample === 'bigint') return BigInt(Number(sample)) === sample ? Number(sample) : undefined;
  if (typeof sample === 'boolean' || sample === undefined) return sample;
  if ('version' in sample) return printAddress(sample);
  if (sample instanceof Map) return new Map(Array.from(sample, ([key, one]) => [key, written(one)]));
  if (!Array.isArray(sample)) return undefined;
  const values = sample.map(written);
  return values.includes(undefined) ? undefined : values;
}

function put(into: Map<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  const found = into.get(key);
  if (rest.length === 0) {
    // What a place inside the map was given stays as it is.
    into.set(key, found instanceof Map && value instanceof Map ? new Map([...value, ...found]) : value);
    return;
  }
  const inside: Map<string, unknown> = found instanceof Map ? found : new Map();
  into.set(key, inside);
  put(inside, rest, value);
}

function plain(map: ReadonlyMap<string, unknown>): Context {
  return Object.fromEntries(
    Array.from(map, ([key, value]) => [key, value instanceof Map ? plain(value) : value]),
  );
}
