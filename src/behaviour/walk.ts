import type { Argument } from '../expression/expression.ts';

/** A part of an expression and everything inside it, each before what it holds; strings of sets are parts too. */
export function* walk(part: Argument): Generator<Argument, void> {
  yield part;
  for (const child of childrenOf(part)) yield* walk(child);
}

function childrenOf(part: Argument): readonly Argument[] {
  if ('arguments' in part) return part.arguments;
  if ('parts' in part) return part.parts;
  if ('part' in part) return [part.part];
  if ('over' in part) return [part.over];
  if (!('operand' in part)) return [];
  if (part.kind === 'order') return [part.operand, part.value];
  if (part.kind !== 'in') return [part.operand];
  return [part.operand, ...part.items.filter((item) => item.kind === 'bytes')];
}
