import { bodyKey } from '../compare/compare.ts';
import type { DesiredRule } from '../model/desired.ts';
import type { LiveRule } from '../model/live.ts';

/** A live rule and its place in the live list, counted from 0. */
export interface LivePlace {
  readonly rule: LiveRule;
  readonly from: number;
}

/**
 * Finds the live rule that each desired rule continues: the one of the same ref, or else, for a rename, the first one
 * left over that differs in nothing but its ref. Only rules whose action is `serve_error` can be continued.
 */
export function pairRules(
  desired: readonly DesiredRule[],
  live: readonly LiveRule[],
): ReadonlyMap<DesiredRule, LivePlace> {
  if (new Set(desired.map(({ body }) => body.ref)).size < desired.length)
    throw new Error('a ref is desired twice');
  const pairs = new Map<DesiredRule, LivePlace>();
  const left = new Map<string, LivePlace>();
  for (const [from, rule] of live.entries()) {
    if (rule.action === 'serve_error' && !left.has(rule.ref)) left.set(rule.ref, { rule, from });
  }
  for (const one of desired) {
    const found = left.get(one.body.ref);
    if (found !== undefined) pairs.set(one, found);
    left.delete(one.body.ref);
  }
  const fresh = desired.filter((one) => !pairs.has(one));
  if (fresh.length === 0 || left.size === 0) return pairs;
  const byBody = Map.groupBy(left.values(), ({ rule }) => bodyKey(rule));
  for (const one of fresh) {
    const found = byBody.get(bodyKey(one.body))?.shift();
    if (found !== undefined) pairs.set(one, found);
  }
  return pairs;
}
