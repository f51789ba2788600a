import type { Operand } from '../expression/expression.ts';
import { isMapped, isOperand } from '../expression/expression.ts';
import type { Atom } from './atoms.ts';
import { byId, classesOf, type Subject, type ValueClass } from './classes.ts';
import { type Known, negated, no, yes } from './formula.ts';
import { areDisjoint, covers, literalOf, type Pattern } from './pattern.ts';
import type { Place } from './place.ts';
import type { Space, Variable } from './space.ts';

/**
 * Every response that there can be, and some that there cannot: operands vary as if they had nothing to do with each
 * other, and conditions that nobody understands are true or false at will. What is not found here does not exist.
 */
export function abstractSpace(atoms: readonly Atom[]): Space {
  const subjects = subjectsOf(atoms);
  const variables = subjects.map((subject): Variable => {
    const isBase = subject.place !== undefined;
    const shared = subject.direct.filter((atom) => !isBase || atom.base?.key !== subject.key);
    const all = [...shared, ...subject.derived].map(({ id }) => id);
    const classes = classesOf(subject);
    return { key: subject.key, classes, shared: all, namedBy: namesOf(subject, classes) };
  });
  const deciders = atoms.map((): number[] => []);
  for (const [at, { direct }] of subjects.entries()) for (const { id } of direct) deciders[id]?.push(at);
  for (const [at, { derived }] of subjects.entries()) for (const { id } of derived) deciders[id]?.push(at);
  const follows = implications(atoms);
  return {
    size: atoms.length,
    isConcrete: false,
    variables,
    decidersOf: (atom) => deciders[atom] ?? [],
    settle: () => [yes, no],
    follows,
  };
}

/** Finds the classes of the texts that a condition names. */
function namesOf({ direct }: Subject, classes: readonly ValueClass[]): Variable['namedBy'] {
  const byText = new Map(
    classes.map((one) => [one.label.kind === 'value' ? one.label.value : undefined, one]),
  );
  const atoms = byId(direct);
  return (id) => {
    const predicate = atoms[id]?.question?.predicate;
    if (predicate?.kind !== 'patterns' || predicate.isNegated) return [];
    return predicate.patterns.flatMap((one) => byText.get(literalOf(one) ?? 0n) ?? []);
  };
}

function subjectsOf(atoms: readonly Atom[]): readonly Subject[] {
  const direct = Map.groupBy(
    atoms.filter(({ question }) => question !== undefined),
    ({ question }) => question?.subject ?? '',
  );
  const derived = Map.groupBy(
    atoms.filter(({ base, question }) => base !== undefined && base.key !== question?.subject),
    ({ base }) => base?.key ?? '',
  );
  return [...direct].flatMap(([key, mine]): Subject[] => {
    const operand = mine[0]?.question?.operand;
    const type = operand?.type;
    if (operand === undefined || isMapped(operand)) return [];
    if (type !== 'Bool' && type !== 'Int' && type !== 'Ip' && type !== 'Bytes') return [];
    const place: Place | undefined = operand.kind === 'field' ? operand : undefined;
    const mayBeMissing = canBeMissing(operand);
    return [
      {
        key,
        type,
        direct: mine,
        derived: place === undefined ? [] : (derived.get(key) ?? []),
        place,
        mayBeMissing,
      },
    ];
  });
}

/** Functions that give a value whenever their arguments have one (Cloudflare docs, Rules language, functions). */
const total = new Set([
  'concat',
  'ends_with',
  'has_key',
  'has_value',
  'len',
  'lower',
  'remove_bytes',
  'starts_with',
  'upper',
]);

function canBeMissing(operand: Operand): boolean {
  if (operand.indexes.length > 0) return true;
  if (operand.kind === 'field') return false;
  return !total.has(operand.name) || operand.arguments.some((one) => isOperand(one) && canBeMissing(one));
}

type Follows = readonly (readonly [atom: number, value: Known])[];

/** Of strings that no condition names: what one pattern says about the others on the same operand. */
function implications(atoms: readonly Atom[]): (atom: number, value: Known) => Follows {
  const bySubject = Map.groupBy(
    atoms.filter(({ question }) => question?.predicate.kind === 'patterns'),
    ({ question }) => question?.subject,
  );
  const known = new Map<number, Follows>();
  return (id, value) => {
    const key = id * 2 + value;
    const before = known.get(key);
    if (before !== undefined) return before;
    const atom = atoms[id];
    const others = bySubject.get(atom?.question?.subject) ?? [];
    const found =
      atom === undefined || !others.includes(atom)
        ? []
        : others.flatMap((other) => following(atom, value, other));
    known.set(key, found);
    return found;
  };
}

function following(atom: Atom, value: Known, other: Atom): Follows {
  const [mine, theirs] = [patternsOf(atom), patternsOf(other)];
  if (atom === other || mine === undefined || theirs === undefined) return [];
  const isIn = (value === yes) !== mine.isNegated;
  const answer = isIn ? insideOf(mine.patterns, theirs.patterns) : outsideOf(mine.patterns, theirs.patterns);
  if (answer === undefined) return [];
  return [[other.id, theirs.isNegated ? negated(answer) : answer]];
}

function patternsOf({ question }: Atom) {
  return question?.predicate.kind === 'patterns' ? question.predicate : undefined;
}

function insideOf(mine: readonly Pattern[], theirs: readonly Pattern[]): Known | undefined {
  if (mine.every((one) => theirs.some((other) => covers(other, one)))) return yes;
  return mine.every((one) => theirs.every((other) => areDisjoint(one, other))) ? no : undefined;
}

function outsideOf(mine: readonly Pattern[], theirs: readonly Pattern[]): Known | undefined {
  return theirs.every((other) => mine.some((one) => covers(one, other))) ? no : undefined;
}
