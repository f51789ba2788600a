import type { Origin } from '../model/desired.ts';
import type { Span } from '../problem/problem.ts';
import type { Located } from './place.ts';
import type { Leaf, Tree } from './tree.ts';

/** The text that a tree is, with its place; undefined for anything else. */
export function textOf(tree: Tree | undefined): Located<string> | undefined {
  return scalarOf(tree, (value) => typeof value === 'string');
}

/** The value of a leaf of one type, with its place; undefined for anything else. */
export function scalarOf<T extends Leaf['value']>(
  tree: Tree | undefined,
  is: (value: Leaf['value']) => value is T,
): Located<T> | undefined {
  if (tree?.kind !== 'leaf' || !is(tree.value)) return undefined;
  return { value: tree.value, span: tree.span, uses: tree.uses };
}

/** Where an item and each of its keys' values stand. */
export function originOf(item: Tree): Origin {
  const keys: Record<string, Span> = {};
  if (item.kind === 'table') for (const [key, { value }] of item.entries) keys[key] = value.span;
  return { item: item.span, keys };
}
