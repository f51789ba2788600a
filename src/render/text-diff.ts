import { diffWordsWithSpace, structuredPatch } from 'diff';
import { visible } from '../problem/printable.ts';

/** A stretch of a changed line; `same` stands in its counterpart too. */
export interface Part {
  readonly text: string;
  readonly same: boolean;
}

/** A line of a unified diff, made visible: a hunk's header (`@`), context (blank), or a line of one side in its parts. */
export type DiffLine =
  | { readonly mark: '@'; readonly text: string }
  | { readonly mark: ' '; readonly text: string }
  | { readonly mark: '+' | '-'; readonly parts: readonly Part[] };

const contextLines = 3;

/** The search for a shortest diff ends here, because its cost grows with the square: beyond it everything is replaced. */
const mostEdits = 2_000;

/** A line that keeps less than this share of itself is a new line. */
const leastKinship = 0.4;

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

function paired(removed: readonly string[], added: readonly string[]): readonly DiffLine[] {
  const pairs = removed.map((text, index) => partsOf(shown(text), shown(added[index] ?? '')));
  return [
    ...pairs.map(({ before }) => ({ mark: '-', parts: before }) as const),
    ...added.map((text, index) => {
      const parts = pairs[index]?.after ?? [{ text: shown(text), same: false }];
      return { mark: '+', parts } as const;
    }),
  ];
}

/** Blanks at the end of a line that changes are dots: they may be all that changes. */
function shown(text: string): string {
  return visible(text).replace(/ +$/, (blanks) => '·'.repeat(blanks.length));
}

interface Pair {
  readonly before: readonly Part[];
  readonly after: readonly Part[];
}

function partsOf(before: string, after: string): Pair {
  const whole = { before: [{ text: before, same: false }], after: [{ text: after, same: false }] };
  const changes = diffWordsWithSpace(before, after, { maxEditLength: mostEdits });
  if (changes === undefined) return whole;
  const kept = changes.reduce((sum, one) => sum + (one.added || one.removed ? 0 : one.value.length), 0);
  if (kept < leastKinship * Math.max(before.length, after.length)) return whole;
  const part = ({ value, added, removed }: (typeof changes)[number]) => ({
    text: value,
    same: !added && !removed,
  });
  return {
    before: changes.filter((one) => !one.added).map(part),
    after: changes.filter((one) => !one.removed).map(part),
  };
}
