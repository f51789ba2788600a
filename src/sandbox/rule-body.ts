import { type ApiError, Refused } from './answer.ts';
import { unknownField } from './call.ts';
import { expressionFaults } from './expression-faults.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { fault, faultsOf, type RuleLaw } from './rule-law.ts';
import { serveErrorFaults } from './serve-error.ts';
import { customErrors } from './state.ts';
import type { Switches } from './switches.ts';

/** A rule of a request that passed every check; what is absent was not said. */
export interface RuleInput {
  readonly id?: string;
  readonly ref?: string;
  readonly action: string;
  readonly action_parameters?: JsonObject;
  readonly expression: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly extra?: JsonObject;
}

/** Keys that rules of other actions and phases have beside the ones that all rules share. */
const extraFields = ['logging', 'ratelimit', 'exposed_credential_check'];

/** Keys that a rule of a request may have (Cloudflare OpenAPI, rulesets_Rule). */
const ruleFields = [
  'id',
  'ref',
  'action',
  'action_parameters',
  'expression',
  'description',
  'enabled',
  ...extraFields,
];

/** Keys that only answers have. */
const readOnlyFields = ['version', 'last_updated', 'categories'];

/** Reads the rules of a body; throws every fault of all of them at once, each with its pointer. */
export function readRules(value: Json, law: RuleLaw): readonly RuleInput[] {
  if (!Array.isArray(value))
    throw new Refused(400, fault({ at: '', field: 'rules' }, value, 'it must be a list'));
  const errors = value.flatMap((rule: Json, index) =>
    ruleFaults(rule, { at: '/rules', field: String(index) }, law),
  );
  const refs = value.map((rule: Json) => (isObject(rule) ? rule.ref : undefined));
  refs.forEach((ref, index) => {
    if (ref === undefined || refs.indexOf(ref) === index) return;
    errors.push(fault({ at: `/rules/${index}`, field: 'ref' }, ref, 'another rule has it already'));
  });
  if (errors.length > 0) throw new Refused(400, ...errors);
  return value.filter(isObject).map((rule) => inputOf(rule, law.switches));
}

/** Reads one rule that is a body of its own; throws every fault of it at once. */
export function readRule(value: JsonObject, law: RuleLaw): RuleInput {
  const errors = ruleFaults(value, undefined, law);
  if (errors.length > 0) throw new Refused(400, ...errors);
  return inputOf(value, law.switches);
}

function ruleFaults(
  value: Json,
  place: { readonly at: string; readonly field: string } | undefined,
  law: RuleLaw,
): readonly ApiError[] {
  if (!isObject(value)) return [fault(place ?? { at: '', field: 'rule' }, value, 'it must be an object')];
  refuseUnknown(value, law.switches);
  const at = place === undefined ? '' : `${place.at}/${place.field}`;
  const { action, expression, action_parameters: parameters = {} } = value;
  return [
    ...faultsOf(at, value, fieldReasons(value, law)),
    ...(typeof expression === 'string' && expression !== '' ? expressionFaults(expression, at, law) : []),
    ...(action === 'serve_error' && isObject(parameters) ? serveErrorFaults(parameters, at, law) : []),
    ...loggingFaults(value, at),
  ];
}

/** A key that the server does not know is a fault of the JSON, and so has no pointer. */
function refuseUnknown(rule: JsonObject, switches: Switches): void {
  const known = [...ruleFields, ...(switches.readOnlyRuleFields === 'ignore' ? readOnlyFields : [])];
  const unknown = Object.keys(rule).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Refused(400, { message: unknownField(unknown) });
}

/** What is wrong with each field, or undefined. */
function fieldReasons(rule: JsonObject, law: RuleLaw): Readonly<Record<string, string | undefined>> {
  const {
    id,
    ref,
    action_parameters: parameters,
    enabled,
    ratelimit,
    exposed_credential_check: check,
  } = rule;
  const foreign = (value: Json | undefined) =>
    value !== undefined && law.phase === customErrors
      ? `it is not supported in the phase ${law.phase}`
      : undefined;
  return {
    id: id !== undefined && law.switches.ruleId === 'refuse' ? 'it is read-only' : undefined,
    ref: ref === undefined ? undefined : textReason(ref),
    action: actionReason(rule.action, law),
    action_parameters: parameters === undefined || isObject(parameters) ? undefined : 'it must be an object',
    expression: textReason(rule.expression),
    description: descriptionReason(rule.description),
    enabled: enabled === undefined || typeof enabled === 'boolean' ? undefined : 'it must be true or false',
    ratelimit: foreign(ratelimit),
    exposed_credential_check: foreign(check),
  };
}

function textReason(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? undefined : 'a text that is not empty is required';
}

function actionReason(action: Json | undefined, { phase, switches }: RuleLaw): string | undefined {
  if (typeof action !== 'string' || !/^[a-z_]+$/.test(action)) return 'the name of an action is required';
  const fits =
    phase === customErrors ? switches.customErrorActions.includes(action) : action !== 'serve_error';
  return fits ? undefined : `it is not supported in the phase ${phase}`;
}

function descriptionReason(description: Json | undefined): string | undefined {
  if (description === undefined) return undefined;
  if (typeof description !== 'string') return 'it must be a text';
  return Buffer.byteLength(description) > 4096 ? 'it is longer than 4096 bytes' : undefined;
}

function loggingFaults(rule: JsonObject, at: string): readonly ApiError[] {
  if (rule.logging === undefined || rule.action === 'skip') return [];
  const message = 'logging options only allowed in the skip action';
  return [{ code: 20_018, message, source: { pointer: `${at}/logging` } }];
}

/** The rule as it will be kept; called only for one without faults. */
function inputOf(rule: JsonObject, switches: Switches): RuleInput {
  const { id, ref, action_parameters: sent, description } = rule;
  const expression = String(rule.expression);
  const extra = Object.fromEntries(Object.entries(rule).filter(([key]) => extraFields.includes(key)));
  const html = rule.action === 'serve_error' && switches.assetWithoutContentType === 'text/html';
  return {
    ...(typeof id === 'string' && switches.ruleId === 'keep' ? { id } : {}),
    ...(typeof ref === 'string' ? { ref } : {}),
    action: String(rule.action),
    ...(isObject(sent) ? { action_parameters: html ? { content_type: 'text/html', ...sent } : sent } : {}),
    expression: switches.expressionText === 'trimmed' ? expression.trim() : expression,
    description: typeof description === 'string' ? description : '',
    enabled: rule.enabled !== false,
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  };
}
