import { lex } from '../expression/expression.ts';
import type { Asset, Json, Rule } from '../model/body.ts';
import type { FieldEdit } from '../model/plan.ts';
import { canonicalJson } from './canonical.ts';

/** The fields that are set, as they were written, by their names in the API. */
export type Fields = ReadonlyMap<string, Json>;

/** The parameters that this tool knows: among the unknown ones they occur only in a rule that is malformed. */
export const knownParameters = ['asset_name', 'content', 'content_type', 'status_code'] as const;

/** The fields of a rule, malformed ones included. `ref` is none of them: it is the rule's name. */
export function ruleFields({ expression, description, enabled, serve }: Rule): Fields {
  const { source, contentType, statusCode, extra = {} } = serve;
  const fields = setFields({
    expression,
    description,
    enabled,
    asset_name: source.kind === 'asset' ? source.assetName : undefined,
    content: source.kind === 'content' ? source.content : undefined,
    content_type: contentType,
    status_code: statusCode,
  });
  for (const name of knownParameters) {
    const hidden = Object.hasOwn(extra, name) ? extra[name] : undefined;
    if (hidden !== undefined) fields.set(name, hidden);
  }
  return fields;
}

/** The fields of an asset that can change after its creation. */
export function assetFields({ url, description }: Asset): Fields {
  return setFields({ url, description });
}

function setFields(all: Readonly<Record<string, Json | undefined>>): Map<string, Json> {
  return new Map(Object.entries(all).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** In the order in which edits are shown. */
const fieldNames = ['url', 'expression', 'description', 'enabled', ...knownParameters] as const;

type FieldName = (typeof fieldNames)[number];

/** The fields that differ in their normal form, with the text of both sides as written, or the default that it has. */
export function fieldEdits(live: Fields, desired: Fields): FieldEdit[] {
  return fieldNames.flatMap((field) => {
    if (live.has(field) && live.get(field) === desired.get(field)) return [];
    if (canonicalJson(normalField(live, field)) === canonicalJson(normalField(desired, field))) return [];
    const [before, after] = [shownField(live, field), shownField(desired, field)];
    return [
      { field, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) },
    ];
  });
}

/** No description is better said as none than as an empty one. */
function shownField(fields: Fields, field: FieldName): Json | undefined {
  const [fallback] = field === 'description' ? [] : defaultOf(fields, field);
  return fields.get(field) ?? fallback;
}

/** A text that two sets of fields share exactly when none of them differs. */
export function fieldsKey(fields: Fields): string {
  return canonicalJson(fieldNames.map((field) => normalField(fields, field)));
}

/** The one normal form: a list of the value, empty for a field that is not set and has no default. */
function normalField(fields: Fields, field: FieldName): readonly Json[] {
  const written = fields.get(field);
  if (written === undefined) return defaultOf(fields, field);
  if (field === 'expression' && typeof written === 'string') return [normalExpression(written)];
  if (field === 'content' && typeof written === 'string') return [withoutLastNewlines(written)];
  return [written];
}

function defaultOf(fields: Fields, field: FieldName): readonly Json[] {
  if (field === 'description') return [''];
  if (field === 'enabled') return [true];
  return field === 'content_type' && fields.has('asset_name') ? ['text/html'] : [];
}

/**
 * The tokens, so that blanks between them are no difference; where the characters are faulty, nobody knows what a
 * blank means, and the text stands for itself.
 */
function normalExpression(text: string): Json {
  const { tokens, faults } = lex(text);
  return faults.length > 0 ? withoutLastNewlines(text) : tokens.map((token) => [token.kind, token.text]);
}

function withoutLastNewlines(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end -= text[end - 2] === '\r' ? 2 : 1;
  return text.slice(0, end);
}
