/**
 * The word of `allowed` that a person most likely meant by `word`, or undefined where none is near enough (a third of
 * the longer word's characters may differ). Letter case counts for nothing.
 */
export function nearest(word: string, allowed: Iterable<string>): string | undefined {
  const meant = word.toLowerCase();
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of allowed) {
    const longer = Math.max(word.length, candidate.length);
    const most = Math.min(least - 1, Math.floor(Math.max(1, longer / 3)));
    if (longer > longestCompared || Math.abs(word.length - candidate.length) > most) continue;
    const distance = editDistance(meant, candidate.toLowerCase(), most);
    if (distance <= most) [best, least] = [candidate, distance];
  }
  return best;
}

/** Work grows with the square of the length, and nobody mistypes a longer word into another. */
const longestCompared = 200;

/**
 * Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours count one each. Beyond `most` the
 * number is any that is greater.
 */
function editDistance(a: string, b: string, most: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  let leastBefore = 0;
  for (let i = 1; i <= a.length; i += 1) {
    const row = nextRow({ a, b, i }, last, beforeLast);
    const least = Math.min(...row);
    // A swap takes its number, and one more, from the row before the last.
    if (least > most && leastBefore >= most) return least;
    [beforeLast, last, leastBefore] = [last, row, least];
  }
  return at(last, b.length);
}

interface Words {
  readonly a: string;
  readonly b: string;
  /** How many characters of `a` the row stands for. */
  readonly i: number;
}

function nextRow({ a, b, i }: Words, last: readonly number[], beforeLast: readonly number[]): number[] {
  const row = [i];
  for (let j = 1; j <= b.length; j += 1) {
    const substitution = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
    const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    const swapped = swap ? at(beforeLast, j - 2) + 1 : Number.POSITIVE_INFINITY;
    row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, substitution, swapped));
  }
  return row;
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
