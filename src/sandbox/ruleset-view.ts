import { type Answer, ok, Refused } from './answer.ts';
import { type Call, param } from './call.ts';
import type { JsonObject } from './json.ts';
import { numberOf } from './paging.ts';
import {
  liveVersion,
  type RulesetVersion,
  type SandboxRule,
  type SandboxRuleset,
  type SandboxState,
  scopeState,
} from './state.ts';
import type { Switches } from './switches.ts';

/** The answer with a whole ruleset, in its live version unless another one is given. */
export function rulesetAnswer(ruleset: SandboxRuleset, switches: Switches, version?: RulesetVersion): Answer {
  const shown = version ?? liveVersion(ruleset);
  return rulesetsOk(
    { ...summary(ruleset, shown), rules: shown.rules.map((rule) => ruleView(rule, switches)) },
    switches,
  );
}

/** The answer with a list of rulesets or versions, which leaves the rules out. */
export function listAnswer(items: readonly JsonObject[], switches: Switches, info: JsonObject = {}): Answer {
  return rulesetsOk([...items], switches, { result_info: info });
}

/** One page of a list of rulesets: 50 at most and without `per_page`, a cursor leads to the next. */
export function rulesetsPage(rulesets: readonly SandboxRuleset[], call: Call, switches: Switches): Answer {
  const perPage = numberOf(call.query, 'per_page', { fallback: 50, least: 1, most: 50 });
  const from = Number(Buffer.from(call.query.get('cursor') ?? '', 'base64url').toString() || '0');
  if (!Number.isInteger(from)) throw new Refused(400, { message: 'invalid cursor' });
  const items = rulesets.slice(from, from + perPage).map((ruleset) => summary(ruleset, liveVersion(ruleset)));
  const more = from + perPage < rulesets.length;
  const cursor = Buffer.from(String(from + perPage)).toString('base64url');
  const named = switches.rulesetsCursor === 'cursor' ? { cursor } : { cursors: { after: cursor } };
  return listAnswer(items, switches, more ? named : {});
}

/** What lists say of a ruleset in one of its versions. */
export function summary({ id, name, kind, phase }: SandboxRuleset, shown: RulesetVersion): JsonObject {
  const { version, last_updated, description } = shown;
  return { description, id, kind, last_updated, name, phase, version };
}

function ruleView(rule: SandboxRule, { emptyRuleDescription, newRuleFields }: Switches): JsonObject {
  const { description, extra, ...rest } = rule;
  const shown = description !== '' || emptyRuleDescription === 'present';
  return { ...rest, ...(shown ? { description } : {}), ...extra, ...newRuleFields };
}

function rulesetsOk(
  result: JsonObject | JsonObject[],
  { rulesetsMessages }: Switches,
  more: JsonObject = {},
): Answer {
  return ok(result, { messages: rulesetsMessages === 'null' ? null : [], ...more });
}

/** The entry point of a phase, or undefined: the one ruleset of it that is not of kind `custom`. */
export function entrypointOf(state: SandboxState, scope: string, phase: string): SandboxRuleset | undefined {
  return scopeState(state, scope).rulesets.find((one) => one.phase === phase && one.kind !== 'custom');
}

/** Throws 404 with 10003 where the phase of the call has no entry point. */
export function existingEntrypoint(call: Call, state: SandboxState, switches: Switches): SandboxRuleset {
  const phase = param(call, 'phase');
  const ruleset = entrypointOf(state, param(call, 'scope'), phase);
  if (ruleset !== undefined) return ruleset;
  const message = `could not find entrypoint ruleset in the ${phase} phase`;
  throw new Refused(404, { code: switches.missingEntrypointCode, message });
}

/** The ruleset that the call names by its id; throws 404. */
export function existingRuleset(call: Call, state: SandboxState): SandboxRuleset {
  const id = param(call, 'ruleset');
  const ruleset = scopeState(state, param(call, 'scope')).rulesets.find((one) => one.id === id);
  if (ruleset !== undefined) return ruleset;
  throw new Refused(404, { message: `could not find ruleset ${id}` });
}
