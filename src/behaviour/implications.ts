import type { Atom } from './atoms.ts';
import { type Known, negated, no, yes } from './formula.ts';
import { areDisjoint, covers } from './pattern.ts';
import type { Predicate, Range } from './predicate.ts';

type Follows = readonly (readonly [atom: number, value: Known])[];

/**
 * What one condition says about the others: of strings that no condition names, a pattern about the patterns on the same
 * operand; of elements, `any` and `all` about those over the same elements.
 */
export function implications(atoms: readonly Atom[]): (atom: number, value: Known) => Follows {
  const bySubject = Map.groupBy(atoms, subjectOf);
  const known = new Map<number, Follows>();
  return (id, value) => {
    const key = id * 2 + value;
    const before = known.get(key);
    if (before !== undefined) return before;
    const atom = atoms[id];
    const subject = atom && subjectOf(atom);
    const others = (subject === undefined ? undefined : bySubject.get(subject)) ?? [];
    const found = others.flatMap((other): Follows => {
      const answer = atom === undefined || atom === other ? undefined : following(atom, value, other);
      return answer === undefined ? [] : [[other.id, answer]];
    });
    known.set(key, found);
    return found;
  };
}

function subjectOf({ question, elements }: Atom): string | undefined {
  if (elements !== undefined) return `each ${elements.subject}`;
  return question?.predicate.kind === 'patterns' ? question.subject : undefined;
}

function following(atom: Atom, value: Known, other: Atom): Known | undefined {
  if (atom.elements !== undefined && other.elements !== undefined)
    return ofElements(atom.elements, value, other.elements);
  if (atom.question === undefined || other.question === undefined) return undefined;
  return implied(atom.question.predicate, value, other.question.predicate);
}

type Elements = NonNullable<Atom['elements']>;

/**
 * An element that makes `any` true makes every wider `any` true, and every `all` false that it does not meet. A bare call
 * is special: where there is nothing to call it with, `all` is false of it and true of everything else.
 */
function ofElements(mine: Elements, value: Known, theirs: Elements): Known | undefined {
  const { kind } = mine;
  if (kind !== theirs.kind) {
    if (value === no) return undefined;
    return implied(mine.predicate, yes, theirs.predicate) === no ? no : undefined;
  }
  const [narrow, wide] = value === yes ? [mine, theirs] : [theirs, mine];
  if (kind === 'all' && wide.isBare && !narrow.isBare) return undefined;
  return implied(narrow.predicate, yes, wide.predicate) === yes ? value : undefined;
}

/** What a predicate says of a value of which another one is known to hold, or not to hold. */
function implied(mine: Predicate, value: Known, theirs: Predicate): Known | undefined {
  const isIn = 'isNegated' in mine && (value === yes) !== mine.isNegated;
  let answer: Known | undefined;
  if (mine.kind === 'patterns' && theirs.kind === 'patterns')
    answer = (isIn ? insideOf : outsideOf)(mine.patterns, theirs.patterns, { covers, areDisjoint });
  if (mine.kind === 'ranges' && theirs.kind === 'ranges')
    answer = (isIn ? insideOf : outsideOf)(mine.ranges, theirs.ranges, ofRanges);
  if (answer === undefined) return undefined;
  return 'isNegated' in theirs && theirs.isNegated ? negated(answer) : answer;
}

/** How two sets of values stand to each other; true only where that is certain. */
interface Sets<T> {
  readonly covers: (outer: T, inner: T) => boolean;
  readonly areDisjoint: (one: T, other: T) => boolean;
}

const ofRanges: Sets<Range> = {
  covers: (outer, inner) => outer.first <= inner.first && inner.last <= outer.last,
  areDisjoint: (one, other) => one.last < other.first || other.last < one.first,
};

function insideOf<T>(mine: readonly T[], theirs: readonly T[], sets: Sets<T>): Known | undefined {
  if (mine.every((one) => theirs.some((other) => sets.covers(other, one)))) return yes;
  return mine.every((one) => theirs.every((other) => sets.areDisjoint(one, other))) ? no : undefined;
}

function outsideOf<T>(mine: readonly T[], theirs: readonly T[], sets: Sets<T>): Known | undefined {
  return theirs.every((other) => mine.some((one) => sets.covers(one, other))) ? no : undefined;
}
