import { LineCounter } from 'yaml';
import type { Note, Span } from '../problem/problem.ts';

/** One file's text. `file` is the path as the user gave it; `directory` is what `content_file` is relative to. */
export interface ConfigSource {
  readonly file: string;
  readonly text: string;
  readonly directory: string;
}

/** Where something is defined, and the aliases through which it got to where it counts, outermost first. */
export interface Place {
  readonly span: Span;
  readonly uses: readonly Span[];
}

/** A value with its place. */
export interface Located<T> extends Place {
  readonly value: T;
}

/** The notes of a problem at a place: one for each alias that leads to it. */
export function notesOf(place: Place): { notes?: readonly Note[] } {
  return place.uses.length === 0 ? {} : { notes: place.uses.map((span) => ({ message: 'used here', span })) };
}

/** The span from one offset of a text to another, without white space at its end. */
export type SpanFinder = (from: number, to: number) => Span;

/** A finder for one source. */
export function spanFinder({ file, text }: ConfigSource): SpanFinder {
  const lines = linesOf(text);
  // Only a text with characters beyond U+FFFF has columns that differ from offsets.
  const wide = /[\u{10000}-\u{10ffff}]/u.test(text);
  // Places are mostly asked for in the order of the text, and a line may be megabytes long.
  let last = { line: 0, offset: 0, column: 1 };
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    if (!wide) return { line, column: col };
    const known =
      last.line === line && last.offset <= offset ? last : { line, offset: offset - col + 1, column: 1 };
    last = { line, offset, column: known.column + codePoints(text.slice(known.offset, offset)) };
    return { line, column: last.column };
  };
  return (from, to) => {
    let end = Math.max(from, to);
    while (end > from + 1 && ' \t\r\n'.includes(text.charAt(end - 1))) end -= 1;
    const first = place(from);
    const last = place(end);
    return { file, line: first.line, column: first.column, endLine: last.line, endColumn: last.column };
  };
}

/** Counted here, because a parser that stumbles over a character may miss the end of its line. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}

/** The number of Unicode code points in a text. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
