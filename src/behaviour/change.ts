import type { VisitorChange, VisitorChanges } from '../model/behaviour.ts';
import { abstractSpace } from './abstract.ts';
import { makeAtoms } from './atoms.ts';
import { merged } from './boxes.ts';
import { keyOf, lookAtAll } from './cases.ts';
import { contendersOf } from './race.ts';
import { order, type Renewals, type RuleLists } from './rules.ts';
import { rowOf } from './words.ts';

/** Longer tables say how many rows they leave out. */
const mostRows = 50;

/**
 * Which visitors see something else: those for whom the first rule that answers serves another page than before, be
 * it for another asset of the same name. The lists that are known should be the same on both sides. What a condition
 * decides that nobody here can compute is `unknown`. Takes bounded work, whatever the rules.
 */
export function visitorChanges(before: RuleLists, after: RuleLists, renewals: Renewals = {}): VisitorChanges {
  const atoms = makeAtoms();
  const rules = { before: contendersOf(before, atoms), after: contendersOf(after, atoms, renewals) };
  const space = abstractSpace(atoms.list);
  const { classes, found, isComplete } = lookAtAll(rules, atoms.list, space);
  const boxes = merged(found, keyOf, (side) => classes.get(side)?.length ?? 2);
  const lists = order.filter((scope) => after[scope] !== undefined);
  const rows = boxes.map((box) => rowOf(box, { classes, atoms: atoms.list, lists })).sort(byUrgency);
  return {
    lists,
    rows: rows.slice(0, mostRows),
    leftOut: Math.max(0, rows.length - mostRows),
    isComplete,
  };
}

function byUrgency(one: VisitorChange, other: VisitorChange): number {
  const [mine, theirs] = [one, other].map(urgency);
  const at = mine?.findIndex((part, index) => part !== theirs?.[index]) ?? -1;
  return at < 0 ? 0 : (mine?.[at] ?? 0) < (theirs?.[at] ?? 0) ? -1 : 1;
}

/** Server errors, then client errors, then what no server says; few conditions first; then by status and words. */
function urgency({ status, conditions, words }: VisitorChange): readonly (number | string)[] {
  const ranges = status.split(', ').map((range) => range.split('-').map(Number));
  const holds = (from: number, to: number): boolean =>
    ranges.some(([first = 0, last = first]) => first <= to && from <= last);
  const kind = [holds(500, 599), holds(400, 499), true].indexOf(true);
  return [kind, conditions.length, ranges[0]?.[0] ?? 0, words];
}
