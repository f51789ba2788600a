import { isDeepStrictEqual } from 'node:util';
import type { RuleInput } from './rule-body.ts';
import { liveVersion, makeId, type RulesetVersion, type SandboxRule, type SandboxRuleset } from './state.ts';
import type { Switches } from './switches.ts';

/** One write of a ruleset: its moment, and how many writes its scope had before. */
export interface Revision {
  readonly ruleset: string;
  readonly stamp: string;
  readonly writes: number;
  readonly switches: Readonly<Switches>;
}

/**
 * Gives the rules of a request their ids and versions: a rule whose `ref` (or `id`) is live keeps its id, and its
 * version goes up only when it changed; every other rule is new, with its id as `ref` where it brings none.
 */
export function identify(
  inputs: readonly RuleInput[],
  live: readonly SandboxRule[],
  revision: Revision,
): readonly SandboxRule[] {
  const taken = new Set<string>();
  return inputs.map((input, index) => {
    const before = predecessor(
      input,
      live.filter((rule) => !taken.has(rule.id)),
      revision.switches,
    );
    if (before === undefined) return newRule(input, index, revision);
    taken.add(before.id);
    return revised(before, input, revision.stamp);
  });
}

function predecessor(
  input: RuleInput,
  live: readonly SandboxRule[],
  switches: Switches,
): SandboxRule | undefined {
  const byId = live.find((rule) => rule.id === input.id);
  if (byId !== undefined) return byId;
  if (input.ref !== undefined) return live.find((rule) => rule.ref === input.ref);
  if (switches.equalRuleWithoutRef === 'new-id') return undefined;
  return live.find((rule) => isDeepStrictEqual(bodyOf({ ref: rule.ref, ...input }), bodyOf(rule)));
}

function newRule(input: RuleInput, index: number, { ruleset, writes, stamp }: Revision): SandboxRule {
  const id = makeId('rule', ruleset, writes, index);
  return { id, version: '1', ref: id, ...bodyOf(input), last_updated: stamp };
}

/** The rule after an edit; the same object where nothing is different. */
export function revised(before: SandboxRule, input: RuleInput, stamp: string): SandboxRule {
  const body = bodyOf({ ref: before.ref, ...input });
  if (isDeepStrictEqual(body, bodyOf(before))) return before;
  return { id: before.id, version: next(before.version), ref: before.ref, ...body, last_updated: stamp };
}

type Body = Omit<RuleInput, 'id'>;

function bodyOf(rule: RuleInput | SandboxRule): Body {
  const { ref, action, action_parameters, expression, description, enabled, extra } = rule;
  return {
    ...(ref === undefined ? {} : { ref }),
    action,
    ...(action_parameters === undefined ? {} : { action_parameters }),
    expression,
    description,
    enabled,
    ...(extra === undefined ? {} : { extra }),
  };
}

/** The ruleset with a new live version, numbered one up; the same ruleset where nothing changed and nothing need. */
export function publish(
  ruleset: SandboxRuleset,
  change: Partial<Pick<RulesetVersion, 'rules' | 'description'>>,
  { stamp, switches }: Revision,
): SandboxRuleset {
  const live = liveVersion(ruleset);
  const version = { ...live, ...change };
  if (switches.identicalPut === 'same-version' && isDeepStrictEqual(version, live)) return ruleset;
  const latest = { ...version, version: next(live.version), last_updated: stamp };
  return { ...ruleset, versions: [...ruleset.versions, latest] };
}

function next(version: string): string {
  return String(Number(version) + 1);
}
