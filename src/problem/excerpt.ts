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
  const line = lineOf(source, span.line);
  if (line === undefined) return undefined;
  const points = Array.from(line);
  const end = span.endLine > span.line ? points.length : span.endColumn - 1;
  const from = cells(visible(points.slice(0, span.column - 1).join('')));
  const to = cells(visible(points.slice(0, end).join('')));
  const { text, shift } = around(visible(line), from, width);
  const at = Math.max(0, from - shift);
  const length = Math.max(1, Math.min(to - from, cells(text) - at));
  return { line: span.line, text, caret: { at, length } };
}

/** Lines end at a line feed alone, as the YAML reader counts them; a carriage return before it is no part of the line. */
function lineOf(source: string, line: number): string | undefined {
  let start = 0;
  for (let skipped = 1; skipped < line; skipped += 1) {
    start = source.indexOf('\n', start) + 1;
    if (start === 0) return undefined;
  }
  const end = source.indexOf('\n', start);
  return source.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
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
