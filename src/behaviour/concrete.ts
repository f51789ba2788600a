import type { Context } from '../expression/expression.ts';
import { type Atom, truthOf } from './atoms.ts';
import { answerFor, type ValueClass } from './classes.ts';
import { domainOf, isInside } from './domains.ts';
import { type Known, no, open, type Ternary, yes } from './formula.ts';
import { contextOf, type Place, type Sample } from './place.ts';
import { samplesOf } from './samples.ts';
import type { Assignment, Space } from './space.ts';

/** Some responses, each of which can be written down: what is found here exists. */
export interface ConcreteSpace extends Space {
  /** The context that an assignment stands for; undefined where it cannot be written down. */
  contextOf(assignment: Assignment): Context | undefined;
}

export function concreteSpace(atoms: readonly Atom[]): ConcreteSpace {
  const roots = new Map(atoms.flatMap((atom) => [...atom.roots]));
  const readers = new Map(
    Array.from(roots.keys(), (key) => [key, atoms.filter((atom) => atom.roots.has(key))]),
  );
  const places = [...roots].map(([key, place]) => ({ key, place, atoms: readers.get(key) ?? [] }));
  const variables = places.map((one) => ({ key: one.key, classes: sampleClasses(one), shared: [] }));
  const at = new Map(places.map(({ key }, index) => [key, index]));
  const deciders = atoms.map((atom) => Array.from(atom.roots.keys(), (key) => at.get(key) ?? 0));
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
    variables,
    decidersOf: (atom) => deciders[atom] ?? [],
    settle: (atom, assignment) => settled(atoms[atom], context(assignment)),
    follows: () => [],
    contextOf: context,
  };
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

function sampleClasses(reading: Reading): readonly ValueClass[] {
  const byId = new Map(reading.atoms.map((atom) => [atom.id, atom]));
  return samplesOf(reading.place, reading.key, reading.atoms).map((sample): ValueClass => {
    const known = new Map<number, Ternary>();
    const label: ValueClass['label'] =
      sample === undefined ? { kind: 'missing', isUnequal: false } : { kind: 'value', value: sample };
    const read = (id: number): Ternary => {
      const atom = byId.get(id);
      const answer = atom === undefined || atom.roots.size !== 1 ? open : readSample(atom, reading, sample);
      known.set(id, answer);
      return answer;
    };
    const isOutside =
      (typeof sample === 'string' || typeof sample === 'bigint') && !isInside(domainOf(reading.key), sample);
    return { label, isOutside, read: (id) => known.get(id) ?? read(id) };
  });
}

function readSample(atom: Atom, { key, place }: Reading, sample: Sample): Ternary {
  if (sample !== undefined && atom.question?.subject === key) {
    const found = answerFor(atom.question.predicate, sample);
    if (found !== open) return found;
  }
  const context = contextOf([[place, sample]]);
  const truth = context === undefined ? undefined : truthOf(atom, context);
  return truth === undefined ? open : truth ? yes : no;
}
