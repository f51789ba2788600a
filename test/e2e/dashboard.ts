import type { JsonObject } from '../../src/sandbox/sandbox.ts';
import type { Journey } from './journey.ts';

/** The entry point of custom errors below the path of a scope. */
export function entrypoint(scopePath: string): string {
  return `${scopePath}/rulesets/phases/http_custom_errors/entrypoint`;
}

/** A rule for the dashboard to write, with a page of its own unless `more` says otherwise. */
export function dashboardRule(ref: string, more: JsonObject = {}): JsonObject {
  return {
    ref,
    action: 'serve_error',
    action_parameters: { content: `<p>${ref}</p>`, content_type: 'text/html' },
    expression: 'http.response.code eq 500',
    ...more,
  };
}

/** The parameters of a rule that shows an asset. */
export function showing(asset: string): JsonObject {
  return { action_parameters: { asset_name: asset, content_type: 'text/html' } };
}

/** Somebody clicks rules together at the dashboard: their refs are their ids. */
export async function makeByHand(journey: Journey, ...rules: readonly JsonObject[]): Promise<void> {
  const unnamed = rules.map((rule) => withoutRef({ ...dashboardRule(''), ...rule }));
  await journey.cloudflare.call('PUT', entrypoint(journey.path()), { rules: unnamed });
}

/** Somebody puts rules there, with refs of their choice, in place of all others. */
export async function putRules(journey: Journey, ...rules: readonly JsonObject[]): Promise<void> {
  await journey.cloudflare.call('PUT', entrypoint(journey.path()), { rules });
}

/** Somebody at the dashboard adds a rule at the end. */
export async function addRule(journey: Journey, rule: JsonObject): Promise<void> {
  const url = entrypoint(journey.path());
  const rules = (await journey.rules()).map(({ version, last_updated, ...body }) => body);
  await journey.cloudflare.call('PUT', url, { rules: [...rules, rule] });
}

/** Somebody at the dashboard makes an asset. */
export async function addAsset(journey: Journey, name: string): Promise<void> {
  const url = `https://static.example.com/${name}.html`;
  await journey.cloudflare.call('POST', `${journey.path()}/custom_pages/assets`, {
    name,
    url,
    description: '',
  });
}

/** A rule that nobody named. */
export function withoutRef({ ref, ...rule }: JsonObject): JsonObject {
  return rule;
}
