import type { Context } from '../expression/expression.ts';
import { type Atom, truthOf } from './atoms.ts';
import { byId, remembered, type ValueClass } from './classes.ts';
import { standingOf } from './domains.ts';
import { type Known, no, open, type Ternary, yes } from './formula.ts';
import { contextOf, type Place } from './place.ts';
import { nameOf, namesIn, samplesOf } from './samples.ts';
import type { Assignment, Space, Variable } from './space.ts';

/** Some responses, each of which can be written down: what is found here exists. */
export interface ConcreteSpace extends Space {
  /** True where a map and something in it vary by themselves: what is found then has to be tried as a whole. */
  readonly isTangled: boolean;
  /** The context that an assignment stands for; undefined where it cannot be written down. */
  contextOf(assignment: Assignment): Context | undefined;
}

export function concreteSpace(atoms: readonly Atom[]): ConcreteSpace {
  const roots = new Map(atoms.flatMap((atom) => [...atom.roots]));
  const readers = new Map(
    Array.from(roots.keys(), (key) => [key, atoms.filter((atom) => atom.roots.has(key))]),
  );
  const places = [...roots].map(([key, place]) => ({ key, place, atoms: readers.get(key) ?? [] }));
  const variables = places.map(sampleVariable);
  const at = new Map(places.map(({ key }, index) => [key, index]));
  const deciders = atoms.map((atom) => Array.from(atom.roots.keys(), (key) => at.get(key) ?? 0));
  const maps = new Set(places.flatMap(({ place }) => (isMap(place) ? [place.name] : [])));
  const context = (assignment: Assignment) =>
    contextOf(
      places.flatMap(({ place }, index) => {
        const label = assignment[index]?.label;
        return label?.kind === 'value' ? [[place, label.value] as const] : [];
      }),
    );
  return {
    size: atoms.length,
    isConcrete: true,
    isTangled: places.some(({ place }) => !isMap(place) && maps.has(place.name)),
    variables,
    decidersOf: (atom) => deciders[atom] ?? [],
    settle: (atom, assignment) => settled(atoms[atom], context(assignment)),
    follows: () => [],
    contextOf: context,
  };
}

function isMap({ type }: Place): boolean {
  return type?.startsWith('Map') ?? false;
}

function settled(atom: Atom | undefined, context: Context | undefined): readonly Known[] {
  if (atom === undefined || context === undefined || atom.roots.size === 0) return [];
  const truth = truthOf(atom, context);
  return truth === undefined ? [] : [truth ? yes : no];
}

interface Reading {
  readonly key: string;
  readonly place: Place;
  readonly atoms: readonly Atom[];
}

function sampleVariable(reading: Reading): Variable {
  const atoms = byId(reading.atoms);
  const classes = samplesOf(reading.place, reading.key, reading.atoms).map((sample): ValueClass => {
    const label: ValueClass['label'] =
      sample === undefined ? { kind: 'missing', isUnequal: false } : { kind: 'value', value: sample };
    // Computed, not inferred: what is found here is shown as an example.
    const context = contextOf([[reading.place, sample]]);
    const read = remembered(atoms.length, (id) => {
      const atom = atoms[id];
      const isOwn = atom !== undefined && atom.roots.size === 1 && context !== undefined;
      return isOwn ? ternary(truthOf(atom, context)) : open;
    });
    const isScalar = typeof sample === 'string' || typeof sample === 'bigint';
    return { label, standing: isScalar ? standingOf(reading.key, sample) : 'documented', read };
  });
  const byName = new Map(classes.flatMap((one) => nameIn(one).map((name) => [name, one] as const)));
  const namedBy = (id: number) => {
    const { condition } = atoms[id] ?? {};
    return condition === undefined ? [] : namesIn(condition).flatMap((name) => byName.get(name) ?? []);
  };
  return { key: reading.key, classes, shared: [], namedBy };
}

/** The name of the value of a class, or of the one element of its array. */
function nameIn({ label }: ValueClass): readonly string[] {
  const value = label.kind === 'value' ? label.value : undefined;
  return nameOf(Array.isArray(value) && value.length === 1 ? value[0] : value);
}

function ternary(truth: boolean | undefined): Ternary {
  return truth === undefined ? open : truth ? yes : no;
}
