import type { Scope, ZonePlan } from '../model/scope.ts';
import type { ProblemInput } from '../problem/problem.ts';
import type { Losses } from './hazards.ts';

/** How many rules, and how many assets, a zone holds (Cloudflare docs, Custom Errors, availability). */
const quotas: Readonly<Record<ZonePlan, number>> = { free: 0, pro: 25, business: 50, enterprise: 300 };

/**
 * A warning where a zone would hold more of a kind than its plan is documented to, at the end or, for assets, on the way
 * there. Nothing where the plan is not known; contracts may differ, so the server has the word.
 */
export function quotaWarnings(
  { kind, span, desired, removed }: Losses,
  { plan }: Scope,
): readonly ProblemInput[] {
  if (plan === undefined) return [];
  const most = quotas[plan];
  // New assets are made before old ones go, so that no rule ever names a missing one; rules are written as one list.
  const peak = kind === 'asset' ? desired + removed.length : desired;
  if (peak <= most || desired === 0) return [];
  const code = 'plan/over-quota';
  if (desired <= most) {
    const message = `the zone would hold ${peak} assets until the old ones are deleted, and its plan, ${plan}, is documented to hold ${most}`;
    return [{ code, message, span, hint: 'let an apply of its own delete the old ones first' }];
  }
  const hint = most === 0 ? 'custom errors need a paid plan' : `remove some, or move ${kind}s to the account`;
  const message = `the file lists ${desired} ${kind}${desired === 1 ? '' : 's'}, and the zone's plan, ${plan}, is documented to hold ${most}`;
  return [{ code, message, span, hint }];
}
