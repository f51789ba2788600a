import type { Address, Argument, Expression, Type } from '../expression/expression.ts';
import { elementOf, fromBytes, printAddress, toBytes } from '../expression/expression.ts';
import type { Atom } from './atoms.ts';
import { classesOf, numberIn, type Subject, type ValueClass } from './classes.ts';
import { domainOf } from './domains.ts';
import { literalOf, wildcardTexts } from './pattern.ts';
import { idle, type Place, type Sample } from './place.ts';
import { walk } from './walk.ts';

/** No more values than this are tried for one place, besides those that conditions name. */
const most = 2000;

/**
 * Values worth trying for a place, given the conditions that read it: what they name, what their patterns describe, and
 * something else. The first is the plainest.
 */
export function samplesOf(place: Place, key: string, atoms: readonly Atom[]): readonly Sample[] {
  const { type } = place;
  if (type === undefined) return [];
  if (type.startsWith('Map')) return maps(type, atoms);
  const element = type.startsWith('Array') ? elementOf(type) : undefined;
  const values = scalars(element ?? type, { key, place, atoms });
  const mayBeMissing = place.indexes.length > 0;
  const all: Sample[] = element === undefined ? [...values] : arrays(values, key, atoms);
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
      return texts({ key, place, atoms });
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
  const found = inside.map(({ label }) => sampleOf(label)).filter((one) => one !== undefined);
  return type === 'Ip' ? found : [...new Set([...found, ...derived.flatMap(integersNear)])];
}

/** Numbers that stand in a condition, with their neighbours. */
function integersNear({ condition }: Atom): readonly bigint[] {
  const parts = condition === undefined ? [] : [...walk(condition)];
  return parts.flatMap(integersIn).flatMap((one) => [one, one + 1n, one - 1n]);
}

/** The values that a condition names, as `nameOf` writes them: the likeliest to make it true. */
export function namesIn(condition: Expression): readonly string[] {
  const parts = [...walk(condition)];
  const numbers = parts.flatMap(integersIn).flatMap((one) => [one, one + 1n, one - 1n]);
  return [...fragmentsOf(condition), ...numbers, ...parts.flatMap(addressesIn)].flatMap((one) => nameOf(one));
}

/** Tells values of one place apart; none for what no condition names by itself. */
export function nameOf(value: Sample): readonly string[] {
  if (typeof value === 'string') return [`"${value}`];
  if (typeof value === 'bigint') return [`${value}`];
  return typeof value === 'object' && 'version' in value ? [printAddress(value)] : [];
}

function addressesIn(part: Argument): readonly Address[] {
  if (part.kind === 'ip') return [part.address];
  if (part.kind !== 'in') return [];
  return part.items.flatMap((item) =>
    item.kind === 'ips' ? [{ version: item.range.version, value: item.range.first }] : [],
  );
}

function integersIn(part: Argument): readonly bigint[] {
  if (part.kind === 'int') return [part.value];
  if (part.kind === 'bits') return [part.mask];
  if (part.kind !== 'in') return [];
  return part.items.flatMap((item) => (item.kind === 'ints' ? [item.first, item.last] : []));
}

function sampleOf(label: ValueClass['label']): Sample {
  if (label.kind === 'range') return label.range.first < 0n ? 0n : numberIn(label);
  return label.kind === 'value' ? label.value : undefined;
}

/** Maps with one, all, or all but one of the texts that conditions name as keys, and what they name in it. */
function maps(type: Type, atoms: readonly Atom[]): readonly Sample[] {
  const element = elementOf(type) ?? type;
  const isArray = element.startsWith('Array');
  const conditions = atoms.flatMap(({ condition }) => condition ?? []);
  const named = [...new Set(conditions.flatMap(fragmentsOf)), 'other'];
  const isText = (isArray ? elementOf(element) : element) === 'Bytes';
  const values = (isText ? named : [0n, ...atoms.flatMap(integersNear)]).slice(0, mostOfMap);
  const keys = named.flatMap((one) => fromBytes(one) ?? []).slice(0, mostOfMap);
  const entry = (key: string, value: Sample) => [key, isArray ? [value] : value] as const;
  const one = keys.flatMap((key) => values.map((value) => new Map([entry(key, value)])));
  const all = keys.map((key) => entry(key, values.at(-1)));
  const many = keys.map((key) => new Map(all.filter(([other]) => other !== key)));
  return [new Map(), ...one, new Map(all), ...many];
}

const mostOfMap = 30;

function arrays(values: readonly Sample[], key: string, atoms: readonly Atom[]): Sample[] {
  const [first] = values;
  const position = farthestPosition(atoms, key);
  const singles = values.map((value) => [value]);
  const behind =
    position === 0
      ? []
      : values.map((value) => [...Array<Sample>(position).fill(idle(value ?? first)), value]);
  const few = values.slice(0, 8);
  const pairs = few.flatMap((one) => few.map((other) => [one, other]));
  const long = new Set(atoms.flatMap(integersNear).filter((one) => one > 2n && one <= 20n));
  const filled = Array.from(long, (length) => Array<Sample>(Number(length)).fill(first));
  return [...singles, [], ...filled, ...[...behind, ...pairs].slice(0, most)];
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

function texts({ key, place, atoms }: Source): readonly Sample[] {
  const domain = domainOf(key);
  const other = toBytes(usual[place.name] ?? 'other');
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
  // Conditions of one rule mostly stand together.
  const plain = patterns.map((one) => one.texts.join(''));
  const several = plain.flatMap((_, at) => [3, 4].map((count) => plain.slice(at, at + count).join('')));
  const documented = domain?.kind === 'texts' ? domain.texts : [];
  const pairs = fragments.slice(0, 8).flatMap((one) => fragments.slice(0, 8).map((two) => one + two));
  const around = fragments.flatMap((one) => [
    `${one}0`,
    one.toLowerCase(),
    one.toUpperCase(),
    one.slice(1),
    one.slice(0, -1),
  ]);
  const more = [...joined, ...several.slice(0, most / 4), ...lengths(atoms), '', ...around, ...pairs].slice(
    0,
    most,
  );
  return [...new Set([other, ...documented, ...fragments, ...more])];
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
function fragmentsOf(condition: Expression): readonly string[] {
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
