import type { ScopePlan } from '../model/plan.ts';
import { fold, visible } from '../problem/printable.ts';
import type { Paint } from './paint.ts';
import { aside, nobody, unshown } from './visitors-words.ts';

/** Longer tables are for JSON. */
const mostRows = 12;

/** The block that says who sees something else, in lines of at most `width` cells; empty where nobody can tell. */
export function visitorLines(
  { scope, behaviour }: ScopePlan,
  width: number,
  paint: Paint,
): readonly string[] {
  if (behaviour === undefined) return [];
  const shown = behaviour.rows.slice(0, mostRows);
  const rest = shown.length === 0 && behaviour.isComplete ? nobody : unshown(behaviour, shown.length);
  const rows = shown.flatMap(({ words }) => folded(visible(words), width));
  const words = aside(scope);
  return [
    `  visitors${words && paint('dim', `  ${words}`)}`,
    ...rows,
    ...(rest === '' ? [] : folded(rest, width).map((line) => paint('dim', line))),
  ];
}

function folded(text: string, width: number): readonly string[] {
  return fold(text, width - 6).map((row, index) => `${' '.repeat(index === 0 ? 4 : 6)}${row}`);
}
