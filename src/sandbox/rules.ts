import { type Answer, Refused } from './answer.ts';
import { type Call, objectBody, param } from './call.ts';
import type { Desk } from './desk.ts';
import { isObject, type Json } from './json.ts';
import { identify, publish, revised } from './revise.ts';
import { readRule } from './rule-body.ts';
import { fault } from './rule-law.ts';
import { existingRuleset } from './ruleset-view.ts';
import { lawOf, revisionOf, type Site, writeRuleset } from './ruleset-write.ts';
import { liveVersion, type SandboxRule, type SandboxRuleset } from './state.ts';

/** `POST …/rulesets/{id}/rules`: adds a rule at the end or at `position`, and answers with the whole ruleset. */
export function addRule(call: Call, desk: Desk): Promise<Answer> {
  const { position, ...body } = objectBody(call);
  return writeRuleset(call, desk, (site) => {
    const ruleset = existingRuleset(call, site.state);
    const { rules } = liveVersion(ruleset);
    const input = readRule(body, lawOf(site, ruleset.phase));
    refuseSecondRef(input.ref, rules);
    const added = identify([input], [], revisionOf(site, ruleset.id));
    return withRules(site, ruleset, inserted(rules, added, position));
  });
}

/** `PATCH …/rules/{id}`: a whole rule, or nothing but `position`; answers with the whole ruleset. */
export function editRule(call: Call, desk: Desk): Promise<Answer> {
  const { position, ...body } = objectBody(call);
  const onlyMoved = position !== undefined && Object.keys(body).length === 0;
  return writeRuleset(call, desk, (site) => {
    const ruleset = existingRuleset(call, site.state);
    const { rules } = liveVersion(ruleset);
    const before = existingRule(rules, call);
    const others = rules.filter((rule) => rule !== before);
    const input = onlyMoved ? before : readRule(body, lawOf(site, ruleset.phase));
    refuseSecondRef(input.ref, others);
    const after = revised(before, input, site.stamp);
    const inPlace = rules.map((rule) => (rule === before ? after : rule));
    return withRules(site, ruleset, position === undefined ? inPlace : inserted(others, [after], position));
  });
}

/** `DELETE …/rules/{id}`: answers with the whole ruleset. */
export function deleteRule(call: Call, desk: Desk): Promise<Answer> {
  return writeRuleset(call, desk, (site) => {
    const ruleset = existingRuleset(call, site.state);
    const { rules } = liveVersion(ruleset);
    const gone = existingRule(rules, call);
    return withRules(
      site,
      ruleset,
      rules.filter((rule) => rule !== gone),
    );
  });
}

function withRules(site: Site, ruleset: SandboxRuleset, rules: readonly SandboxRule[]): SandboxRuleset {
  return publish(ruleset, { rules }, revisionOf(site, ruleset.id));
}

function existingRule(rules: readonly SandboxRule[], call: Call): SandboxRule {
  const id = param(call, 'rule');
  const rule = rules.find((one) => one.id === id);
  if (rule !== undefined) return rule;
  throw new Refused(404, { message: `could not find rule ${id}` });
}

function refuseSecondRef(ref: string | undefined, rules: readonly SandboxRule[]): void {
  if (ref === undefined || !rules.some((rule) => rule.ref === ref)) return;
  throw new Refused(400, fault({ at: '', field: 'ref' }, ref, 'another rule has it already'));
}

/** `{before: id}` (empty: first), `{after: id}` (empty: last) or `{index: n}` from 1; absent: last. */
function inserted(
  rules: readonly SandboxRule[],
  added: readonly SandboxRule[],
  position: Json | undefined,
): readonly SandboxRule[] {
  const index = position === undefined ? rules.length : indexOf(rules, position);
  if (index === undefined) {
    throw new Refused(400, fault({ at: '', field: 'position' }, position, 'it is no place in the ruleset'));
  }
  return rules.toSpliced(index, 0, ...added);
}

function indexOf(rules: readonly SandboxRule[], position: Json): number | undefined {
  const [[kind, value] = [], ...more] = isObject(position) ? Object.entries(position) : [];
  if (more.length > 0) return undefined;
  const found = rules.findIndex((rule) => rule.id === value);
  if (kind === 'before') return value === '' ? 0 : known(found);
  if (kind === 'after') return value === '' ? rules.length : known(found, 1);
  const whole = kind === 'index' && typeof value === 'number' && Number.isInteger(value);
  return whole && value >= 1 && value <= rules.length + 1 ? value - 1 : undefined;
}

function known(found: number, step = 0): number | undefined {
  return found < 0 ? undefined : found + step;
}
