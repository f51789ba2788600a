import fc from 'fast-check';
import type { Context } from '../../src/expression/expression.ts';

const codes = [400, 403, 404, 500, 503, 401, 450, 501, 999];
const hosts = ['a.example', 'b.example', 'other.example'];
const paths = ['/', '/api', '/api/v1', '/API/x', '/other', ''];
const seconds: readonly (readonly string[] | undefined)[] = [undefined, [], ['x'], ['y', 'x'], ['other']];

/** Every response of a small world. */
export const contexts: readonly Context[] = codes.flatMap((code) =>
  hosts.flatMap((host) =>
    paths.flatMap((path) =>
      seconds.map((header, at) => ({
        'http.response.code': code,
        'http.host': host,
        'http.request.uri.path': path,
        'http.request.headers': header === undefined ? {} : { a: header },
        ssl: (at % 2 === 0) === (code % 2 === 0),
      })),
    ),
  ),
);

const code = fc.constantFrom(...codes.slice(0, 5));
const operator = fc.constantFrom('eq', 'ne', 'lt', 'le', 'gt', 'ge');
const host = fc.constantFrom(...hosts.slice(0, 2));
const path = fc.constantFrom(...paths.slice(0, 4));

/** Conditions whose every class of values occurs in the small world, independently of one another. */
const exact = fc.oneof(
  fc.tuple(operator, code).map(([sign, value]) => `http.response.code ${sign} ${value}`),
  fc.array(code, { maxLength: 3 }).map((values) => `http.response.code in {${values.join(' ')}}`),
  fc.tuple(fc.constantFrom('eq', 'ne'), host).map(([sign, value]) => `http.host ${sign} "${value}"`),
  fc
    .tuple(fc.constantFrom('eq', 'ne'), path)
    .map(([sign, value]) => `http.request.uri.path ${sign} "${value}"`),
  fc.constantFrom(
    'http.request.headers["a"][0] eq "x"',
    'http.request.headers["a"][0] ne "x"',
    'http.request.headers["a"][0] in {"x" "y"}',
  ),
);

const ordered = fc.tuple(operator, path).map(([sign, value]) => `http.request.uri.path ${sign} "${value}"`);

const others = fc.oneof(
  fc
    .tuple(fc.constantFrom('starts_with', 'ends_with'), fc.constantFrom('/', '/api', '/v1', '/A', ''))
    .map(([name, text]) => `${name}(http.request.uri.path, "${text}")`),
  fc
    .constantFrom('/api*', '*/V1', '/API/*', '*', '*p*')
    .map((text) => `http.request.uri.path wildcard "${text}"`),
  fc.constantFrom('/api*', '*/v1', '/API/*').map((text) => `http.request.uri.path strict wildcard "${text}"`),
  fc.constantFrom('api', '/', '', 'X').map((text) => `http.request.uri.path contains "${text}"`),
  fc
    .constantFrom('^/api', 'v1$', '^/$', 'a.i', '[A-Z]', 'other')
    .map((text) => `http.request.uri.path matches "${text}"`),
  fc.constantFrom('lower', 'upper').map((name) => `${name}(http.request.uri.path) eq "/api/x"`),
  fc.constantFrom('eq 4', 'gt 1', 'lt 6').map((text) => `len(http.request.uri.path) ${text}`),
  fc.constantFrom(
    'ssl',
    'true',
    'http.response.code & 1',
    'any(http.request.headers["a"][*] eq "x")',
    'all(http.request.headers["a"][*] ne "x")',
    'len(http.request.headers["a"]) gt 1',
    'has_key(http.request.headers, "a")',
    'http.request.headers["a"][1] eq "x"',
    'lower(http.request.headers["a"][0]) ne "x"',
    'concat(http.host, http.request.uri.path) eq "a.example/"',
    'substring(http.request.uri.path, 0, 4) eq "/api"',
  ),
);

function combined(leaf: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const { whole } = fc.letrec<{ whole: string }>((tie) => ({
    whole: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      tie('whole').map((part) => `not (${part})`),
      fc
        .tuple(tie('whole'), fc.constantFrom('and', 'or', 'xor'), tie('whole'))
        .map(([one, sign, other]) => `(${one}) ${sign} (${other})`),
    ),
  }));
  return whole;
}

/** `exact`: what the small world decides; `any`: conditions of every kind, of which it may know too little. */
export const expressions = {
  exact: combined(exact),
  any: combined(fc.oneof(exact, others, ordered)),
  unordered: combined(fc.oneof(exact, others)),
};
