import { fromBytes, printAddress } from '../expression/expression.ts';
import type { VisitorChange, VisitorCondition } from '../model/behaviour.ts';
import { phraseText } from '../model/phrase.ts';
import type { ScopeKind } from '../model/scope.ts';
import { everyStatus, rowWords, type Wordless } from '../model/visitor-words.ts';
import type { Atom } from './atoms.ts';
import type { Box } from './boxes.ts';
import type { Label, ValueClass } from './classes.ts';
import { yes } from './formula.ts';
import type { Change } from './looking.ts';
import { addressAt, integers, type Range } from './predicate.ts';

/** What the numbers in a box stand for. */
export interface Legend {
  readonly classes: ReadonlyMap<string, readonly ValueClass[]>;
  readonly atoms: readonly Atom[];
  /** Whose rules were looked at. */
  readonly lists: readonly ScopeKind[];
}

const status = 'http.response.code';

/** A box of visitors as a row of the table. */
export function rowOf({ sides, content }: Box<Change>, { lists, ...legend }: Legend): VisitorChange {
  const { before, after, differences } = content;
  const statuses = sides.get(status);
  const found = [...sides]
    .filter(([side]) => side !== status)
    .flatMap(([side, places]) => conditionOf(side, places, legend));
  const row: Wordless = {
    status: statuses === undefined ? everyStatus : rangesOf(statuses, legend.classes.get(status) ?? []),
    conditions: [...found, ...content.conditions],
    before,
    after,
    differences,
  };
  return { ...row, words: phraseText(rowWords(row, lists)) };
}

function conditionOf(
  side: string,
  places: readonly number[],
  { classes, atoms }: Omit<Legend, 'lists'>,
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
