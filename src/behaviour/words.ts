import { fromBytes, printAddress } from '../expression/expression.ts';
import type { Seen, VisitorChange, VisitorCondition } from '../model/behaviour.ts';
import type { Atom } from './atoms.ts';
import type { Box } from './boxes.ts';
import type { Change } from './change.ts';
import type { Label, ValueClass } from './classes.ts';
import { yes } from './formula.ts';
import { addressAt, integers, type Range } from './predicate.ts';
import type { RuleLists } from './rules.ts';

/** What the numbers in a box stand for. */
export interface Legend {
  readonly classes: ReadonlyMap<string, readonly ValueClass[]>;
  readonly atoms: readonly Atom[];
  readonly lists: RuleLists;
}

const status = 'http.response.code';

/** A box of visitors in words. */
export function rowOf({ sides, content }: Box<Change>, legend: Legend): VisitorChange {
  const { before, after, passed } = content;
  const statuses = sides.get(status);
  const found = [...sides]
    .filter(([side]) => side !== status)
    .flatMap(([side, places]) => conditionOf(side, places, legend));
  const conditions = [...found, ...passed.map((rule): VisitorCondition => ({ kind: 'unless', rule }))];
  const row = {
    status: statuses === undefined ? '400-999' : rangesOf(statuses, legend.classes.get(status) ?? []),
    conditions,
  };
  const where = conditions.length === 0 ? 'anywhere' : whereWords(conditions);
  const who = statuses === undefined ? 'any error' : row.status;
  return { ...row, before, after, words: `${who} ${where}: ${changeWords(content, legend.lists)}` };
}

function conditionOf(
  side: string,
  places: readonly number[],
  { classes, atoms }: Legend,
): readonly VisitorCondition[] {
  const all = classes.get(side);
  if (all === undefined) {
    const text = atoms[Number(side)]?.text ?? '';
    return [{ kind: 'part', text, holds: places[0] === yes }];
  }
  const chosen = places.flatMap((at) => all[at] ?? []);
  const rest = all.filter((one) => one.label.kind === 'rest');
  const isNot = rest.length > 0 && rest.every((one) => chosen.includes(one));
  const named = isNot ? all.filter((one) => !chosen.includes(one)) : chosen;
  return [{ kind: 'field', field: side, values: valuesOf(named.map(({ label }) => label)), isNot }];
}

function rangesOf(places: readonly number[], all: readonly ValueClass[]): string {
  return valuesOf(places.flatMap((at) => all[at]?.label ?? [])).join(', ');
}

/** Numbers that follow one another become one range. */
function valuesOf(labels: readonly Label[]): readonly string[] {
  const ranges: Range[] = [];
  const words: string[] = [];
  for (const label of labels) {
    const range = numbersOf(label);
    const last = ranges.at(-1);
    if (range === undefined) words.push(labelWords(label));
    else if (last?.last === range.first - 1n) ranges.splice(-1, 1, { first: last.first, last: range.last });
    else ranges.push(range);
  }
  return [...ranges.map(rangeWords), ...words];
}

function numbersOf(label: Label): Range | undefined {
  if (label.kind === 'range' && label.type === 'Int') return label.range;
  if (label.kind === 'value' && typeof label.value === 'bigint')
    return { first: label.value, last: label.value };
  return undefined;
}

function rangeWords({ first, last }: Range): string {
  if (first === last) return `${first}`;
  if (first === integers.first) return `up to ${last}`;
  return last === integers.last ? `from ${first}` : `${first}-${last}`;
}

function labelWords(label: Label): string {
  switch (label.kind) {
    case 'missing':
      return 'nothing';
    case 'range':
      return `${printAddress(addressAt(label.range.first))}..${printAddress(addressAt(label.range.last))}`;
    case 'rest':
      return ['others', ...bound('after', label.above), ...bound('before', label.below)].join(' ');
    default:
      return valueWords(label.value);
  }
}

function bound(word: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : [`${word} "${fromBytes(text) ?? text}"`];
}

function valueWords(value: Extract<Label, { kind: 'value' }>['value']): string {
  if (typeof value === 'string') return fromBytes(value) ?? value;
  return typeof value === 'object' && 'version' in value ? printAddress(value) : `${value}`;
}

const prepositions: Readonly<Record<string, readonly [is: string, isNot: string]>> = {
  'http.host': ['on', 'on other hosts than'],
  'http.request.uri.path': ['at', 'at other paths than'],
  'http.request.method': ['for', 'for other methods than'],
  'ip.src.country': ['from', 'from other countries than'],
};

function whereWords(conditions: readonly VisitorCondition[]): string {
  const short = conditions.filter((one) => one.kind === 'field' && prepositions[one.field] !== undefined);
  const long = conditions.filter((one) => one.kind !== 'unless' && !short.includes(one)).map(conditionWords);
  const passed = conditions.flatMap((one) => (one.kind === 'unless' ? [one.rule.ref] : []));
  return [
    ...short.map(conditionWords),
    ...(long.length === 0 ? [] : [`where ${long.join(' and ')}`]),
    ...(passed.length === 0 ? [] : [`unless ${passed.join(' or ')} answers`]),
  ].join(' ');
}

function conditionWords(condition: VisitorCondition): string {
  if (condition.kind === 'unless') return condition.rule.ref;
  if (condition.kind === 'part') return condition.holds ? condition.text : `not ${condition.text}`;
  const { field, values, isNot } = condition;
  if (isNot && values.join() === 'nothing') return `${field} is given`;
  const list = values.map((value) => (value === '' ? '""' : value)).join(', ');
  const [is, other] = prepositions[field] ?? [`${field} is`, `${field} is not`];
  return `${isNot ? other : is} ${list}`;
}

function changeWords({ before, after }: Change, lists: RuleLists): string {
  const [from, to] = [seenWords(before, lists), seenWords(after, lists)];
  return from === to && after.kind === 'rule' ? `${from} → ${to} with another page` : `${from} → ${to}`;
}

function seenWords(seen: Seen, { zone, account }: RuleLists): string {
  if (seen.kind === 'unknown') return 'unknown';
  if (seen.kind === 'rule')
    return seen.scope === 'account' && zone !== undefined ? `account rule ${seen.ref}` : seen.ref;
  if (zone !== undefined && account !== undefined) return 'no rule';
  return zone === undefined ? 'no account rule' : 'no zone rule';
}
