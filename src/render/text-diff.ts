import { structuredPatch } from 'diff';
import { visible } from '../problem/printable.ts';
import { linePair, mostEdits, type Pair, type Part, shownLine } from './line-pair.ts';

/** A line of a unified diff, made visible: a hunk's header (`@`), context (blank), or a line of one side in its parts. */
export type DiffLine =
  | { readonly mark: '@'; readonly text: string }
  | { readonly mark: ' '; readonly text: string }
  | ChangedLine;

/** A line of one side; `pair` is the change that it is one side of, absent where nothing stands in its place. */
export interface ChangedLine {
  readonly mark: '+' | '-';
  readonly parts: readonly Part[];
  readonly pair?: Pair;
}

const contextLines = 3;

/**
 * The unified diff of two texts with three lines of context. Trailing line breaks are no difference (they never are
 * in a plan); each removed line is paired with the added one in its place to tell what of it stays.
 */
export function textDiff(before: string, after: string): readonly DiffLine[] {
  const [from, to] = [ended(before), ended(after)];
  const options = { context: contextLines, maxEditLength: mostEdits };
  const patch = structuredPatch('', '', from, to, undefined, undefined, options);
  if (patch === undefined) return paired(linesOf(from), linesOf(to));
  const single = patch.hunks.length === 1 && linesOf(from).length + linesOf(to).length === 2;
  return patch.hunks.flatMap((hunk) => [
    ...(single ? [] : [{ mark: '@', text: header(hunk) } as const]),
    ...hunkLines(hunk.lines),
  ]);
}

function ended(text: string): string {
  return text === '' ? '' : `${text.replace(/\n+$/, '')}\n`;
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').slice(0, -1);
}

interface HunkPlace {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
}

function header({ oldStart, oldLines, newStart, newLines }: HunkPlace): string {
  return `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`;
}

/** Runs of removed lines followed by added ones become pairs; everything else is context. */
function hunkLines(lines: readonly string[]): readonly DiffLine[] {
  const out: DiffLine[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const endRun = () => {
    out.push(...paired(removed, added));
    removed = [];
    added = [];
  };
  for (const line of lines) {
    const text = line.slice(1);
    if (line.startsWith('-')) removed.push(text);
    else if (line.startsWith('+')) added.push(text);
    else {
      endRun();
      out.push({ mark: ' ', text: visible(text) });
    }
  }
  endRun();
  return out;
}

function paired(removed: readonly string[], added: readonly string[]): readonly ChangedLine[] {
  const pairs = removed.slice(0, added.length).map((text, index) => linePair(text, added[index] ?? ''));
  const lines = (mark: '+' | '-', texts: readonly string[]) =>
    texts.map((text, index) => {
      const pair = pairs[index];
      if (pair === undefined) return { mark, parts: [{ text: shownLine(text), same: false }] };
      return { mark, parts: mark === '-' ? pair.before : pair.after, pair };
    });
  return [...lines('-', removed), ...lines('+', added)];
}
