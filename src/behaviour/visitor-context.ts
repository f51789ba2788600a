import { type Context, fields, unknown } from '../expression/expression.ts';
import type { CompleteCase, HeaderValues, VisitorCase } from '../model/visitor.ts';
import { type Asking, askedBy } from './asked-by.ts';

/** The case with its defaults; `zone` is the name of the zone, if a zone is asked about. */
export function completeCase(visitor: VisitorCase, zone?: string): CompleteCase {
  const host = visitor.host ?? visitor.requestHeaders?.host?.[0] ?? zone;
  return {
    ...visitor,
    ...(host === undefined ? {} : { host }),
    path: visitor.path ?? '/',
    method: visitor.method ?? 'GET',
    scheme: visitor.scheme ?? 'https',
  };
}

/**
 * The context for expressions: every field that follows from the case (Cloudflare docs, Rules language, fields reference).
 * Headers that are not given are absent, an error is no 1XXX error unless it is said to be one; every other field of the
 * table is not known, and its reason says how to give it.
 */
export function visitorContext(visitor: CompleteCase, asking: Asking = 'flags'): Context {
  const known: Context = {
    ...constants,
    ...requestFields(visitor),
    ...headerFields(visitor),
    ...uriFields(visitor),
    ...responseFields(visitor),
    ...visitor.fields,
  };
  return Object.fromEntries(
    Array.from(fields.keys(), (name) => {
      const given = Object.hasOwn(known, name) ? known[name] : undefined;
      return [name, given ?? unknown(`${name} is not given: ${askedBy(name, asking)}`)];
    }),
  );
}

const constants = Object.fromEntries(
  [...fields].flatMap(([name, { always }]) => (always === undefined ? [] : [[name, always]])),
);

function requestFields({ host, method, scheme, ip, country }: CompleteCase): Context {
  return {
    'http.host': host,
    'http.request.method': method,
    ssl: scheme === 'https',
    'ip.src': ip,
    'ip.src.country': country,
    'ip.geoip.country': country,
  };
}

/** What the docs do not say of a header that is absent, its own field, is not known. */
function headerFields({ requestHeaders = {}, host }: CompleteCase): Context {
  const headers = host === undefined ? requestHeaders : { host: [host], ...requestHeaders };
  return {
    ...mapFields('http.request.headers', headers),
    'http.cookie': joined(requestHeaders.cookie, '; '),
    'http.request.cookies': requestHeaders.cookie && cookiesOf(requestHeaders.cookie),
    'http.referer': requestHeaders.referer?.[0],
    'http.user_agent': requestHeaders['user-agent']?.[0],
    'http.x_forwarded_for': joined(requestHeaders['x-forwarded-for'], ', '),
  };
}

function mapFields(name: string, headers: HeaderValues): Context {
  return {
    [name]: headers,
    [`${name}.names`]: Object.entries(headers).flatMap(([key, values]) => values.map(() => key)),
    [`${name}.values`]: Object.values(headers).flat(),
    [`${name}.truncated`]: false,
  };
}

function joined(values: readonly string[] | undefined, separator: string): string | undefined {
  return values?.join(separator);
}

function cookiesOf(headers: readonly string[]): Context {
  return grouped(headers.flatMap((header) => header.split(';')).map((cookie) => cookie.trim()));
}

/** The values of `name=value` by their names; without an equals sign the value is empty. */
function grouped(texts: readonly string[]): Context {
  const pairs = texts.filter((text) => text !== '').map(pairOf);
  const names = new Set(pairs.map(({ name }) => name));
  return Object.fromEntries(
    Array.from(names, (name) => [name, pairs.filter((pair) => pair.name === name).map(({ value }) => value)]),
  );
}

function pairOf(text: string): { readonly name: string; readonly value: string } {
  const at = text.indexOf('=');
  return at < 0 ? { name: text, value: '' } : { name: text.slice(0, at), value: text.slice(at + 1) };
}

function uriFields({ host, path: uri, scheme }: CompleteCase): Context {
  const at = uri.indexOf('?');
  const [path, query] = at < 0 ? [uri, ''] : [uri.slice(0, at), uri.slice(at + 1)];
  const texts = query.split('&').filter((text) => text !== '');
  const found = {
    uri,
    full_uri: host === undefined ? undefined : `${scheme}://${host}${uri}`,
    'uri.path': path,
    'uri.query': query,
    'uri.args': grouped(texts),
    'uri.args.names': texts.map((text) => pairOf(text).name),
    'uri.args.values': texts.map((text) => pairOf(text).value),
  };
  const extension = extensionOf(path);
  return {
    ...prefixed('http.request.', { ...found, 'uri.path.extension': extension.toLowerCase() }),
    ...(mayDiffer.test(path)
      ? {}
      : prefixed('raw.http.request.', { ...found, 'uri.path.extension': extension })),
  };
}

/** Paths that a zone may be set to normalise; how they came is then not known (Cloudflare docs, URL normalization). */
const mayDiffer = /\/\/|\/\.|[%\\]/;

/** What stands behind the last dot of the last segment, unless that dot begins it (Cloudflare docs). */
function extensionOf(path: string): string {
  return /[^/]\.([^./]*)$/.exec(path)?.[1] ?? '';
}

function prefixed(prefix: string, found: Context): Context {
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [prefix + name, value]));
}

function responseFields({ status, error1xxx = 0, responseHeaders = {} }: CompleteCase): Context {
  const type = responseHeaders['content-type']?.[0];
  return {
    'http.response.code': status,
    'cf.response.1xxx_code': error1xxx,
    ...mapFields('http.response.headers', responseHeaders),
    'http.response.content_type.media_type': type?.split(';')[0]?.trim().toLowerCase(),
  };
}
