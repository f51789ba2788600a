import { cells, cut, fold, visible } from '../problem/printable.ts';
import type { Detail } from './entries.ts';
import { dotted, elided, fromFirstDifference, lineText, type Pair, type Part } from './line-pair.ts';
import type { Paint, Tone } from './paint.ts';
import { type ChangedLine, type DiffLine, textDiff } from './text-diff.ts';

/** Lines of a page that are shown where it comes or goes as a whole; a page that changes is shown by its diff. */
const mostLines = 6;

/** Rows that one changed line of a page may take; other fields are short enough by their own limits to be shown whole. */
const mostRows = 6;

/** Lines that take more rows lose the long parts that both sides have in common. */
const mostWholeRows = 4;

/** The room that rows have, in cells, and the painter of the page. */
interface Room {
  readonly width: number;
  readonly paint: Paint;
}

/** A field in rows of at most `width` cells: on one line where it is short, behind a gutter where it is not. */
export function detailRows(detail: Detail, room: Room): readonly string[] {
  const label = room.paint('dim', `${visible(detail.field)}:`);
  const short = oneLine(detail);
  if (short !== undefined && cells(`${detail.field}: ${short}`) <= room.width) return [`${label} ${short}`];
  return [label, ...longRows(detail, { ...room, width: room.width - 2 })];
}

function oneLine(detail: Detail): string | undefined {
  if (detail.kind === 'text') return lone(detail.text);
  const before = quoted(detail.before);
  const after = quoted(detail.after);
  if (before === undefined || after === undefined) return undefined;
  if (before !== after || detail.before === detail.after) return `${before} → ${after}`;
  return `${inJson(detail.before)} → ${inJson(detail.after)}`;
}

/** The visible text of a single line, without the line breaks at its end. */
function lone(text: string): string | undefined {
  const body = text.replace(/\n+$/, '');
  return body.includes('\n') ? undefined : visible(body);
}

/** A value beside an arrow stands in quotes where its ends could not be seen otherwise. */
function quoted(text: string | undefined): string | undefined {
  if (text === undefined) return '(not set)';
  const shown = lone(text);
  return shown === undefined || (shown !== '' && !/^ | $|→/.test(shown)) ? shown : `"${shown}"`;
}

/** For two sides that read alike and are not. */
function inJson(text: string | undefined): string {
  return text === undefined ? '(not set)' : visible(JSON.stringify(text));
}

function longRows(detail: Detail, room: Room): readonly string[] {
  if (detail.kind === 'text') return wholeRows(detail.text, { ...room, field: detail.field });
  const { field, before, after } = detail;
  if (before === undefined) return wholeRows(after ?? '', { ...room, field, mark: '+' });
  if (after === undefined) return wholeRows(before, { ...room, field, mark: '-' });
  return textDiff(before, after).flatMap((line) => diffRows(line, { ...room, field }));
}

interface Whole extends Room {
  readonly field: string;
  readonly mark?: '+' | '-';
}

function wholeRows(text: string, { mark, ...room }: Whole): readonly string[] {
  const lines = text.replace(/\n+$/, '').split('\n').map(visible);
  const shown = room.field === 'content' ? lines.slice(0, mostLines) : lines;
  const more = lines.length - shown.length;
  const rest = more > 0 ? [behindGutter(room.paint('dim', `… ${more} more lines`), room)] : [];
  const rows = shown.flatMap((line) =>
    mark
      ? diffRows({ mark, parts: [{ text: line, same: false }] }, room)
      : limited(fold(line, room.width), room).map((row, index) => behindGutter(row, room, index > 0)),
  );
  return [...rows, ...rest];
}

function behindGutter(row: string, { paint }: Room, continued = false): string {
  return `${paint('dim', continued ? '┊' : '│')} ${row}`;
}

function limited(rows: readonly string[], { field, width }: Field): readonly string[] {
  if (field !== 'content' || rows.length <= mostRows) return rows;
  return [...rows.slice(0, mostRows - 1), cut(rows.slice(mostRows - 1).join(''), width)];
}

const markTones = { '+': 'add', '-': 'destroy' } as const satisfies Record<string, Tone>;

function diffRows(line: DiffLine, room: Room & { readonly field: string }): readonly string[] {
  const { paint } = room;
  if (line.mark === '@') return [behindGutter(paint('dim', line.text), room)];
  if (line.mark === ' ') return [behindGutter(`  ${cut(line.text, room.width - 2)}`, room)];
  const tone = markTones[line.mark];
  const { rows, parts } = laidOut(line, { ...room, width: room.width - 2 });
  return paintedRows(rows, parts, (part) => (part.same ? part.text : paint(tone, part.text))).map(
    (row, index) => behindGutter(`${index === 0 ? paint(tone, line.mark) : ' '} ${row}`, room, index > 0),
  );
}

/** Parts of a line and the rows that hold their text, or the beginning of it and an ellipsis. */
interface Laid {
  readonly parts: readonly Part[];
  readonly rows: readonly string[];
}

interface Field {
  readonly field: string;
  readonly width: number;
}

/** The rows of one side, which never read as those of the other: then both begin shortly before their first difference. */
function laidOut({ mark, parts, pair }: ChangedLine, field: Field): Laid {
  if (pair === undefined) return laid(parts, field);
  const sides = bothLaid(isLong(pair, field.width) ? elided(pair) : pair, field);
  const seen = ({ rows }: Laid) => rows.map((row) => row.trimEnd()).join('\n');
  const isTold = seen(sides['-']) !== seen(sides['+']) || lineText(pair.before) === lineText(pair.after);
  if (isTold) return sides[mark];
  const side = bothLaid(fromFirstDifference(pair), field)[mark];
  return { ...side, rows: side.rows.map(dotted) };
}

function bothLaid({ before, after }: Pair, field: Field): Readonly<Record<'-' | '+', Laid>> {
  return { '-': laid(before, field), '+': laid(after, field) };
}

function laid(parts: readonly Part[], field: Field): Laid {
  return { parts, rows: limited(fold(lineText(parts), field.width), field) };
}

function isLong({ before, after }: Pair, width: number): boolean {
  return [before, after].some((parts) => cells(lineText(parts)) > mostWholeRows * width);
}

/** Lays painted parts over rows that hold the same text, or the beginning of it and an ellipsis. */
function paintedRows(
  rows: readonly string[],
  parts: readonly Part[],
  painted: (part: Part) => string,
): readonly string[] {
  const queue = parts.map((part) => ({ ...part }));
  return rows.map((row) => {
    let rest = row;
    let out = '';
    while (rest !== '') {
      const part = queue[0] ?? { text: rest, same: false };
      const text = rest.slice(0, part.text.length);
      out += text === '' ? '' : painted({ text, same: part.same });
      rest = rest.slice(text.length);
      part.text = part.text.slice(text.length);
      if (part.text === '') queue.shift();
    }
    return out;
  });
}
