import fc from 'fast-check';

/** Cases of each property: few by default, a hundred times as many in `npm run fuzz`. */
export const numRuns = Number(process.env.FUZZ_RUNS ?? 100);

/** Settings of each property that waits for something: a single case that takes longer than this hangs, in milliseconds. */
export const settings = { numRuns, timeout: 20_000 };

/** Milliseconds that a property may take in all. */
export const timeout = 20_000 + numRuns * 1_000;

/** Texts that a reader of JSON or YAML may stumble over. */
export const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    'toString',
    'none',
    '1e999',
    '\u0000',
    '\ud800',
    '::error::x',
    'a'.repeat(5_000),
  ),
  fc.constantFrom(
    '0'.repeat(32),
    `cfe1:${'0'.repeat(64)}`,
    'serve_error',
    'text/html',
    '99999999999999999999',
    '-1',
    '2026-01-01T00:00:00Z',
  ),
);

/** Any JSON, with keys and texts that mean something to whoever reads it. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    oddText,
    fc.constantFrom<unknown>(null, true, false, 0, -1, 0.5, 1e21, 2 ** 53),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      oddText.map((key) => key.slice(0, 40)),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

/** What is done to one place of a document, chosen by numbers so that a failure can be run again. */
export interface Mutation {
  readonly at: number;
  readonly kind: 'replace' | 'remove' | 'repeat' | 'swap' | 'add';
  readonly value: unknown;
  readonly key: string;
}

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    at: fc.nat({ max: 100_000 }),
    kind: fc.constantFrom('replace', 'remove', 'repeat', 'swap', 'add'),
    value: anyJson,
    key: oddText.map((text) => text.slice(0, 40)),
  }),
  { minLength: 1, maxLength: 3 },
);

type Holder = Record<string, unknown> | unknown[];

interface Place {
  readonly holder: Holder;
  readonly key: string;
}

/** A copy of a JSON document with these mutations, each at some place of it. */
export function mutated(document: unknown, changes: readonly Mutation[]): unknown {
  const root = { root: structuredClone(document) };
  for (const change of changes) {
    const places = placesOf(root);
    const place = places[change.at % places.length];
    if (place !== undefined) mutate(place, change, places);
  }
  return root.root;
}

function placesOf(holder: Holder): Place[] {
  return Object.entries(holder).flatMap(([key, value]) => [
    { holder, key },
    ...(isHolder(value) ? placesOf(value) : []),
  ]);
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null;
}

function mutate(place: Place, { kind, key, at, ...change }: Mutation, places: readonly Place[]): void {
  // A later change may go into what this one brings, and must neither find itself there nor spoil the next run.
  const value = structuredClone(change.value);
  const other = places[(at * 31 + 7) % places.length] ?? place;
  const here = valueAt(place);
  if (kind === 'remove') remove(place);
  else if (kind === 'replace') set(place, value);
  else if (kind === 'swap') set(place, structuredClone(valueAt(other)));
  else if (kind === 'repeat' && Array.isArray(here)) here.push(...structuredClone(here.slice(0, 1)));
  else if (isHolder(here) && !Array.isArray(here)) set({ holder: here, key }, value);
}

function valueAt({ holder, key }: Place): unknown {
  return Array.isArray(holder) ? holder[Number(key)] : holder[key];
}

function set({ holder, key }: Place, value: unknown): void {
  // An assignment to __proto__ would be lost, and a reader of JSON makes a key of it.
  Object.defineProperty(holder, key, { value, enumerable: true, writable: true, configurable: true });
}

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}
