import type { Span } from '../problem/problem.ts';
import { codePoints, type Located } from './place.ts';

/** A stretch of a text that stands in the file exactly as it reads, on one line. */
interface Stretch {
  /** Offset in the text, in UTF-16 units. */
  readonly from: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
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
 * scalars; the whole value where escapes other than those of quotes and backslashes hide the place.
 */
export function spanWithin(text: LocatedText, from: number, to: number): Span {
  const first = text.stretches.findLast((one) => one.from <= from);
  const last = text.stretches.findLast((one) => one.from < to) ?? first;
  if (first === undefined || last === undefined) return text.span;
  const start = columnIn(text, first, from);
  const end = columnIn(text, last, Math.max(from, to));
  return { file: text.span.file, line: first.line, column: start, endLine: last.line, endColumn: end };
}

function columnIn(text: LocatedText, stretch: Stretch, offset: number): number {
  const until = Math.min(offset, stretch.from + stretch.length);
  return stretch.column + codePoints(text.value.slice(stretch.from, until));
}

/** Finds the stretches of a scalar by walking its lines in the file and its value side by side. */
export function locateText(at: Located<string>, written: Written): LocatedText {
  const { value } = at;
  const stretches: Stretch[] = [];
  let done = 0;
  for (const piece of pieces(written, at.span)) {
    const from = value.startsWith(piece.text, done) ? done : skipBlanks(value, done);
    if (!value.startsWith(piece.text, from)) return { ...at, stretches: [] };
    stretches.push({ from, length: piece.text.length, line: piece.line, column: piece.column });
    done = from + piece.text.length;
  }
  return { ...at, stretches: skipBlanks(value, done) === value.length ? stretches : [] };
}

/** Between two lines of the file a value holds nothing but spaces and line ends: YAML's folding adds no more. */
function skipBlanks(value: string, from: number): number {
  let offset = from;
  while (offset < value.length && ' \t\r\n'.includes(value.charAt(offset))) offset += 1;
  return offset;
}

interface Piece {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** The parts of a scalar that its value repeats verbatim: its lines, without margins and without quoting. */
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

const quoting = { single: /'(?=')/g, double: /\\(?=["\\/])/g } as const;

/** Cuts a piece where one character of the file only quotes the next one. */
function* unquoted(piece: Piece, style: Written['style']): Generator<Piece> {
  if (piece.text === '') return;
  if (style !== 'single' && style !== 'double') return yield piece;
  const { text, line } = piece;
  let { column } = piece;
  let from = 0;
  const quote = new RegExp(quoting[style]);
  for (let match = quote.exec(text); match !== null; match = quote.exec(text)) {
    const part = text.slice(from, match.index);
    if (part !== '') yield { text: part, line, column };
    // The quote itself takes one column.
    column += codePoints(part) + 1;
    from = match.index + 1;
    // The quoted character itself quotes nothing.
    quote.lastIndex = from + 1;
  }
  if (from < text.length) yield { text: text.slice(from), line, column };
}
