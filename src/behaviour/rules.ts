import { type Expression, type Fault, isError, parse } from '../expression/expression.ts';
import type { RuleName } from '../model/behaviour.ts';
import type { Rule } from '../model/body.ts';
import type { ScopeKind } from '../model/scope.ts';

/** The rules that a visitor's error meets. An absent list is not known, which is not the same as an empty one. */
export interface RuleLists {
  readonly zone?: readonly Rule[];
  readonly account?: readonly Rule[];
}

/**
 * Assets by name that hold another page afterwards: of another URL (`page`), or fetched from the same one again
 * (`fetch`), which may bring another page or the same.
 */
export type Renewals = Readonly<Partial<Record<ScopeKind, ReadonlyMap<string, 'page' | 'fetch'>>>>;

/** A rule in the order in which Cloudflare tries them. */
export interface PlacedRule extends RuleName {
  readonly rule: Rule;
}

/** Zone rules come before account rules (Cloudflare docs, Rules, Custom Errors). */
export const order: readonly ScopeKind[] = ['zone', 'account'];

/** All rules in the order in which they are tried, the disabled ones too. */
export function inOrder(lists: RuleLists): readonly PlacedRule[] {
  return order.flatMap((scope) =>
    (lists[scope] ?? []).map((rule, at) => ({ scope, ref: rule.ref, position: at + 1, rule })),
  );
}

/** A disabled rule serves nothing. */
export function isEnabled({ rule }: PlacedRule): boolean {
  return rule.enabled !== false;
}

/** Reads an expression; undefined where Cloudflare is thought to refuse it. */
export function readTree(text: string): Expression | undefined {
  const { tree, faults } = parse(text);
  return faults.some(isError) ? undefined : tree;
}

/** Faults of names that only newer tables would know: what stands there has a value, which nobody can tell here. */
const unknownNames: readonly Fault['code'][] = ['expression/unknown-field', 'expression/unknown-function'];

/** Rules are asked about many visitors, and a tree depends on nothing but the text. */
const trees = new WeakMap<Rule, { readonly tree: Expression | undefined }>();

/**
 * Reads the expression of a rule that a visitor meets. Names that this version does not know are conditions in doubt; any
 * other fault makes the whole one unreadable, which is undefined.
 */
export function treeOf(rule: Rule): Expression | undefined {
  const known = trees.get(rule);
  if (known !== undefined) return known.tree;
  const { tree, faults } = parse(rule.expression);
  const isWrong = faults.some((fault) => isError(fault) && !unknownNames.includes(fault.code));
  const read = { tree: isWrong ? undefined : tree };
  trees.set(rule, read);
  return read.tree;
}
