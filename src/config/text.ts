import type { Span } from '../problem/problem.ts';
import { codePoints, type Located } from './place.ts';

/** A stretch of a text that stands on one line of the file: exactly as it reads, or as one escape. */
interface Stretch {
  /** Offset in the text, in UTF-16 units. */
  readonly from: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
  /** How many columns an escape takes in the file; absent where the file shows the text itself. */
  readonly width?: number;
}

/** A text that knows where in the file each part of it stands. */
export interface LocatedText extends Located<string> {
  /** In order; empty where text and file differ too much to tell. */
  readonly stretches: readonly Stretch[];
}

/** How a scalar stands in the file: its text with quotes or block header, and the style of its YAML. */
export interface Written {
  readonly raw: string;
  readonly style: 'plain' | 'single' | 'double' | 'block';
}

/**
 * The span in the file of a part of a text, by UTF-16 offsets, the end exclusive: exact for plain, quoted and block
 * scalars, escapes included; the whole value where text and file cannot be laid side by side.
 */
export function spanWithin(text: LocatedText, from: number, to: number): Span {
  if (text.stretches.length === 0) return text.span;
  const start = startOf(text, from);
  const end = to > from ? endOf(text, to) : start;
  return {
    file: text.span.file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

type Point = Pick<Span, 'line' | 'column'>;

/** A part that begins in the blanks before a line stands on that line, not behind the line above. */
function startOf(text: LocatedText, offset: number): Point {
  const before = text.stretches.findLast((one) => one.from <= offset);
  const isInside = before !== undefined && offset < before.from + before.length;
  const next = isInside ? undefined : text.stretches.find((one) => one.from > offset);
  const margin = next === undefined ? '' : text.value.slice(offset, next.from);
  const isOnNextLine = before === undefined || text.value.slice(before.from, offset).includes('\n');
  if (next !== undefined && isOnNextLine && !margin.includes('\n')) {
    return { line: next.line, column: next.column - codePoints(margin) };
  }
  return pointIn(text, before, offset);
}

function endOf(text: LocatedText, offset: number): Point {
  const last = text.stretches.findLast((one) => one.from < offset);
  return last === undefined ? startOf(text, offset) : pointIn(text, last, offset);
}

function pointIn(text: LocatedText, stretch: Stretch | undefined, offset: number): Point {
  if (stretch === undefined) return text.span;
  const { from, length, line, column, width } = stretch;
  if (width !== undefined) return { line, column: offset > from ? column + width : column };
  return { line, column: column + codePoints(text.value.slice(from, Math.min(offset, from + length))) };
}

/** Finds the stretches of a scalar by walking its lines in the file and its value side by side. */
export function locateText(at: Located<string>, written: Written): LocatedText {
  const { value } = at;
  const stretches: Stretch[] = [];
  let done = 0;
  for (const piece of pieces(written, at.span)) {
    const from = value.startsWith(piece.text, done) ? done : skipBlanks(value, done);
    if (!value.startsWith(piece.text, from)) return { ...at, stretches: [] };
    const { text, ...place } = piece;
    stretches.push({ from, length: text.length, ...place });
    done = from + text.length;
  }
  return { ...at, stretches: skipBlanks(value, done) === value.length ? stretches : [] };
}

/** Between two lines of the file a value holds nothing but spaces and line ends: YAML's folding adds no more. */
function skipBlanks(value: string, from: number): number {
  let offset = from;
  while (offset < value.length && ' \t\r\n'.includes(value.charAt(offset))) offset += 1;
  return offset;
}

/** `text` is what the value holds; the rest as in `Stretch`. */
type Piece = Omit<Stretch, 'from' | 'length'> & { readonly text: string };

/** The parts of a scalar that its value holds in their order: its lines, without margins, cut at every escape. */
function* pieces({ raw, style }: Written, span: Span): Generator<Piece> {
  const lines = raw.split('\n');
  for (const [index, line] of lines.entries()) {
    if (style === 'block' && index === 0) continue;
    const opened = index === 0 && style !== 'plain' ? 1 : 0;
    const closed = index === lines.length - 1 && (style === 'single' || style === 'double') ? 1 : 0;
    const body = line.slice(opened, line.length - closed);
    const margin = style === 'block' || index > 0 ? body.length - body.replace(/^[ \t]+/, '').length : 0;
    const text = body.slice(margin).replace(/[ \t\r]+$/, closed === 1 ? '$&' : '');
    const column = (index === 0 ? span.column : 1) + opened + margin;
    yield* unquoted({ text, line: span.line + index, column }, style);
  }
}

/** What stands in a quoted scalar for another text; in double quotes also a line end that is left out. */
const escapes = {
  single: /''/g,
  double: /\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.|$)/gs,
} as const;

/** Cuts a piece at its escapes. */
function* unquoted(piece: Piece, style: Written['style']): Generator<Piece> {
  if (piece.text === '') return;
  if (style !== 'single' && style !== 'double') return yield piece;
  const { line } = piece;
  let { column } = piece;
  let from = 0;
  for (const { 0: written, index } of piece.text.matchAll(escapes[style])) {
    const before = piece.text.slice(from, index);
    if (before !== '') yield { text: before, line, column };
    column += codePoints(before);
    const text = meant(written);
    if (text !== '') yield { text, line, column, width: codePoints(written) };
    column += codePoints(written);
    from = index + written.length;
  }
  if (from < piece.text.length) yield { text: piece.text.slice(from), line, column };
}

/** The escapes of one letter (YAML 1.2.2, 5.7); whatever else follows a backslash stands for itself. */
const letters: Readonly<Record<string, string>> = {
  0: '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

function meant(written: string): string {
  const found = written.slice(1);
  if (found.length > 1) return String.fromCodePoint(Number.parseInt(found.slice(1), 16));
  return letters[found] ?? found;
}
