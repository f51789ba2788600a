import type { Argument, Expression } from '../expression/expression.ts';
import { elementOf, toBytes } from '../expression/expression.ts';
import type { Atom } from './atoms.ts';
import { classesOf, numberIn, type Subject, type ValueClass } from './classes.ts';
import { literalOf, wildcardTexts } from './pattern.ts';
import { idle, type Place, type Sample } from './place.ts';
import { walk } from './walk.ts';

/** No more values than this are tried for one place. */
const most = 2000;

/**
 * Values worth trying for a place, given the conditions that read it: what they name, what their patterns describe, and
 * something else. The first is the plainest.
 */
export function samplesOf(place: Place, key: string, atoms: readonly Atom[]): readonly Sample[] {
  const { type } = place;
  if (type === undefined) return [];
  const element = type.startsWith('Array') ? elementOf(type) : undefined;
  const values = scalars(element ?? type, { key, place, atoms }).slice(0, most);
  const mayBeMissing = place.indexes.length > 0;
  const all: Sample[] = element === undefined ? [...values] : arrays(values, farthestPosition(atoms, key));
  if (mayBeMissing) all.splice(1, 0, undefined);
  return all;
}

interface Source {
  readonly key: string;
  readonly place: Place;
  readonly atoms: readonly Atom[];
}

function scalars(type: string, { key, place, atoms }: Source): readonly Sample[] {
  switch (type) {
    case 'Bool':
      return [true, false];
    case 'Bytes':
      return texts(place.name, atoms);
    case 'Int':
    case 'Ip':
      return numbers(type, { key, place, atoms });
    default:
      return [];
  }
}

/** One number of each class, the greatest class first: for a status it is a usual one. */
function numbers(type: 'Int' | 'Ip', { key, place, atoms }: Source): readonly Sample[] {
  const direct = atoms.filter(
    ({ question }) => question?.predicate.kind === 'ranges' && question.operand.type === type,
  );
  const derived = atoms.filter((atom) => !direct.includes(atom));
  const subject: Subject = { key, type, direct, derived, place, mayBeMissing: false };
  const inside = classesOf(subject).filter(({ standing }) => standing === 'documented');
  return inside.map(({ label }) => sampleOf(label)).filter((one) => one !== undefined);
}

function sampleOf(label: ValueClass['label']): Sample {
  if (label.kind === 'range') return label.range.first < 0n ? 0n : numberIn(label);
  return label.kind === 'value' ? label.value : undefined;
}

function arrays(values: readonly Sample[], position: number): Sample[] {
  const [first] = values;
  const singles = values.map((value) => [value]);
  const behind =
    position === 0
      ? []
      : values.map((value) => [...Array<Sample>(position).fill(idle(value ?? first)), value]);
  const few = values.slice(0, 8);
  const pairs = few.flatMap((one) => few.map((other) => [one, other]));
  return [...singles, [], ...behind, ...pairs].slice(0, most);
}

function farthestPosition(atoms: readonly Atom[], key: string): number {
  const positions = atoms.flatMap(({ text }) =>
    Array.from(text.matchAll(/\[(\d{1,2})\]/g), ([, position]) =>
      text.includes(key) ? Number(position) : 0,
    ),
  );
  return Math.min(20, Math.max(0, ...positions));
}

/** What a field holds that no condition asks for. */
const usual: Readonly<Record<string, string>> = {
  'http.host': 'other.example',
  'http.request.method': 'OTHER',
  'http.request.uri': '/other',
  'http.request.uri.path': '/other',
  'ip.src.country': 'XX',
  'ip.src.continent': 'XX',
};

function texts(name: string, atoms: readonly Atom[]): readonly Sample[] {
  const other = toBytes(usual[name] ?? 'other');
  const patterns = atoms.flatMap(({ question }) =>
    question?.predicate.kind === 'patterns' ? question.predicate.patterns : [],
  );
  const fragments = [
    ...new Set(atoms.flatMap(({ condition }) => (condition === undefined ? [] : fragmentsOf(condition)))),
  ];
  const wide = patterns.filter((one) => literalOf(one) === undefined).slice(0, 12);
  const joined = wide.flatMap((one) => [
    one.texts.join(''),
    one.texts.join('other'),
    ...wide.map((two) => one.texts.join(two.texts.join(''))),
    ...wide.map((two) => `${one.texts.join('')}${two.texts.join('')}`),
  ]);
  const pairs = fragments.slice(0, 8).flatMap((one) => fragments.slice(0, 8).map((two) => one + two));
  const around = fragments.flatMap((one) => [
    `${one}0`,
    one.toLowerCase(),
    one.toUpperCase(),
    one.slice(1),
    one.slice(0, -1),
  ]);
  return [...new Set([other, ...fragments, ...joined, ...lengths(atoms), '', ...around, ...pairs])];
}

/** Strings of the lengths that conditions speak of. */
function lengths(atoms: readonly Atom[]): readonly string[] {
  const numbers = atoms.flatMap(({ text }) =>
    Array.from(text.matchAll(/\b\d{1,3}\b/g), ([found]) => Number(found)),
  );
  const near = numbers.flatMap((length) => [length, length + 1, Math.max(0, length - 1)]);
  return [...new Set(near)].slice(0, 30).map((length) => `/${'x'.repeat(length)}`.slice(0, length));
}

/** Every text that stands in a condition, and what is left of its patterns without their operators. */
export function fragmentsOf(condition: Expression): readonly string[] {
  return Array.from(walk(condition), textsIn).flat();
}

function textsIn(part: Argument): readonly string[] {
  if (part.kind === 'bytes' || part.kind === 'contains') return [part.bytes];
  if (part.kind === 'matches') return matchesOf(toBytes(part.pattern));
  if (part.kind !== 'wildcard') return [];
  const texts = wildcardTexts(part.pattern);
  return [texts.join(''), texts.join('x')];
}

/** A guess at what a regular expression matches; the evaluator tells whether it is right. */
function matchesOf(pattern: string): readonly string[] {
  const first = pattern
    .replace(/\(\?[a-z:]*/g, '(')
    .replace(/\|[^()]*/g, '')
    .replace(/\[\^[^\]]*\]/g, '~')
    .replace(/\[(.)[^\]]*\]/g, '$1');
  const plain = first.replace(/\\d/g, '0').replace(/\\w/g, 'a').replace(/\\s/g, ' ').replace(/\\(.)/g, '$1');
  const bare = plain
    .replace(/[\^$()]/g, '')
    .replace(/\{\d[^}]*\}/g, '')
    .replace(/\.(?=[*+?])/g, 'x');
  return [bare.replace(/[*+?]/g, ''), bare.replace(/.[*?]/g, '').replace(/\+/g, '')];
}
