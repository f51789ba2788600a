import type { Desk } from './desk.ts';
import type { PlanName } from './state.ts';

/** What a plan allows; rules and assets have the same numbers (Cloudflare docs, Custom Errors, availability). */
export interface Quota {
  /** How many rules, and how many assets. */
  readonly things: number;
  /** Whether expressions may use regular expressions. */
  readonly regex: boolean;
}

const plans = {
  free: { things: 0, regex: false },
  pro: { things: 25, regex: false },
  business: { things: 50, regex: true },
  enterprise: { things: 300, regex: true },
} as const satisfies Record<PlanName, Quota>;

/** What a zone or an account may hold. */
export function quotaOf(scope: string, desk: Desk): Quota {
  const zone = desk.state().zones.find((one) => one.id === scope);
  return zone === undefined ? { things: desk.switches.accountQuota, regex: true } : plans[zone.plan];
}
