import type { Asset, JsonObject, Rule, Serve } from '../model/body.ts';
import type { FieldEdit } from '../model/plan.ts';
import { assetFields, fieldEdits, fieldsKey, knownParameters, ruleFields } from './fields.ts';

export { changeDigest, digest, fingerprintOf, type Undigested } from './digests.ts';

/**
 * The fields in which two rules differ in their normal form, in the order in which they are shown. `ref` and unknown
 * parameters are no fields; a known parameter that is malformed in the live rule is one.
 */
export function ruleEdits(live: Rule, desired: Rule): readonly FieldEdit[] {
  return fieldEdits(ruleFields(live), ruleFields(desired));
}

/** The fields in which two assets of one name differ: `url` and `description`, letter by letter. */
export function assetEdits(live: Asset, desired: Asset): readonly FieldEdit[] {
  return fieldEdits(assetFields(live), assetFields(desired));
}

/** A text that two rules share exactly when they differ in nothing but their `ref` (and unknown parameters). */
export function bodyKey(rule: Rule): string {
  return fieldsKey(ruleFields(rule));
}

/** True when two rules have the same `ref` and differ in no field. */
export function sameRule(live: Rule, desired: Rule): boolean {
  return live.ref === desired.ref && ruleEdits(live, desired).length === 0;
}

/** True when two lists hold the same rules in the same order. */
export function rulesMatch(live: readonly Rule[], wanted: readonly Rule[]): boolean {
  if (live.length !== wanted.length) return false;
  return wanted.every((rule, index) => {
    const there = live[index];
    return there !== undefined && sameRule(there, rule);
  });
}

/**
 * The rule to write over a live one: each field that is equal as it was read, each field that differs as it is desired,
 * and the unknown parameters of both. An unchanged rule comes back exactly as it was read.
 */
export function carryAlong(live: Rule, desired: Rule): Rule {
  const edited = new Set(ruleEdits(live, desired).map((edit) => edit.field));
  const from = (field: string): Rule => (edited.has(field) ? desired : live);
  const { description } = from('description');
  const { enabled } = from('enabled');
  return {
    ref: desired.ref,
    expression: from('expression').expression,
    ...(description === undefined ? {} : { description }),
    ...(enabled === undefined ? {} : { enabled }),
    serve: carriedServe(live.serve, desired.serve, edited),
  };
}

function carriedServe(live: Serve, desired: Serve, edited: ReadonlySet<string>): Serve {
  const sameKind = live.source.kind === desired.source.kind;
  const sameSource = sameKind && !edited.has('asset_name') && !edited.has('content');
  // An absent type has a default beside an asset only, so it may not outlive a change of the source's kind.
  const sameType = sameKind && !edited.has('content_type') && live.extra?.content_type === undefined;
  const { contentType } = sameType ? live : desired;
  const { statusCode } = desired;
  const extra = { ...unknownParameters(live), ...unknownParameters(desired) };
  return {
    source: sameSource ? live.source : desired.source,
    ...(contentType === undefined ? {} : { contentType }),
    ...(statusCode === undefined ? {} : { statusCode }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}

function unknownParameters({ extra = {} }: Serve): JsonObject {
  const known: readonly string[] = knownParameters;
  return Object.fromEntries(Object.entries(extra).filter(([name]) => !known.includes(name)));
}
