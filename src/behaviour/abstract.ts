import type { Operand } from '../expression/expression.ts';
import { isMapped, isOperand } from '../expression/expression.ts';
import type { Atom } from './atoms.ts';
import { byId, classesOf, type Subject, type ValueClass } from './classes.ts';
import { no, yes } from './formula.ts';
import { implications } from './implications.ts';
import { literalOf } from './pattern.ts';
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
    settle: (atom) => (isNeverMet(atoms[atom]) ? [no] : [yes, no]),
    follows,
  };
}

/** True where `any` asks of the elements what no string is, such as capitals in `lower(…)`. */
function isNeverMet(atom: Atom | undefined): boolean {
  const { kind, predicate } = atom?.elements ?? {};
  return (
    kind === 'any' &&
    predicate?.kind === 'patterns' &&
    !predicate.isNegated &&
    predicate.patterns.length === 0
  );
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
