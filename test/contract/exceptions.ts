import type { Exchange } from './contract.ts';

/**
 * What of an exchange is checked: path and query, the request's body, the body of the answer, and each `serve_error`
 * rule in either body.
 */
export type Part = 'parameters' | 'request' | 'answer' | 'rules';

/** Something that Cloudflare's document says and that cannot be held against an exchange. */
export interface Exception {
  readonly parts: readonly Part[];
  readonly reason: string;
  applies(exchange: Exchange): boolean;
}

const inRulesets = ({ path }: Exchange) => /\/rulesets(\/|$)/.test(path);
const inAssets = ({ path }: Exchange) => /\/custom_pages\/assets(\/|$)/.test(path);

function hasUntypedAsset(body: unknown): boolean {
  const { rules } = Object(body);
  const parameters = (Array.isArray(rules) ? rules : [body]).map((rule) =>
    Object(Object(rule).action_parameters),
  );
  return parameters.some((one) => one.asset_name !== undefined && one.content_type === undefined);
}

/** Everything that is left out of the check, each with its reason. */
export const exceptions: readonly Exception[] = [
  {
    parts: ['parameters', 'request', 'rules'],
    reason: 'the API refused the request itself, which is what a test of that refusal wants',
    applies: ({ status }) => status === 400,
  },
  {
    parts: ['parameters', 'request', 'rules'],
    reason:
      'the tool asks with dry_run=probe and a body that can never be stored, which no schema takes, whether the server knows dry_run at all',
    applies: ({ query }) => query.dry_run === 'probe',
  },
  {
    parts: ['parameters'],
    reason: 'the API refused the identifier in the path, which is what a test of that refusal wants',
    applies: ({ status, responseBody }) => status === 404 && Object(responseBody).errors?.[0]?.code === 7003,
  },
  {
    parts: ['request'],
    reason:
      'the variants of position (before, after, index) require nothing, so each position fits all of them and oneOf fails',
    applies: ({ method, requestBody }) => method !== 'GET' && Object.hasOwn(Object(requestBody), 'position'),
  },
  {
    parts: ['request', 'answer', 'rules'],
    reason:
      'content_type may be absent beside asset_name (Cloudflare docs, Custom Errors, parameters); the schema requires it',
    applies: ({ requestBody, responseBody }) =>
      [requestBody, Object(responseBody).result].some(hasUntypedAsset),
  },
  {
    parts: ['answer'],
    reason: 'nothing was answered: the connection was cut',
    applies: ({ status }) => status === 0,
  },
  {
    parts: ['answer'],
    reason:
      'the answer to a dry run has the result null (Cloudflare docs, Rulesets API dry run); the schema wants a ruleset',
    applies: ({ query, status }) => query.dry_run === 'true' && status === 200,
  },
  {
    parts: ['answer'],
    reason:
      'the schemas of failures of custom_pages want success to be true and false at once, so nothing fits them',
    applies: (exchange) => inAssets(exchange) && exchange.status >= 400,
  },
  {
    parts: ['answer'],
    reason: 'the document describes answers of the API itself, not of a gateway or of a test that plays one',
    applies: ({ status }) => status >= 500 || status === 429,
  },
  {
    parts: ['answer'],
    reason:
      'messages may be null in answers of the Rulesets API (seen by third parties); the schema wants a list',
    applies: (exchange) => inRulesets(exchange) && Object(exchange.responseBody).messages === null,
  },
  {
    parts: ['answer'],
    reason:
      'the samples in the documentation of assets show neither errors nor messages; the schema requires both',
    applies: (exchange) =>
      inAssets(exchange) &&
      exchange.status === 200 &&
      !Object.hasOwn(Object(exchange.responseBody), 'errors'),
  },
];

/** Query parameters that are documented elsewhere, by the operations that know them. */
export const knownParameters = [
  {
    name: 'dry_run',
    reason: 'in the documentation and the official SDK, not yet in the OpenAPI document of 2026-07-27',
    applies: (exchange: Exchange) => inRulesets(exchange) && exchange.method !== 'GET',
  },
] as const;
