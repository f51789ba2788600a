import { type Expression, parse } from '../expression/expression.ts';
import type { RuleName } from '../model/behaviour.ts';
import type { Rule } from '../model/body.ts';
import type { ScopeKind } from '../model/scope.ts';
import { codes } from '../problem/codes.ts';

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
  const isWrong = faults.some(({ code, severity = codes[code].severity }) => severity === 'error');
  return isWrong ? undefined : tree;
}
