import type { Index } from './ast.ts';
import { fromBytes } from './bytes.ts';
import { type Cursor, foundHere, skipBlanks, takes, unexpected } from './cursor.ts';
import { matchEnd } from './token.ts';
import { elementOf, type Type, typeWords } from './types.ts';
import { type Read, readInt, readText } from './values.ts';

/** What is indexed: its name in words, its type, and whether that type is beyond doubt. */
interface Base {
  readonly name: string;
  readonly type: Type | undefined;
  readonly isSure: boolean;
}

export interface Indexes {
  readonly indexes: readonly Index[];
  readonly type: Type | undefined;
}

/** Takes the indexes behind a name, which follow it without a blank (wirefilter `ast/index_expr.rs`). */
export function takeIndexes(cursor: Cursor, base: Base): Indexes | undefined {
  const indexes: Index[] = [];
  let { type } = base;
  for (;;) {
    reportBlank(cursor);
    const from = cursor.at;
    if (!takes(cursor, '[')) return { indexes, type };
    skipBlanks(cursor);
    const index = takeIndex(cursor);
    if (index === undefined) return undefined;
    skipBlanks(cursor);
    if (!takes(cursor, ']')) return unexpected(cursor, 'the closing bracket ]');
    indexes.push(index);
    if (type === undefined) continue;
    if (!fits(index, type) && base.isSure) reportMisfit(cursor, { ...base, type }, from);
    type = fits(index, type) ? elementOf(type) : undefined;
  }
}

function fits({ kind }: Index, type: Type): boolean {
  return (type.startsWith('Array') && kind !== 'key') || (type.startsWith('Map') && kind !== 'position');
}

function takeIndex(cursor: Cursor): Index | undefined {
  const { text, at } = cursor;
  if (takes(cursor, '*')) return { kind: 'each' };
  const key = text[at] === '"' ? readText(text, at) : undefined;
  if (key !== undefined) return mapKey(cursor, key);
  const position = readInt(text, at);
  if (position !== undefined && position.value >= 0n && position.value < 2n ** 32n) {
    cursor.at = position.to;
    return { kind: 'position', position: Number(position.value) };
  }
  const hint = text[at] === 'r' ? 'a key is written in plain quotes, not as a raw string' : undefined;
  return unexpected(cursor, 'a key in quotes, a position from 0 to 4294967295, or *', hint);
}

function mapKey(cursor: Cursor, read: Read<string>): Index | undefined {
  const key = fromBytes(read.value);
  cursor.faults.push(...(read.faults ?? []));
  if (key === undefined) return unexpected(cursor, 'a key that is UTF-8');
  cursor.at = read.to;
  return { kind: 'key', key };
}

function reportBlank(cursor: Cursor): void {
  const to = matchEnd(/[ \r\n]+(?=\[)/y, cursor.text, cursor.at);
  if (to === undefined) return;
  cursor.faults.push({
    code: 'expression/blank-before-index',
    message: `a blank stands before ${foundHere({ ...cursor, at: to })}`,
    from: cursor.at,
    to,
    hint: 'remove the blank',
  });
  cursor.at = to;
}

const ways = {
  Array: 'a position such as [0], or [*] for every element',
  Map: 'a key such as ["name"], or [*] for every element',
};

function reportMisfit(cursor: Cursor, { name, type }: { name: string; type: Type }, from: number): void {
  const way = type.startsWith('Array') ? ways.Array : type.startsWith('Map') ? ways.Map : undefined;
  cursor.faults.push({
    code: 'expression/index-type',
    message: `${cursor.text.slice(from, cursor.at)} does not fit "${name}", which is ${typeWords(type)} there`,
    from,
    to: cursor.at,
    hint: way === undefined ? 'remove the index' : `it takes ${way}`,
  });
}
