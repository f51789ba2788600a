import { type Answer, Refused } from './answer.ts';
import { type Call, param } from './call.ts';
import type { Desk } from './desk.ts';
import { quotaOf } from './quota.ts';
import type { Revision } from './revise.ts';
import type { RuleLaw } from './rule-law.ts';
import { rulesetAnswer } from './ruleset-view.ts';
import {
  customErrors,
  liveVersion,
  type SandboxRuleset,
  type SandboxState,
  scopeState,
  writeScope,
} from './state.ts';

/** One write of a ruleset while it runs: who asked, and what it stands on. */
export interface Site {
  readonly call: Call;
  readonly desk: Desk;
  readonly state: SandboxState;
  readonly stamp: string;
}

/**
 * Stores the ruleset that `make` gives, in place of the one with its id or beside the others, and answers with it.
 * Throws 50001 for more rules than the plan allows.
 */
export function writeRuleset(call: Call, desk: Desk, make: (site: Site) => SandboxRuleset): Promise<Answer> {
  return desk.write((state, stamp) => {
    const ruleset = make({ call, desk, state, stamp });
    const scope = param(call, 'scope');
    checkQuota(ruleset, quotaOf(scope, desk).things);
    const { rulesets } = scopeState(state, scope);
    const there = rulesets.some((one) => one.id === ruleset.id);
    const next = there
      ? rulesets.map((one) => (one.id === ruleset.id ? ruleset : one))
      : [...rulesets, ruleset];
    return {
      answer: rulesetAnswer(ruleset, desk.switches),
      next: writeScope(state, scope, { rulesets: next }),
    };
  });
}

function checkQuota(ruleset: SandboxRuleset, most: number): void {
  const count = liveVersion(ruleset).rules.length;
  if (ruleset.phase !== customErrors || count <= most) return;
  const message = `exceeded the maximum number of rules in the phase ${customErrors}: ${count} out of ${most}`;
  throw new Refused(400, { code: 50_001, message, source: { pointer: '/rules' } });
}

/** What the rules of a write are checked against. */
export function lawOf({ call, desk, state }: Site, phase: string): RuleLaw {
  const scope = param(call, 'scope');
  const { missingAsset, dryRunReferences } = desk.switches;
  const checked = missingAsset === 'refuse' && !(call.dryRun && dryRunReferences === 'unchecked');
  const names = scopeState(state, scope).assets.map((asset) => asset.name);
  const { regex } = quotaOf(scope, desk);
  return { phase, switches: desk.switches, assets: checked ? new Set(names) : undefined, regex };
}

/** What the ids and versions of a write are made from. */
export function revisionOf({ call, desk, state, stamp }: Site, ruleset: string): Revision {
  const { writes } = scopeState(state, param(call, 'scope'));
  return { ruleset, stamp, writes, switches: desk.switches };
}
