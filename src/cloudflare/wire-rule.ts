import type { Json, JsonObject, Rule, Serve, Source } from '../model/body.ts';
import type { LiveRule } from '../model/live.ts';
import { isObject } from './envelope.ts';
import { Misfit } from './misfit.ts';

/** The keys at the top of a rule that are known here (Cloudflare OpenAPI, `rulesets_Rule`). */
const ruleKeys = [
  'id',
  'version',
  'last_updated',
  'ref',
  'action',
  'action_parameters',
  'expression',
  'description',
  'enabled',
] as const;

export type WireRuleKey = (typeof ruleKeys)[number];

const knownKeys: ReadonlySet<string> = new Set(ruleKeys);

/** A rule as a PUT sends it (Cloudflare OpenAPI, `rulesets_ServeErrorRule`). */
export type WireRule = {
  readonly ref: string;
  readonly action: 'serve_error';
  readonly action_parameters: WireParameters;
  readonly expression: string;
  readonly description?: string;
  readonly enabled: boolean;
};

/** Parameters as they are sent; whatever else a rule carries along stands beside these keys. */
export type WireParameters = (WireContent | WireShown | JsonObject) & {
  /** One of `contentTypes`, but for a live rule that is sent back as it was read. */
  readonly content_type?: string;
  readonly status_code?: number;
};

export type WireContent = { readonly content: string };

export type WireShown = { readonly asset_name: string };

/**
 * Reads a rule such that `writeRule` can give it back: what is unknown or malformed in `action_parameters` goes to
 * `extra`. Throws `Misfit` for a rule that could not be written back as it was; `position` counts from 1.
 */
export function readRule(json: Json, position: number): LiveRule {
  if (!isObject(json)) throw new Misfit(`rule ${position} is not an object`);
  const id = typeof json.id === 'string' ? json.id : '';
  const ref = json.ref ?? id;
  const { action, expression } = json;
  const enabled = json.enabled ?? undefined;
  const description = json.description ?? undefined;
  const parameters = json.action_parameters ?? {};
  if (!isText(ref)) throw new Misfit(`rule ${position} has no usable "ref" and no "id"`);
  const misfit = (key: string, kind: string): Misfit =>
    new Misfit(`"${key}" of rule ${position} (ref "${ref}") is not ${kind}`);
  if (!isText(action)) throw misfit('action', 'a text');
  if (!isText(expression)) throw misfit('expression', 'a text');
  if (!isObject(parameters)) throw misfit('action_parameters', 'an object');
  if (enabled !== undefined && typeof enabled !== 'boolean') throw misfit('enabled', 'true or false');
  if (description !== undefined && typeof description !== 'string') throw misfit('description', 'a text');
  return {
    id,
    ref,
    version: versionText(json.version) ?? '',
    action,
    expression,
    ...(description === undefined ? {} : { description }),
    ...(enabled === undefined ? {} : { enabled }),
    serve: readServe(parameters),
    unknownKeys: Object.keys(json).filter((key) => !knownKeys.has(key)),
    raw: json,
  };
}

/** A version as the API writes it, in digits; undefined for anything else. */
export function versionText(json: Json | undefined): string | undefined {
  const text = typeof json === 'number' ? String(json) : json;
  return typeof text === 'string' && /^\d+$/.test(text) ? text : undefined;
}

function isText(json: Json | undefined): json is string {
  return typeof json === 'string' && json !== '';
}

function readServe(parameters: JsonObject): Serve {
  const { content_type: contentType, status_code: statusCode } = parameters;
  const source = readSource(parameters);
  const serve = {
    source,
    ...(typeof contentType === 'string' ? { contentType } : {}),
    ...(typeof statusCode === 'number' && Number.isSafeInteger(statusCode) ? { statusCode } : {}),
  };
  const written = writeServe(serve);
  const rest = Object.entries(parameters).filter(([key]) => !Object.hasOwn(written, key));
  return rest.length === 0 ? serve : { ...serve, extra: Object.fromEntries(rest) };
}

/** Both sources at once, or one that is no text, is no source: the pair stays in `extra` as it is. */
function readSource(parameters: JsonObject): Source {
  const { content, asset_name: assetName } = parameters;
  if (typeof content === 'string' && assetName === undefined) return { kind: 'content', content };
  if (typeof assetName === 'string' && content === undefined) return { kind: 'asset', assetName };
  return { kind: 'nothing' };
}

/** The rule as a PUT sends it, from an allow-list: the API refuses what it does not know or does not let be set. */
export function writeRule(rule: Rule): WireRule {
  const { ref, expression, description, enabled, serve } = rule;
  return {
    ref,
    action: 'serve_error',
    action_parameters: writeServe(serve),
    expression,
    ...(description === undefined || description === '' ? {} : { description }),
    enabled: enabled ?? true,
  };
}

const sourceKeys: ReadonlySet<string> = new Set(['content', 'asset_name']);

function writeServe({ source, contentType, statusCode, extra = {} }: Serve): WireParameters {
  const known: WireParameters = {
    ...writeSource(source),
    ...(contentType === undefined ? {} : { content_type: contentType }),
    ...(statusCode === undefined ? {} : { status_code: statusCode }),
  };
  const carried = Object.entries(extra).filter(
    ([key]) => !Object.hasOwn(known, key) && (source.kind === 'nothing' || !sourceKeys.has(key)),
  );
  return { ...known, ...Object.fromEntries(carried) };
}

function writeSource(source: Source): WireContent | WireShown | JsonObject {
  if (source.kind === 'content') return { content: source.content };
  return source.kind === 'asset' ? { asset_name: source.assetName } : {};
}
