import { type Answer, noContent, Refused } from './answer.ts';
import { type Call, param } from './call.ts';
import type { Desk } from './desk.ts';
import {
  entrypointOf,
  existingEntrypoint,
  existingRuleset,
  listAnswer,
  rulesetAnswer,
  summary,
} from './ruleset-view.ts';
import { liveVersion, type RulesetVersion, type SandboxRuleset, scopeState, writeScope } from './state.ts';

/** `GET …/rulesets/{id}/versions` */
export function listVersions(call: Call, desk: Desk): Answer {
  return versionsAnswer(existingRuleset(call, desk.state()), desk);
}

/** `GET …/entrypoint/versions`: an empty list where the phase has no entry point. */
export function listEntrypointVersions(call: Call, desk: Desk): Answer {
  return versionsAnswer(entrypointOf(desk.state(), param(call, 'scope'), param(call, 'phase')), desk);
}

function versionsAnswer(ruleset: SandboxRuleset | undefined, { switches }: Desk): Answer {
  return listAnswer(ruleset?.versions.map((version) => summary(ruleset, version)) ?? [], switches);
}

/** `GET …/rulesets/{id}/versions/{version}` */
export function readVersion(call: Call, desk: Desk): Answer {
  const ruleset = existingRuleset(call, desk.state());
  return rulesetAnswer(ruleset, desk.switches, existingVersion(ruleset, call));
}

/** `GET …/entrypoint/versions/{version}` */
export function readEntrypointVersion(call: Call, desk: Desk): Answer {
  const ruleset = existingEntrypoint(call, desk.state(), desk.switches);
  return rulesetAnswer(ruleset, desk.switches, existingVersion(ruleset, call));
}

/** `DELETE …/rulesets/{id}/versions/{version}`: 204; the live version stays, and so no number is used twice. */
export function deleteVersion(call: Call, desk: Desk): Promise<Answer> {
  return desk.write((state) => {
    const ruleset = existingRuleset(call, state);
    const gone = existingVersion(ruleset, call);
    if (gone === liveVersion(ruleset))
      throw new Refused(400, { message: 'the live version cannot be deleted' });
    const rest = { ...ruleset, versions: ruleset.versions.filter((version) => version !== gone) };
    const scope = param(call, 'scope');
    const rulesets = scopeState(state, scope).rulesets.map((one) => (one === ruleset ? rest : one));
    return { answer: noContent, next: writeScope(state, scope, { rulesets }) };
  });
}

function existingVersion(ruleset: SandboxRuleset, call: Call): RulesetVersion {
  const number = param(call, 'version');
  const version = ruleset.versions.find((one) => one.version === number);
  if (version !== undefined) return version;
  throw new Refused(404, { message: `could not find version ${number} of ruleset ${ruleset.id}` });
}
