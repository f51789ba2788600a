import { diffWordsWithSpace } from 'diff';
import { graphemes, visible } from '../problem/printable.ts';

/** A stretch of a changed line; `same` stands in its counterpart too. */
export interface Part {
  readonly text: string;
  readonly same: boolean;
}

/** A line that changes, in the parts of both sides. */
export interface Pair {
  readonly before: readonly Part[];
  readonly after: readonly Part[];
}

/** The search for a shortest diff ends here, because its cost grows with the square: beyond it everything is replaced. */
export const mostEdits = 2_000;

/** A line that keeps less than this share of itself is a new line. */
const leastKinship = 0.4;

/** Longer words (base64, minified code) are compared by their characters: what changes may be one of thousands. */
const longestWord = 60;

/** What two long lines have in common is elided down to its ends. */
const elision = { longest: 60, end: 24 } as const;

/** The text of a line from its parts. */
export function lineText(parts: readonly Part[]): string {
  return parts.map((part) => part.text).join('');
}

/** Two different texts in forms that differ: as they are shown, or as JSON strings where those read alike. */
export function toldApart(
  [before, after]: readonly [string, string],
  form: (text: string) => string = visible,
): readonly [string, string] {
  const shown = [form(before), form(after)] as const;
  return shown[0] !== shown[1] || before === after ? shown : [jsonForm(before), jsonForm(after)];
}

/** A JSON string doubles every backslash, so an escape and what looks like one are two things. */
function jsonForm(text: string): string {
  return visible(JSON.stringify(text));
}

/** A line and what became of it, made visible and told apart; parts that stay are marked. */
export function linePair(before: string, after: string): Pair {
  const [from, to] = toldApart([before, after], shownLine);
  const changes = diffWordsWithSpace(from, to, { maxEditLength: mostEdits }) ?? [];
  const kept = changes.reduce((sum, one) => sum + (one.added || one.removed ? 0 : one.value.length), 0);
  if (kept < leastKinship * Math.max(from.length, to.length)) return replaced(from, to);
  const pairs: Pair[] = [];
  let [removed, added] = ['', ''];
  for (const { value, ...one } of changes) {
    if (one.removed) removed += value;
    else if (one.added) added += value;
    else {
      pairs.push(replaced(removed, added), same(value));
      [removed, added] = ['', ''];
    }
  }
  return chained([...pairs, replaced(removed, added)]);
}

/** Blanks at the end of a line that changes are dots: they may be all that changes. */
export function shownLine(text: string): string {
  return dotted(visible(text));
}

/** The same text with dots for the blanks at its end, where nobody would see them. */
export function dotted(text: string): string {
  return text.replace(/ +$/, (blanks) => '·'.repeat(blanks.length));
}

function same(text: string): Pair {
  const parts = [{ text, same: true }];
  return { before: parts, after: parts };
}

function chained(pairs: readonly Pair[]): Pair {
  const filled = (parts: readonly Part[]) => parts.filter((part) => part.text !== '');
  return {
    before: filled(pairs.flatMap((pair) => pair.before)),
    after: filled(pairs.flatMap((pair) => pair.after)),
  };
}

/** A stretch and what stands in its place: long ones without the beginning and the end that they share. */
function replaced(before: string, after: string): Pair {
  if (Math.max(before.length, after.length) <= longestWord) return different(before, after);
  const [from, to] = [pieces(before), pieces(after)];
  const start = commonStart(from, to);
  const end = commonStart(from.slice(start).reverse(), to.slice(start).reverse());
  const middle = (texts: readonly string[]) => texts.slice(start, texts.length - end).join('');
  return chained([
    same(from.slice(0, start).join('')),
    different(middle(from), middle(to)),
    same(from.slice(from.length - end).join('')),
  ]);
}

function different(before: string, after: string): Pair {
  const parts = (text: string) => (text === '' ? [] : [{ text, same: false }]);
  return { before: parts(before), after: parts(after) };
}

function pieces(text: string): readonly string[] {
  return graphemes(text).map((one) => one.text);
}

function commonStart(from: readonly string[], to: readonly string[]): number {
  const first = from.findIndex((piece, index) => piece !== to[index]);
  return first === -1 ? from.length : first;
}

/** A pair whose long common parts are elided, unless both sides would read alike then. */
export function elided(pair: Pair): Pair {
  const shorter = { before: pair.before.map(elidedPart), after: pair.after.map(elidedPart) };
  return lineText(shorter.before) === lineText(shorter.after) ? pair : shorter;
}

function elidedPart(part: Part): Part {
  const points = pieces(part.text);
  if (!part.same || points.length <= elision.longest) return part;
  return { ...part, text: [...points.slice(0, elision.end), ' … ', ...points.slice(-elision.end)].join('') };
}

/** The end of a pair from shortly before its first difference. */
export function fromFirstDifference({ before, after }: Pair): Pair {
  const from = pieces(lineText(before));
  const hidden = Math.max(0, commonStart(from, pieces(lineText(after))) - elision.end);
  if (hidden === 0) return { before, after };
  const length = from.slice(0, hidden).join('').length;
  return { before: without(before, length), after: without(after, length) };
}

function without(parts: readonly Part[], length: number): readonly Part[] {
  let left = length;
  const rest = parts.map((part) => {
    const text = part.text.slice(left);
    left -= part.text.length - text.length;
    return { ...part, text };
  });
  return [{ text: '… ', same: true }, ...rest.filter((part) => part.text !== '')];
}
