import type { Atom } from './atoms.ts';
import { equalTwin, truthOf } from './atoms.ts';
import { domainOf, isInside, type Standing, standingOf } from './domains.ts';
import { no, open, type Ternary, yes } from './formula.ts';
import { covers, literalOf, type Pattern } from './pattern.ts';
import { contextOf, type Place, type Sample } from './place.ts';
import { addressAt, addresses, integers, type Predicate, pointOf, type Range } from './predicate.ts';

/** What all values of a class have in common. */
export type Label =
  | { readonly kind: 'value'; readonly value: Exclude<Sample, undefined> }
  | { readonly kind: 'range'; readonly range: Range; readonly type: 'Int' | 'Ip' }
  /** Strings that no condition names, between two that conditions order by, where there are such. */
  | { readonly kind: 'rest'; readonly above: string | undefined; readonly below: string | undefined }
  /** Nothing is there; Cloudflare's docs make `ne` false then, the public engine makes it true by default. */
  | { readonly kind: 'missing'; readonly isUnequal: boolean };

/** Values of one operand that no condition on it tells apart, as far as that can be known. */
export interface ValueClass {
  readonly label: Label;
  readonly standing: Standing;
  /** What the class makes of a condition. */
  read(atom: number): Ternary;
}

/** An operand with all its conditions: those that ask about it, and those that ask about what is computed from it. */
export interface Subject {
  readonly key: string;
  readonly type: 'Bool' | 'Int' | 'Ip' | 'Bytes';
  readonly direct: readonly Atom[];
  readonly derived: readonly Atom[];
  readonly place: Place | undefined;
  readonly mayBeMissing: boolean;
}

/** The classes of a subject: together they hold every value that it can have. */
export function classesOf(subject: Subject): readonly ValueClass[] {
  const direct = byId(subject.direct);
  const derived = byId(subject.derived);
  const size = Math.max(direct.length, derived.length);
  return labelsOf(subject).map((label) => {
    const read = remembered(size, (id) => {
      const asked = direct[id];
      const found = asked === undefined ? open : readDirect(asked, label);
      const atom = asked ?? derived[id];
      return found !== open || atom === undefined ? found : readDerived(atom, { label, subject });
    });
    return { label, standing: standingOfLabel(label, subject.key), read };
  });
}

/** Conditions by their numbers, with gaps. */
export function byId(atoms: readonly Atom[]): readonly (Atom | undefined)[] {
  const table: (Atom | undefined)[] = [];
  for (const atom of atoms) table[atom.id] = atom;
  return table;
}

/** A reader that works each answer out once; all conditions from `size` on are open. */
export function remembered(size: number, answer: (atom: number) => Ternary): ValueClass['read'] {
  let row: Uint8Array | undefined;
  return (atom) => {
    row ??= new Uint8Array(size);
    const known = answers[row[atom] ?? open + 1];
    if (known !== undefined) return known;
    const found = answer(atom);
    row[atom] = found + 1;
    return found;
  };
}

/** An answer has its own number and one more, as 0 stands for none yet. */
const answers: readonly (Ternary | undefined)[] = [undefined, no, yes, open];

function standingOfLabel(label: Label, key: string): Standing {
  if (label.kind === 'range') return standingOf(key, label.range.first);
  if (label.kind === 'rest') return domainOf(key)?.kind === 'texts' ? 'doubtful' : 'documented';
  if (label.kind === 'missing' || typeof label.value === 'boolean' || typeof label.value === 'object')
    return 'documented';
  return standingOf(key, label.value);
}

function labelsOf(subject: Subject): readonly Label[] {
  const missing = [true, false].map((isUnequal): Label => ({ kind: 'missing', isUnequal }));
  // A test of nothing is as false as a test of what is false.
  const isAlike = subject.type === 'Bool' && subject.derived.length === 0;
  return [...presentLabels(subject), ...(subject.mayBeMissing && !isAlike ? missing : [])];
}

function presentLabels(subject: Subject): readonly Label[] {
  if (subject.type === 'Bool') return [true, false].map((value) => ({ kind: 'value', value }));
  return subject.type === 'Bytes' ? textLabels(subject) : numberLabels(subject, subject.type);
}

function numberLabels(subject: Subject, type: 'Int' | 'Ip'): readonly Label[] {
  const domain = domainOf(subject.key);
  const universe =
    type === 'Ip' ? addresses : [subject.key.startsWith('len(') ? { ...integers, first: 0n } : integers];
  const documented = domain?.kind === 'ranges' ? domain.ranges : [];
  const asked = subject.direct.flatMap(({ question }) =>
    question?.predicate.kind === 'ranges' ? question.predicate.ranges : [],
  );
  const ranges = partition(universe, [...universe, ...documented, ...asked]);
  const isOpaque =
    subject.derived.length > 0 ||
    subject.direct.some(({ question }) => question?.predicate.kind === 'opaque');
  return ranges.flatMap((range): Label[] => {
    const isEnumerable = isOpaque && documented.length > 0 && isInside(domain, range.first);
    const isFew = range.last - range.first < (isEnumerable ? 1000n : 1n);
    return isFew ? points(range, type) : [{ kind: 'range', range, type }];
  });
}

function points({ first, last }: Range, type: 'Int' | 'Ip'): Label[] {
  return Array.from({ length: Number(last - first) + 1 }, (_, at) => {
    const value = first + BigInt(at);
    return { kind: 'value', value: type === 'Ip' ? addressAt(value) : value };
  });
}

/** Cuts the universe wherever one of the ranges begins or has ended. */
function partition(universe: readonly Range[], ranges: readonly Range[]): readonly Range[] {
  const cuts = [...new Set(ranges.flatMap(({ first, last }) => [first, last + 1n]))];
  cuts.sort((one, other) => (one < other ? -1 : 1));
  return cuts.flatMap((first, at) => {
    const next = cuts[at + 1];
    if (next === undefined || !universe.some((all) => all.first <= first && first <= all.last)) return [];
    return [{ first, last: next - 1n }];
  });
}

function textLabels({ key, direct }: Subject): readonly Label[] {
  const domain = domainOf(key);
  const predicates = direct.flatMap(({ question }) => question?.predicate ?? []);
  const borders = predicates.flatMap((one) => (one.kind === 'order' ? [one.bytes] : []));
  const sorted = [...new Set(borders)].sort();
  const named = predicates.flatMap((one) =>
    one.kind === 'patterns' ? one.patterns.flatMap((pattern) => literalOf(pattern) ?? []) : [],
  );
  const values = new Set([...named, ...sorted, ...(domain?.kind === 'texts' ? domain.texts : [])]);
  const rests = [...sorted, undefined].map((below, at) => ({ above: sorted[at - 1], below }));
  return [
    // No string comes before the empty one.
    ...rests.filter(({ below }) => below !== '').map((one): Label => ({ kind: 'rest', ...one })),
    ...Array.from(values, (value): Label => ({ kind: 'value', value })),
  ];
}

function readDirect({ question }: Atom, label: Label): Ternary {
  if (question === undefined) return open;
  const { predicate } = question;
  switch (label.kind) {
    case 'value':
      return answerFor(predicate, label.value);
    case 'range':
      return predicate.kind === 'ranges'
        ? isAmong(label.range.first, predicate)
        : answerFor(predicate, numberIn(label));
    case 'missing':
      return isNegated(predicate) && label.isUnequal ? yes : no;
    default:
      return answerForRest(predicate, label);
  }
}

/** A number of a class of numbers. */
export function numberIn({ range, type }: Extract<Label, { kind: 'range' }>): Exclude<Sample, undefined> {
  return type === 'Ip' ? addressAt(range.first) : range.first;
}

function isNegated(predicate: Predicate): boolean {
  return (predicate.kind === 'patterns' || predicate.kind === 'ranges') && predicate.isNegated;
}

/** What a predicate says of one value; open where only an evaluator can tell. */
function answerFor(predicate: Predicate, value: Exclude<Sample, undefined>): Ternary {
  switch (predicate.kind) {
    case 'truth':
      return typeof value === 'boolean' ? asTernary(value) : open;
    case 'ranges': {
      const point = typeof value === 'object' && 'version' in value ? pointOf(value) : value;
      if (typeof point !== 'bigint') return open;
      return isAmong(point, predicate);
    }
    case 'patterns': {
      if (typeof value !== 'string')
        return predicate.patterns.length === 0 ? asTernary(predicate.isNegated) : open;
      const literal: Pattern = { texts: [value], isStrict: true };
      return asTernary(predicate.patterns.some((one) => covers(one, literal)) !== predicate.isNegated);
    }
    case 'order':
      return typeof value === 'string' ? asTernary(isOrdered(value, predicate)) : open;
    default:
      return open;
  }
}

function isAmong(point: bigint, { ranges, isNegated }: Extract<Predicate, { kind: 'ranges' }>): Ternary {
  return asTernary(ranges.some(({ first, last }) => first <= point && point <= last) !== isNegated);
}

function asTernary(truth: boolean): Ternary {
  return truth ? yes : no;
}

function isOrdered(value: string, { operator, bytes }: Extract<Predicate, { kind: 'order' }>): boolean {
  if (value === bytes) return operator === 'le' || operator === 'ge';
  return value < bytes === (operator === 'lt' || operator === 'le');
}

const anything: Pattern = { texts: ['', ''], isStrict: true };

function answerForRest(predicate: Predicate, { above }: Extract<Label, { kind: 'rest' }>): Ternary {
  if (predicate.kind === 'order') {
    // Between two borders everything stands to every border as the lower one does, itself apart.
    const isBelow = above === undefined || above < predicate.bytes;
    return asTernary(isBelow === (predicate.operator === 'lt' || predicate.operator === 'le'));
  }
  if (predicate.kind !== 'patterns') return open;
  const { patterns, isNegated: isNe } = predicate;
  if (patterns.some((one) => covers(one, anything))) return asTernary(!isNe);
  return patterns.every((one) => literalOf(one) !== undefined) ? asTernary(isNe) : open;
}

/** Asks the evaluator what becomes of a condition when the place that it reads has a value of the class. */
function readDerived(atom: Atom, { label, subject }: { label: Label; subject: Subject }): Ternary {
  const { place } = subject;
  if (place === undefined || atom.base?.key !== subject.key) return open;
  if (label.kind === 'value') return ask(atom, contextOf([[place, label.value]]));
  if (label.kind !== 'missing') return open;
  if (!label.isUnequal || !/\bne\b/.test(atom.text)) return ask(atom, {});
  const twin = equalTwin(atom);
  const equal = twin === undefined ? open : ask(twin, {});
  return equal === open ? open : equal === yes ? no : yes;
}

function ask(atom: Atom, context: ReturnType<typeof contextOf>): Ternary {
  const truth = context === undefined ? undefined : truthOf(atom, context);
  return truth === undefined ? open : asTernary(truth);
}
