import type { Place } from './place.ts';
import type { Written } from './text.ts';

/**
 * A YAML document with its aliases and merges resolved: every node has its place, and what an alias leads to says so
 * itself, so that readers need to know neither.
 */
export type Tree = Leaf | List | Table;

/** A scalar; what is neither text, number nor truth value counts as null. */
export interface Leaf extends Place, Written {
  readonly kind: 'leaf';
  readonly value: string | number | boolean | null;
}

/** A sequence. */
export interface List extends Place {
  readonly kind: 'list';
  readonly items: readonly Tree[];
}

/** A mapping. */
export interface Table extends Place {
  readonly kind: 'table';
  /** In the order of the file; what a merge brought follows the keys written out. */
  readonly entries: ReadonlyMap<string, Entry>;
}

/** One key of a mapping, with its value. */
export interface Entry {
  readonly key: Place;
  readonly value: Tree;
}

/** The plain value of a tree. Objects have no prototype, so that no key of a file can mean more than itself. */
export function plainValue(tree: Tree): unknown {
  if (tree.kind === 'leaf') return tree.value;
  if (tree.kind === 'list') return tree.items.map(plainValue);
  const plain: Record<string, unknown> = Object.create(null);
  for (const [key, { value }] of tree.entries) plain[key] = plainValue(value);
  return plain;
}

/** The value of a key, or undefined where the tree is no mapping or has no such key. */
export function child(tree: Tree | undefined, key: string): Tree | undefined {
  return tree?.kind === 'table' ? tree.entries.get(key)?.value : undefined;
}

/** What a step of a path leads to, with the place of its key where it has one. */
export interface Step {
  readonly tree: Tree;
  readonly key?: Place;
}

/** The step at the end of a path through a tree; the path must come from the tree's own plain value. */
export function follow(tree: Tree, path: readonly (string | number)[]): Step {
  let step: Step = { tree };
  for (const part of path) step = next(step.tree, part);
  return step;
}

function next(tree: Tree, part: string | number): Step {
  if (tree.kind === 'list') {
    const item = tree.items[Number(part)];
    if (item !== undefined) return { tree: item };
  }
  const entry = tree.kind === 'table' ? tree.entries.get(String(part)) : undefined;
  if (entry === undefined) throw new Error(`no ${JSON.stringify(part)} in this tree`);
  return { tree: entry.value, key: entry.key };
}
