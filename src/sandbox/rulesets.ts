import { type Answer, noContent, Refused } from './answer.ts';
import { type Call, objectBody, param } from './call.ts';
import type { Desk } from './desk.ts';
import type { Json, JsonObject } from './json.ts';
import { identify, publish } from './revise.ts';
import { readRules } from './rule-body.ts';
import { fault } from './rule-law.ts';
import {
  entrypointOf,
  existingEntrypoint,
  existingRuleset,
  rulesetAnswer,
  rulesetsPage,
} from './ruleset-view.ts';
import { lawOf, revisionOf, type Site, writeRuleset } from './ruleset-write.ts';
import { liveVersion, makeId, type SandboxRuleset, scopeState, writeScope } from './state.ts';

/** `GET …/rulesets`: a zone's list shows its account's as well. */
export function listRulesets(call: Call, desk: Desk): Answer {
  const scope = param(call, 'scope');
  const state = desk.state();
  const account = state.zones.find((zone) => zone.id === scope)?.account;
  const inherited = account === undefined ? [] : scopeState(state, account).rulesets;
  return rulesetsPage([...scopeState(state, scope).rulesets, ...inherited], call, desk.switches);
}

/** `GET …/rulesets/{id}` */
export function readRuleset(call: Call, desk: Desk): Answer {
  return rulesetAnswer(existingRuleset(call, desk.state()), desk.switches);
}

/** `GET …/phases/{phase}/entrypoint` */
export function readEntrypoint(call: Call, desk: Desk): Answer {
  return rulesetAnswer(existingEntrypoint(call, desk.state(), desk.switches), desk.switches);
}

/** `POST …/rulesets`: refused with 20217 where the phase has its entry point already. */
export function createRuleset(call: Call, desk: Desk): Promise<Answer> {
  const body = objectBody(call, ['kind', 'name', 'phase', 'description', 'rules']);
  const head = { name: textOf(body, 'name'), kind: kindOf(call, body.kind), phase: textOf(body, 'phase') };
  return writeRuleset(call, desk, (site) => {
    const { kind, phase } = head;
    if (kind !== 'custom' && entrypointOf(site.state, param(call, 'scope'), phase) !== undefined) {
      const reason = `exceeded maximum number of ${kind} rulesets for phase ${phase}`;
      throw new Refused(400, { code: 20_217, ...fault({ at: '', field: 'kind' }, kind, reason) });
    }
    return newRuleset(site, head, body);
  });
}

/** `PUT …/phases/{phase}/entrypoint`: replaces every rule, and creates the entry point where there is none. */
export function replaceEntrypoint(call: Call, desk: Desk): Promise<Answer> {
  // The server knows neither kind nor phase here; it knows name, which has no effect on a ruleset that exists.
  const body = objectBody(call, ['rules', 'description', 'name']);
  const name = body.name === undefined ? 'default' : textOf(body, 'name');
  const phase = param(call, 'phase');
  return writeRuleset(call, desk, (site) => {
    const ruleset = entrypointOf(site.state, param(call, 'scope'), phase);
    if (ruleset !== undefined) return replaced(site, ruleset, body);
    return newRuleset(site, { name, kind: entryKind(call), phase }, body);
  });
}

/** `PUT …/rulesets/{id}`: replaces every rule; `kind` and `phase` may be said but not changed. */
export function replaceRuleset(call: Call, desk: Desk): Promise<Answer> {
  const body = objectBody(call, ['rules', 'description', 'name', 'kind', 'phase']);
  return writeRuleset(call, desk, (site) => {
    const ruleset = existingRuleset(call, site.state);
    for (const field of ['kind', 'phase'] as const) {
      const value = body[field] ?? ruleset[field];
      if (value !== ruleset[field])
        throw new Refused(400, fault({ at: '', field }, value, 'it cannot be changed'));
    }
    return replaced(site, ruleset, body);
  });
}

/** `DELETE …/rulesets/{id}`: all versions, 204. */
export function deleteRuleset(call: Call, desk: Desk): Promise<Answer> {
  return desk.write((state) => {
    const { id } = existingRuleset(call, state);
    const scope = param(call, 'scope');
    const rulesets = scopeState(state, scope).rulesets.filter((one) => one.id !== id);
    return { answer: noContent, next: writeScope(state, scope, { rulesets }) };
  });
}

type Head = Pick<SandboxRuleset, 'name' | 'kind' | 'phase'>;

function newRuleset(site: Site, head: Head, body: JsonObject): SandboxRuleset {
  const scope = param(site.call, 'scope');
  const id = makeId('ruleset', scope, head.phase, scopeState(site.state, scope).writes);
  const inputs = readRules(body.rules ?? [], lawOf(site, head.phase));
  const rules = identify(inputs, [], revisionOf(site, id));
  const version = { version: '1', last_updated: site.stamp, description: descriptionOf(body) ?? '', rules };
  return { id, ...head, versions: [version] };
}

function replaced(site: Site, ruleset: SandboxRuleset, body: JsonObject): SandboxRuleset {
  const live = liveVersion(ruleset);
  const revision = revisionOf(site, ruleset.id);
  const kept = body.rules === undefined && revision.switches.putWithoutRules === 'keep';
  const inputs = kept ? live.rules : readRules(body.rules ?? [], lawOf(site, ruleset.phase));
  const rules = identify(inputs, live.rules, revision);
  return publish(ruleset, { rules, description: descriptionOf(body) ?? live.description }, revision);
}

function kindOf(call: Call, kind: Json | undefined): SandboxRuleset['kind'] {
  const entry = entryKind(call);
  if (kind === entry || kind === 'custom') return kind;
  throw new Refused(400, fault({ at: '', field: 'kind' }, kind, `it must be ${entry} or custom`));
}

function entryKind(call: Call): 'zone' | 'root' {
  return param(call, 'scopes') === 'zones' ? 'zone' : 'root';
}

function textOf(body: JsonObject, field: string): string {
  const value = body[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new Refused(400, fault({ at: '', field }, value, 'a text that is not empty is required'));
}

function descriptionOf({ description }: JsonObject): string | undefined {
  if (description === undefined || typeof description === 'string') return description;
  throw new Refused(400, fault({ at: '', field: 'description' }, description, 'it must be a text'));
}
