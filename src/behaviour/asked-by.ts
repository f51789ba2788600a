import { fields, fitsType, typeWords } from '../expression/expression.ts';
import type { Json } from '../model/body.ts';
import { nearest } from '../problem/nearest.ts';

/** How a reader gives a fact of a visitor: by the flags of `explain`, or by the keys of a case in a file. */
export type Asking = 'flags' | 'keys';

type Names = Readonly<Record<Asking, string>>;

const status: Names = { flags: '--status', keys: 'response.status' };
const code: Names = { flags: '--1xxx', keys: 'response.1xxx' };
const host: Names = { flags: '--host', keys: 'request.host' };
const path: Names = { flags: '--path', keys: 'request.path' };
const method: Names = { flags: '--method', keys: 'request.method' };
const scheme: Names = { flags: '--scheme', keys: 'request.scheme' };
const country: Names = { flags: '--country', keys: 'request.country' };
const ip: Names = { flags: '--ip', keys: 'request.ip' };

function header(name: string): Names {
  return { flags: `--header ${name}=…`, keys: `request.headers.${name}` };
}

function responseHeader(name: string): Names {
  return { flags: `--response-header ${name}=…`, keys: `response.headers.${name}` };
}

/** The fields that follow from a fact of the case, and which fact that is. */
const facts: Readonly<Record<string, Names>> = {
  'http.response.code': status,
  'cf.response.1xxx_code': code,
  'http.host': host,
  'http.request.full_uri': host,
  'http.request.uri': path,
  'http.request.uri.path': path,
  'http.request.uri.path.extension': path,
  'http.request.uri.query': path,
  'http.request.uri.args': path,
  'http.request.uri.args.names': path,
  'http.request.uri.args.values': path,
  'http.request.method': method,
  ssl: scheme,
  'ip.src': ip,
  'ip.src.country': country,
  'ip.geoip.country': country,
  'http.request.headers': header('NAME'),
  'http.request.headers.names': header('NAME'),
  'http.request.headers.values': header('NAME'),
  'http.cookie': header('cookie'),
  'http.request.cookies': header('cookie'),
  'http.referer': header('referer'),
  'http.user_agent': header('user-agent'),
  'http.x_forwarded_for': header('x-forwarded-for'),
  'http.response.headers': responseHeader('NAME'),
  'http.response.headers.names': responseHeader('NAME'),
  'http.response.headers.values': responseHeader('NAME'),
  'http.response.content_type.media_type': responseHeader('content-type'),
};

function factOf(field: string, asking: Asking): string | undefined {
  return Object.hasOwn(facts, field) ? facts[field]?.[asking] : undefined;
}

/** What to give so that a field is known: `--country`, or `--field cf.ray_id=…` for what has no flag of its own. */
export function askedBy(field: string, asking: Asking): string {
  return factOf(field, asking) ?? (asking === 'flags' ? `--field ${field}=…` : `fields.${field}`);
}

/** A field that cannot be given as it was, in the words of a problem. */
export interface FieldFault {
  readonly message: string;
  readonly hint: string;
}

/** What is wrong with a field of a case (`VisitorCase.fields`); undefined where nothing is. */
export function fieldFault(name: string, value: Json, asking: Asking): FieldFault | undefined {
  const field = fields.get(name);
  if (field === undefined) {
    const near = nearest(name, [...fields.keys()]);
    const hint = near === undefined ? 'fields are named as in expressions' : `did you mean "${near}"?`;
    return { message: `unknown field "${name}"`, hint };
  }
  const fact = factOf(name, asking);
  if (fact !== undefined)
    return { message: `"${name}" follows from the rest of the case`, hint: `give ${fact}` };
  if (field.always !== undefined)
    return { message: `"${name}" is always ${field.always}`, hint: 'leave it out' };
  if (value !== null && fitsType(value, field.type)) return undefined;
  return {
    message: `${JSON.stringify(value)} is no value for "${name}"`,
    hint: `the field is ${typeWords(field.type)}`,
  };
}
