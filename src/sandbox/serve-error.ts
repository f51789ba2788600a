import { type ApiError, Refused } from './answer.ts';
import { unknownField } from './call.ts';
import type { Json, JsonObject } from './json.ts';
import { fault, faultsOf, type RuleLaw } from './rule-law.ts';
import type { Switches } from './switches.ts';

const contentTypes = ['application/json', 'text/html', 'text/plain', 'text/xml'];
const fields = ['content', 'asset_name', 'content_type', 'status_code'];

/**
 * What is wrong with the parameters of the `serve_error` rule at a pointer (Cloudflare OpenAPI, rulesets_ServeErrorRule;
 * limits by Cloudflare docs, Custom Errors, parameters). Throws for a key that the server does not know.
 */
export function serveErrorFaults(parameters: JsonObject, rule: string, law: RuleLaw): readonly ApiError[] {
  const known = [...fields, ...law.switches.newActionParameters];
  const unknown = Object.keys(parameters).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Refused(400, { message: unknownField(unknown) });
  const at = `${rule}/action_parameters`;
  const reasons = {
    content: contentReason(parameters, law.switches),
    asset_name: assetReason(parameters, law),
    content_type: typeReason(parameters, law.switches),
    status_code: statusReason(parameters.status_code),
  };
  return [...faultsOf(at, parameters, reasons), ...sourceFaults(parameters, rule, law.switches)];
}

function sourceFaults(parameters: JsonObject, at: string, { bothSources }: Switches): readonly ApiError[] {
  const named = ['content', 'asset_name'].filter((field) => parameters[field] !== undefined);
  if (named.length === 1 || (named.length === 2 && bothSources === 'accept')) return [];
  const reason = 'exactly one of content and asset_name is required';
  return [fault({ at, field: 'action_parameters' }, parameters, reason)];
}

function contentReason({ content, content_type }: JsonObject, switches: Switches): string | undefined {
  if (content === undefined) return undefined;
  if (typeof content !== 'string' || content === '') return 'it must be a text that is not empty';
  const { contentLimit, contentLimitUnit } = switches;
  const size = contentLimitUnit === 'bytes' ? Buffer.byteLength(content) : content.length;
  if (size > contentLimit) return `it is longer than ${contentLimit} ${contentLimitUnit}`;
  const referrer = content_type === 'text/html' && /<meta\s[^<>]*name\s?=\s?["']?referrer\b/i.test(content);
  return referrer ? 'it must not have a referrer meta tag' : undefined;
}

function assetReason({ asset_name: name }: JsonObject, { assets }: RuleLaw): string | undefined {
  if (name === undefined) return undefined;
  if (typeof name !== 'string' || name === '') return 'it must be a text that is not empty';
  return assets?.has(name) === false ? 'the custom asset could not be found' : undefined;
}

function typeReason({ content_type: type, asset_name }: JsonObject, switches: Switches): string | undefined {
  const mayMiss = asset_name !== undefined && switches.assetWithoutContentType !== 'refuse';
  const fits = type === undefined ? mayMiss : typeof type === 'string' && contentTypes.includes(type);
  return fits ? undefined : `it must be one of ${contentTypes.join(', ')}`;
}

function statusReason(status: Json | undefined): string | undefined {
  if (status === undefined) return undefined;
  const fits = typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 999;
  return fits ? undefined : 'it must be a whole number between 400 and 999';
}
