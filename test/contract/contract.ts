import { readFileSync } from 'node:fs';
import type { ValidateFunction } from 'ajv';
import { exceptions, knownParameters, type Part } from './exceptions.ts';
import { type Contract, type Operation, type Parameter, readContract } from './openapi.ts';

/** One request with its answer, as the sandbox logs it. */
export interface Exchange {
  readonly method: string;
  /** Below the base URL, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseBody: unknown;
}

/** The path of Cloudflare's OpenAPI document, whole or in part, from the environment. */
export function openapiPath(): string | undefined {
  return process.env.CLOUDFLARE_OPENAPI || undefined;
}

/** What a skipped test says. */
export const skipped =
  'skipped: set CLOUDFLARE_OPENAPI to a copy of https://github.com/cloudflare/api-schemas/blob/main/openapi.json';

let contract: Contract | undefined;

function loaded(): Contract | undefined {
  const path = openapiPath();
  if (path === undefined) return undefined;
  contract ??= readContract(JSON.parse(readFileSync(path, 'utf8')));
  return contract;
}

/**
 * Holds every exchange against Cloudflare's OpenAPI document: that the operation exists, its parameters, the bodies of
 * request and answer, and the parameters of each `serve_error` rule. Gives a sentence per fault, none without a document.
 */
export function checkExchanges(log: readonly Exchange[]): string[] {
  const document = loaded();
  if (document === undefined) return [];
  return log.flatMap((exchange) => {
    const label = `${exchange.method} ${exchange.path} (${exchange.status})`;
    return faultsOf(exchange, document).map((fault) => `${label}: ${fault}`);
  });
}

function faultsOf(exchange: Exchange, document: Contract): readonly string[] {
  const operation = document.operation(exchange.method, exchange.path);
  if (operation === undefined) return exchange.status === 404 ? [] : ['the document has no such operation'];
  const checks: Record<Part, () => readonly string[]> = {
    parameters: () => parameterFaults(exchange, operation),
    request: () => requestFaults(exchange, operation),
    answer: () => answerFaults(exchange, operation),
    rules: () => [
      ...ruleFaults(exchange.requestBody, 'request', document),
      ...ruleFaults(resultOf(exchange), 'answer', document),
    ],
  };
  const parts: readonly Part[] = ['parameters', 'request', 'answer', 'rules'];
  return parts
    .filter(
      (part) =>
        !exceptions.some((exception) => exception.parts.includes(part) && exception.applies(exchange)),
    )
    .flatMap((part) => checks[part]().map((fault) => `${part}: ${fault}`));
}

function parameterFaults(exchange: Exchange, { parameters, pattern }: Operation): readonly string[] {
  const declared = parameters.filter((parameter) => parameter.in === 'query');
  const known = knownParameters
    .filter((parameter) => parameter.applies(exchange))
    .map(({ name }) => name as string);
  const unknown = Object.keys(exchange.query).filter(
    (name) => !declared.some((parameter) => parameter.name === name) && !known.includes(name),
  );
  const values = (pattern.exec(exchange.path) ?? []).slice(1).map(decodeURIComponent);
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  return [
    ...unknown.map((name) => `the query parameter ${name} is not declared`),
    ...declared.flatMap((parameter) => valueFaults(parameter, exchange.query[parameter.name])),
    // Templates and declarations need not agree on the order, so each value has to fit one of them at least.
    ...values
      .filter((value) => inPath.every((parameter) => valueFaults(parameter, value).length > 0))
      .map((value) => `no path parameter takes ${value}`),
  ];
}

function valueFaults(
  { name, required, array, validate }: Parameter,
  text: string | undefined,
): readonly string[] {
  if (text === undefined) return required ? [`the parameter ${name} is missing`] : [];
  const candidates = array ? [text.split(',')] : [text, typed(text)];
  const fits = candidates.some((candidate) => validate(candidate));
  return fits ? [] : [`the parameter ${name} does not take ${text}`];
}

/** The number or boolean that a text of a query stands for. */
function typed(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() === '' ? text : Number(text);
}

function requestFaults({ requestBody }: Exchange, { request }: Operation): readonly string[] {
  if (request === undefined) return requestBody === undefined ? [] : ['a body where the operation has none'];
  return against(request, requestBody);
}

function answerFaults({ status, responseBody }: Exchange, { answers }: Operation): readonly string[] {
  const answer = answers[status] ?? answers[`${String(status)[0]}XX`];
  if (answer === undefined)
    return status in answers ? noBody(responseBody) : [`the status ${status} is not declared`];
  return answer === null ? noBody(responseBody) : against(answer, responseBody);
}

function noBody(body: unknown): readonly string[] {
  return body === undefined ? [] : ['a body where the answer has none'];
}

/** The rules of a body, each against the one schema that is meant: the document chooses among all actions. */
function ruleFaults(body: unknown, direction: 'request' | 'answer', document: Contract): readonly string[] {
  const { rules, action } = Object(body);
  const list: readonly unknown[] = Array.isArray(rules) ? rules : action === undefined ? [] : [body];
  return list.flatMap((rule, index) => {
    if (Object(rule).action !== 'serve_error') return [];
    const { position, ...plain } = Object(rule);
    return against(document.schema('rulesets_ServeErrorRule', direction), plain).map(
      (fault) => `rule ${index}${fault}`,
    );
  });
}

function resultOf({ status, responseBody }: Exchange): unknown {
  return status === 200 ? Object(responseBody).result : undefined;
}

/** The deepest faults say what is wrong; those above them only that something is. */
function against(validate: ValidateFunction, value: unknown): readonly string[] {
  if (validate(value)) return [];
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'oneOf' && keyword !== 'if');
  const sentences = errors.map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
  return sentences.length === 0
    ? ['it fits none or several of the variants']
    : [...new Set(sentences)].slice(0, 8);
}
