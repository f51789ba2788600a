import { cells, graphemes, visible } from './printable.ts';
import type { Span } from './problem.ts';

/** One source line as it can be printed, and where the carets stand under it, in terminal cells counted from 0. */
export interface Excerpt {
  readonly line: number;
  readonly text: string;
  readonly caret: { readonly at: number; readonly length: number };
}

/**
 * The line on which a span begins, made visible and cut around the span to `width` cells; a span of several lines is
 * marked to the end of the first. Undefined where the source has no such line.
 */
export function excerpt(source: string, span: Span, width: number): Excerpt | undefined {
  const whole = lineOf(source, span.line);
  if (whole === undefined) return undefined;
  const { line, column } = windowOf(whole, span.column);
  const points = Array.from(line);
  const end = span.endLine > span.line ? points.length : span.endColumn - 1 - (span.column - column);
  const from = cells(visible(points.slice(0, column - 1).join('')));
  const to = cells(visible(points.slice(0, end).join('')));
  const { text, shift } = around(visible(line), from, width);
  const at = Math.max(0, from - shift);
  const length = Math.max(1, Math.min(to - from, cells(text) - at));
  return { line: span.line, text, caret: { at, length } };
}

/** UTF-16 units on either side of a place that are looked at in a long line: more than any terminal is wide. */
const margin = 2_000;

/** The part of a line around a column, and the column in it: a file may be one line of megabytes. */
function windowOf(line: string, column: number): { readonly line: string; readonly column: number } {
  if (line.length <= 2 * margin) return { line, column };
  let offset = 0;
  for (let passed = 1; passed < column; passed += 1)
    offset += (line.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  const before = Array.from(line.slice(Math.max(0, offset - margin), offset));
  return { line: before.join('') + line.slice(offset, offset + margin), column: before.length + 1 };
}

/** Lines end at a line feed alone, as the YAML reader counts them; a carriage return before it is no part of the line. */
function lineOf(source: string, line: number): string | undefined {
  const starts = startsOf(source);
  const start = starts[line - 1];
  if (start === undefined) return undefined;
  const next = starts[line];
  return source.slice(start, next === undefined ? undefined : next - 1).replace(/\r$/, '');
}

/** Where the lines begin of the source that was asked for last: thousands of problems may quote the same one. */
let indexed: { readonly source: string; readonly starts: readonly number[] } | undefined;

function startsOf(source: string): readonly number[] {
  if (indexed?.source !== source) {
    const starts = [0];
    for (let end = source.indexOf('\n'); end >= 0; end = source.indexOf('\n', end + 1)) starts.push(end + 1);
    indexed = { source, starts };
  }
  return indexed.starts;
}

/** The part of a long line that holds cell `focus`, and how many cells it stands further left than in the whole line. */
function around(text: string, focus: number, width: number): { text: string; shift: number } {
  const total = cells(text);
  if (total <= width) return { text, shift: 0 };
  const start = Math.max(0, Math.min(focus - Math.floor(width / 3), total - width));
  const left = start > 0 ? '…' : '';
  const right = start + width < total ? '…' : '';
  const from = start + left.length;
  const to = start + width - right.length;
  let at = 0;
  let first: number | undefined;
  let shown = '';
  for (const one of graphemes(text)) {
    if (at >= from && at + one.cells <= to) {
      first ??= at;
      shown += one.text;
    }
    at += one.cells;
  }
  return { text: left + shown + right, shift: (first ?? start) - left.length };
}
