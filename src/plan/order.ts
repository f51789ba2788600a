/** Where something stands before and after, in lists of its own kind. */
export interface Shift {
  readonly from: number;
  readonly to: number;
}

/**
 * Of things in the order of `to`, the indices of those that need not be moved: a longest run of ascending `from`, and
 * of several such runs one with the most things whose place has the same number before and after, for a move from 3 to
 * 3 would puzzle its reader. Always the same one for the same shifts; takes time by the square of their number.
 */
export function stayingInPlace(shifts: readonly Shift[]): ReadonlySet<number> {
  const best: { readonly score: number; readonly before: number }[] = [];
  let last = -1;
  for (const [index, shift] of shifts.entries()) {
    const before = bestBelow(shift, shifts, best);
    // All places of the same number together weigh less than one thing more that stays.
    const score = scoreOf(best, before) + shifts.length + 1 + (shift.from === shift.to ? 1 : 0);
    best.push({ score, before });
    if (score >= scoreOf(best, last)) last = index;
  }
  const staying = new Set<number>();
  for (let index = last; index >= 0; index = best[index]?.before ?? -1) staying.add(index);
  return staying;
}

function bestBelow(
  { from }: Shift,
  shifts: readonly Shift[],
  best: readonly { readonly score: number }[],
): number {
  let found = -1;
  for (const [index, { score }] of best.entries()) {
    const ascends = (shifts[index]?.from ?? from) < from;
    if (ascends && score >= scoreOf(best, found)) found = index;
  }
  return found;
}

/** The score of nothing, at -1, is 0. */
function scoreOf(best: readonly { readonly score: number }[], index: number): number {
  return best[index]?.score ?? 0;
}
