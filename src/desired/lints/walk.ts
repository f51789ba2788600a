import type { Comparison, Expression } from '../../expression/expression.ts';

/** Every comparison of an expression that looks at the response itself, not at elements inside of calls. */
export function* comparisons(tree: Expression): Generator<Comparison> {
  if ('parts' in tree) for (const part of tree.parts) yield* comparisons(part);
  else if ('part' in tree) yield* comparisons(tree.part);
  else if (!('over' in tree)) yield tree;
}

/** True where a comparison looks at this field as a whole. */
export function isOf({ operand }: Comparison, field: string): boolean {
  return operand.kind === 'field' && operand.name === field && operand.indexes.length === 0;
}
