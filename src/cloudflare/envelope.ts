import type { Json, JsonObject } from '../model/body.ts';
import type { Answer, ApiError, Delivery } from './call.ts';

/** True for a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads the envelope `{success, errors, messages, result, result_info}`, as tolerant as its documented variations ask:
 * codes and whole keys may be missing, lists may be null, a 204 has no body. Texts pass through `clean`. Never throws.
 */
export function readEnvelope(delivery: Delivery, clean: (text: string) => string): Answer {
  const { status, text } = delivery;
  const ray = delivery.headers['cf-ray'];
  const origin = ray === undefined ? { status } : { status, ray };
  const good = status >= 200 && status < 300;
  if (good && text.trim() === '') return { kind: 'yes', status, result: null, info: {} };
  const body = parse(text);
  if (!isObject(body)) return { kind: 'unreadable', ...origin, reason: clean(describe(delivery)) };
  const errors = listOf(body.errors).flatMap((one) => readError(one, clean));
  if (good && (body.success === true || (body.success !== false && body.result !== undefined))) {
    const info = isObject(body.result_info) ? body.result_info : {};
    return { kind: 'yes', status, result: body.result ?? null, info };
  }
  if (body.success === false || errors.length > 0) return { kind: 'no', ...origin, errors };
  return { kind: 'unreadable', ...origin, reason: 'JSON without the keys of a Cloudflare answer' };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** An error and those of its `error_chain`, which hold the cause where headers are refused. */
function readError(value: Json, clean: (text: string) => string): readonly ApiError[] {
  if (!isObject(value)) return [];
  const { code, message, source } = value;
  const pointer = isObject(source) ? source.pointer : undefined;
  const own: ApiError = {
    message: typeof message === 'string' ? clean(message) : '',
    ...(typeof code === 'number' ? { code } : {}),
    ...(typeof pointer === 'string' && pointer !== '' ? { pointer: clean(pointer) } : {}),
  };
  const chain = listOf(value.error_chain).flatMap((one) =>
    isObject(one) ? readError({ ...one, error_chain: null }, clean) : [],
  );
  return [own, ...chain];
}

/** What a body is that is not the JSON object it should be, without quoting it: it may be a whole page. */
function describe({ headers, text }: Delivery): string {
  const start = text.trimStart();
  if (start === '') return 'an empty body';
  if (start.startsWith('<')) return 'an HTML page';
  if (start.startsWith('{')) return 'JSON that is cut off or malformed';
  const type = headers['content-type']?.split(';')[0]?.trim();
  return type === undefined || type === '' ? 'a text' : `a body of type ${type}`;
}
