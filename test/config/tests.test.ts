import { describe, expect, it } from 'vitest';
import { type Config, parseConfig } from '../../src/config/config.ts';

function read(...texts: readonly string[]): Config {
  const { value, problems } = parseConfig(
    texts.map((text, index) => ({ file: `${index + 1}.yaml`, text: `version: 1\n${text}`, directory: '/' })),
  );
  expect(problems).toEqual([]);
  if (value === undefined) throw new Error('there is neither a value nor a problem');
  return value;
}

describe('tests in the file', () => {
  it('translate every fact that a test can give', () => {
    const [test] = read(`
tests:
  - name: all of it
    zone: Bücher.example
    account: Acme Inc
    request:
      host: Shop.Example.com
      path: /a?b=c
      method: POST
      scheme: http
      headers: { Accept: a/b, ACCEPT: [c/d, e/f], X-None: [] }
      country: NO
      ip: 2001:db8::1
    response: { status: 503, 1xxx: 1020, headers: { Server: nginx } }
    fields: { cf.bot_management.score: 12, http.request.cookies: { a: [b] } }
    expect: { ref: none, asset: page, status: 530 }
`).tests;
    expect(test).toMatchObject({
      name: { value: 'all of it' },
      scope: { kind: 'zone', name: { value: 'xn--bcher-kva.example' }, account: { value: 'Acme Inc' } },
      fields: [{ value: 'cf.bot_management.score' }, { value: 'http.request.cookies' }],
      expect: { ref: { value: 'none' }, asset: { value: 'page' }, status: { value: 530 } },
    });
    expect(test?.visitor).toEqual({
      status: 503,
      error1xxx: 1020,
      host: 'shop.example.com',
      path: '/a?b=c',
      method: 'POST',
      scheme: 'http',
      requestHeaders: { accept: ['a/b', 'c/d', 'e/f'], 'x-none': [] },
      responseHeaders: { server: ['nginx'] },
      country: 'NO',
      ip: '2001:db8::1',
      fields: { 'cf.bot_management.score': 12, 'http.request.cookies': { a: ['b'] } },
    });
  });

  it('hold nothing that nobody gave, and an account where no zone is named', () => {
    const [test] = read('tests: [{account: Acme Inc, response: {status: 404}, expect: {ref: a}}]').tests;
    expect(test?.visitor).toEqual({ status: 404 });
    expect(test?.scope).toMatchObject({ kind: 'account', name: { value: 'Acme Inc' } });
    expect(test?.scope).not.toHaveProperty('account');
  });

  it('may stand in files of their own, and are taken in the order of the files', () => {
    const one = (zone: string) => `tests: [{zone: ${zone}, response: {status: 404}, expect: {ref: a}}]`;
    const { tests } = read(one('b.com'), 'zones: {a.com: {rules: []}}', one('a.com'));
    expect(tests.map(({ scope, origin }) => [scope.name.value, origin.item.file])).toEqual([
      ['b.com', '1.yaml'],
      ['a.com', '3.yaml'],
    ]);
  });

  it('take anchors, and an expectation knows where it was used', () => {
    const { tests } = read(`
x-page: &page { ref: sorry }
x-down: &down { response: { status: 503 }, expect: *page }
tests:
  - { <<: *down, zone: a.com }
  - { <<: *down, zone: b.com, response: { status: 504 } }
`);
    expect(tests.map(({ visitor }) => visitor.status)).toEqual([503, 504]);
    expect(tests[0]?.expect.ref?.span).toMatchObject({ line: 3, column: 22 });
    expect(tests[0]?.expect.uses.map(({ line }) => line)).toEqual([6, 4]);
  });
});
