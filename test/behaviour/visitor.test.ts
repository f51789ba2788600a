import { describe, expect, it } from 'vitest';
import {
  completeCase,
  explainVisitor,
  fieldFault,
  ruleSources,
  visitorContext,
} from '../../src/behaviour/behaviour.ts';
import { evaluateExpression, fields } from '../../src/expression/expression.ts';
import type { Rule } from '../../src/model/body.ts';
import type { DesiredScope } from '../../src/model/desired.ts';
import type { VisitorCase } from '../../src/model/visitor.ts';

const nowhere = { file: 'custom-errors.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 };

function rule(ref: string, expression: string, more: Partial<Rule> = {}): Rule {
  return { ref, expression, serve: { source: { kind: 'asset', assetName: ref } }, ...more };
}

function asked(given: Partial<VisitorCase>, expression: string): ReturnType<typeof evaluateExpression> {
  return evaluateExpression(
    expression,
    visitorContext(completeCase({ status: 503, ...given }, 'example.com')),
  );
}

const cookie = { cookie: ['a=1; b=x=y; a=2'] };
const page = { 'content-type': ['Text/HTML; charset=utf-8'] };
const strange = { path: '/a//b' };

describe('what follows from a case', () => {
  it.each<readonly [string, Partial<VisitorCase>]>([
    ['http.response.code eq 503 and cf.response.1xxx_code eq 0 and cf.threat_score eq 0', {}],
    ['cf.response.1xxx_code eq 1020', { error1xxx: 1020 }],
    ['http.host eq "example.com" and http.request.method eq "GET" and ssl', {}],
    ['http.request.full_uri eq "https://example.com/"', {}],
    ['http.request.full_uri eq "http://a.example/b?c"', { scheme: 'http', host: 'a.example', path: '/b?c' }],
    ['not ssl', { scheme: 'http' }],
    ['http.request.uri eq "/a/b?c=1&d" and http.request.uri.path eq "/a/b"', { path: '/a/b?c=1&d' }],
    ['http.request.uri.query eq "" and http.request.uri.path.extension eq ""', {}],
    ['http.request.uri.query eq "c=1?d"', { path: '/a?c=1?d' }],
    [
      'http.request.uri.args["c"][1] eq "2=3" and http.request.uri.args["d"][0] eq ""',
      { path: '/?c=1&d&c=2=3' },
    ],
    [
      'not any(http.request.uri.args["e"][*] eq "") and len(http.request.uri.args.names) eq 3',
      { path: '/?c=1&d&&c=2' },
    ],
    [
      'http.request.uri.path.extension eq "mp3" and raw.http.request.uri.path.extension eq "MP3"',
      { path: '/x.foo.MP3?a.b' },
    ],
    ['http.request.uri.path.extension eq ""', { path: '/a.b/.mp3' }],
    ['http.request.uri.path.extension eq "mp3"', { path: '/x/foo.mp3' }],
    [
      'ip.src in {192.0.2.0/24} and ip.src.country eq "DE" and ip.geoip.country eq "DE"',
      { ip: '192.0.2.1', country: 'DE' },
    ],
    ['http.request.headers["host"][0] eq "example.com"', {}],
    ['http.host eq "b.example"', { requestHeaders: { host: ['b.example'] } }],
    ['not any(http.request.headers["accept"][*] contains "html")', {}],
    [
      'any(http.request.headers["accept"][*] contains "html")',
      { requestHeaders: { accept: ['a', 'text/html'] } },
    ],
    [
      'any(http.request.headers.names[*] eq "x") and any(http.request.headers.values[*] eq "2")',
      { requestHeaders: { x: ['1', '2'] } },
    ],
    ['http.cookie contains "b=x" and http.request.cookies["a"][1] eq "2"', { requestHeaders: cookie }],
    ['http.request.cookies["b"][0] eq "x=y"', { requestHeaders: cookie }],
    [
      'http.user_agent eq "curl" and http.referer eq ""',
      { requestHeaders: { 'user-agent': ['curl'], referer: [''] } },
    ],
    ['http.response.content_type.media_type eq "text/html"', { responseHeaders: page }],
    ['http.response.headers["content-type"][0] contains "charset"', { responseHeaders: page }],
    ['cf.bot_management.score lt 30', { fields: { 'cf.bot_management.score': 2 } }],
  ])('%s', (expression, given) => {
    expect(asked(given, expression)).toEqual({ result: true });
  });

  it.for<readonly [string, string, Partial<VisitorCase>?]>([
    ['ip.src.country ne "DE"', 'ip.src.country is not given: --country'],
    ['not ip.src in {10.0.0.0/8}', 'ip.src is not given: --ip'],
    ['ip.src.asnum eq 1', 'ip.src.asnum is not given: --field ip.src.asnum=…', { ip: '192.0.2.1' }],
    ['http.cookie eq ""', 'http.cookie is not given: --header cookie=…'],
    ['has_key(http.request.cookies, "a")', 'http.request.cookies is not given: --header cookie=…'],
    [
      'cf.response.error_type eq "1xxx"',
      'cf.response.error_type is not given: --field cf.response.error_type=…',
      { error1xxx: 1020 },
    ],
    [
      'raw.http.request.uri.path eq "/a//b"',
      'raw.http.request.uri.path is not given: --field raw.http.request.uri.path=…',
      strange,
    ],
    [
      'http.response.content_type.media_type eq ""',
      'http.response.content_type.media_type is not given: --response-header content-type=…',
    ],
  ])('%s cannot be told', ([expression, reason, given = {}]) => {
    expect(asked(given, expression)).toMatchObject({ result: null });
    expect(asked(given, expression).reason).toContain(reason);
  });

  it('decides all the same where the unknown does not matter', () => {
    expect(asked({}, 'http.response.code eq 404 and ip.src.country eq "DE"').result).toBe(false);
    expect(asked({}, 'http.response.code eq 503 or ip.src.country eq "DE"').result).toBe(true);
  });

  it('asks for the host of an account, in the words of the file too', () => {
    const context = visitorContext(completeCase({ status: 503 }), 'keys');
    expect(evaluateExpression('http.host eq "a"', context).reason).toBe(
      'http.host is not given: request.host',
    );
  });

  it('gives every field of the table a value of its type, or says that it is not known', () => {
    const full: VisitorCase = {
      status: 503,
      path: '/a.b?c',
      ip: '::1',
      country: 'DE',
      requestHeaders: cookie,
      responseHeaders: page,
    };
    const tests: Readonly<Record<string, (name: string) => string>> = {
      Bool: (name) => name,
      Int: (name) => `${name} eq 1`,
      Bytes: (name) => `${name} eq "a"`,
      Ip: (name) => `${name} eq ::1`,
      'Array<Bytes>': (name) => `any(${name}[*] eq "a")`,
      'Array<Int>': (name) => `any(${name}[*] eq 1)`,
      'Map<Array<Bytes>>': (name) => `any(${name}["a"][*] eq "a")`,
      'Map<Array<Int>>': (name) => `any(${name}["a"][*] eq 1)`,
      'Map<Int>': (name) => `${name}["a"] eq 1`,
      'Array<Array<Bytes>>': (name) => `any(${name}[0][*] eq "a")`,
    };
    for (const [name, { type }] of fields) {
      const { result, reason } = asked(full, tests[type]?.(name) ?? type);
      if (result === null) expect(reason).toContain(`${name} is not given: `);
    }
  });
});

describe('explainVisitor', () => {
  const assets = [{ name: 'gone', url: 'https://static.example.com/gone.html', description: '' }];
  const account = {
    name: 'Acme Inc',
    rules: [rule('gone', 'http.response.code eq 404'), rule('last', 'true')],
    assets,
  };

  it('knows where the asset of an account rule comes from, and counts what was not reached', () => {
    const zone = { name: 'example.com', rules: [rule('gone', 'http.response.code eq 500')] };
    expect(explainVisitor({ status: 404 }, { zone, account })).toMatchObject({
      zone: 'example.com',
      account: 'Acme Inc',
      visitor: { host: 'example.com', path: '/', method: 'GET', scheme: 'https' },
      assetUrl: 'https://static.example.com/gone.html',
      later: 1,
    });
    const ofZone = explainVisitor({ status: 500 }, { zone, account });
    expect(ofZone).toMatchObject({ answer: { winner: { scope: 'zone' } }, later: 2 });
    expect(ofZone).not.toHaveProperty('assetUrl');
  });

  it('takes no host from an id, nor from an account', () => {
    const zone = { name: '0123456789abcdef0123456789abcdef', rules: [] };
    expect(explainVisitor({ status: 404 }, { zone }).visitor).not.toHaveProperty('host');
    expect(explainVisitor({ status: 404 }, { account }).visitor).not.toHaveProperty('host');
  });
});

describe('ruleSources', () => {
  const claim = (...rules: Rule[]): Pick<DesiredScope, 'rules'> => ({
    rules: { origin: nowhere, items: rules.map((body) => ({ body, origin: { item: nowhere, keys: {} } })) },
  });
  const zone = (account?: string): DesiredScope => ({
    name: { kind: 'zone', name: 'example.com', ...(account === undefined ? {} : { account }) },
    origin: nowhere,
    ...claim(rule('a', 'true')),
  });
  const acme = (more: Partial<DesiredScope>): DesiredScope => ({
    name: { kind: 'account', name: 'Acme Inc' },
    origin: nowhere,
    ...more,
  });
  const rules = [rule('b', 'true')];

  it.each<readonly [string, DesiredScope, DesiredScope, object]>([
    [
      'the account that the zone names',
      zone('acme inc'),
      acme(claim(...rules)),
      { account: { name: 'Acme Inc', rules } },
    ],
    [
      'not the only account of the files',
      zone(),
      acme(claim(...rules)),
      { untried: 'the file does not say which account example.com is in' },
    ],
    [
      'not an account without a claim',
      zone('Acme Inc'),
      acme({}),
      { untried: 'the file does not claim the rules of account Acme Inc' },
    ],
    [
      'not another account',
      zone('Other'),
      acme(claim(...rules)),
      { untried: 'the file does not claim the rules of account Other' },
    ],
  ])('adds %s', (_, scope, other, expected) => {
    expect(ruleSources({ scopes: [scope, other] }, scope)).toEqual({
      zone: { name: 'example.com', rules: [rule('a', 'true')] },
      ...expected,
    });
  });

  it('has nothing for a scope that claims no rules', () => {
    const bare = acme({});
    expect(ruleSources({ scopes: [bare] }, bare)).toEqual({});
  });
});

describe('fieldFault', () => {
  it.each([
    ['cf.bot_management.score', 30, undefined],
    ['cf.bot_management.score', '30', 'the field is a number'],
    ['cf.bot_management.detection_ids', [1, 2], undefined],
    ['cf.bot_management.verified_bot', true, undefined],
    ['cf.response.error_type', 'waf', undefined],
    ['cf.edge.server_ip', '1.2.3', 'the field is an IP address'],
    ['cf.ray_id', null, 'the field is a string'],
    ['http.host', 'a', 'give --host'],
    ['cf.threat_score', 0, 'leave it out'],
    ['cf.bot_managment.score', 1, 'did you mean "cf.bot_management.score"?'],
  ])('%s=%j', (name, value, hint) => {
    expect(fieldFault(name, value, 'flags')?.hint).toBe(hint);
  });
});
