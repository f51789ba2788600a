import { carryAlong, ruleEdits, type Undigested } from '../compare/compare.ts';
import type { Claim, DesiredRule, DesiredScope } from '../model/desired.ts';
import type { LiveRule, LiveRuleset } from '../model/live.ts';
import type { RuleChange, RulesetBody, RulesetUpdate } from '../model/plan.ts';
import type { Losses } from './hazards.ts';
import { stayingInPlace } from './order.ts';
import { type LivePlace, pairRules } from './pairs.ts';

type Pairs = ReadonlyMap<DesiredRule, LivePlace>;

/** What becomes of the live rules of a scope. */
export interface RulesDiff {
  /** Empty where nothing is to be written. */
  readonly updates: readonly Undigested<RulesetUpdate>[];
  /** Live rules that go on, under their ref or a new one. */
  readonly kept: readonly LiveRule[];
  readonly losses: Losses;
  /** How many desired rules stay as they are, and where they are. */
  readonly unchanged: number;
}

/** Compares the rules that a scope claims, each of another ref, with the live ones. */
export function diffRules({ items, origin }: Claim<DesiredRule>, live: LiveRuleset): RulesDiff {
  const pairs = pairRules(items, live.rules);
  const moved = movedRules(items, pairs);
  const changes = items.map((one, to) =>
    changesOf(one, to + 1, { pair: pairs.get(one), moved: moved.has(one) }),
  );
  const kept = new Set([...pairs.values()].map(({ rule }) => rule));
  const removals = live.rules.flatMap((rule, from) =>
    kept.has(rule) ? [] : [{ kind: 'remove' as const, live: rule, position: from + 1 }],
  );
  const rules = [...changes.flat(), ...removals];
  const removed = removals.map((one) => one.live.ref);
  const body = (): RulesetBody => bodyOf(items, pairs, live.description);
  return {
    updates: rules.length === 0 ? [] : [{ kind: 'ruleset-update', rules, body: body(), origin }],
    kept: [...kept],
    losses: { kind: 'rule', span: origin, desired: items.length, live: live.rules.length, removed },
    unchanged: changes.filter((list) => list.length === 0).length,
  };
}

/**
 * The body of the entry point PUT that makes a claim of rules true: unchanged rules exactly as they were read, unknown
 * parameters and the ruleset's description carried along. Only for a scope that claims rules.
 */
export function wantedBody(desired: DesiredScope, live: LiveRuleset): RulesetBody {
  if (desired.rules === undefined) throw new Error(`${desired.name.name} claims no rules`);
  const { items } = desired.rules;
  return bodyOf(items, pairRules(items, live.rules), live.description);
}

function bodyOf(desired: readonly DesiredRule[], pairs: Pairs, description: string | undefined): RulesetBody {
  const rules = desired.map((one) => {
    const live = pairs.get(one)?.rule;
    return { rule: live === undefined ? one.body : carryAlong(live, one.body), origin: one.origin };
  });
  return { ...(description === undefined ? {} : { description }), rules };
}

/** The kept rules outside one longest list of kept rules whose order is the same on both sides. */
function movedRules(desired: readonly DesiredRule[], pairs: Pairs): ReadonlySet<DesiredRule> {
  const kept = desired.flatMap((one, to) => {
    const pair = pairs.get(one);
    return pair === undefined ? [] : [{ one, from: pair.from, to }];
  });
  const staying = stayingInPlace(kept);
  return new Set(kept.filter((_, index) => !staying.has(index)).map(({ one }) => one));
}

function changesOf(
  { body, origin }: DesiredRule,
  position: number,
  { pair, moved }: { readonly pair: LivePlace | undefined; readonly moved: boolean },
): readonly RuleChange[] {
  if (pair === undefined) return [{ kind: 'add', rule: body, position, origin }];
  const live = pair.rule;
  const edits = ruleEdits(live, body);
  const renamed = live.ref !== body.ref;
  if (!renamed && !moved && edits.length === 0) return [];
  const rule = carryAlong(live, body);
  const shift = { from: pair.from + 1, to: position };
  const changes: RuleChange[] = [];
  if (renamed) changes.push({ kind: 'rename', rule, live, ...shift, origin });
  if (edits.length > 0) changes.push({ kind: 'edit', rule, live, edits, position, origin });
  if (moved) changes.push({ kind: 'move', rule, live, ...shift, origin });
  return changes;
}
