import { describe, expect, it } from 'vitest';
import type { Permission } from '../../src/sandbox/sandbox.ts';
import { rule, sender, withWorld } from './client.ts';

const garbled = { status: 400, errors: [{ code: 6003, error_chain: [{ code: 6111 }] }] };

describe('who may come in', () => {
  it.each([
    ['nothing', {}, garbled],
    ['a token without Bearer', { authorization: 'abc' }, garbled],
    ['a token with a blank in it', { authorization: 'Bearer a b' }, garbled],
    ['an empty token', { authorization: 'Bearer ' }, garbled],
    ['an e-mail without a key', { 'x-auth-email': 'a@b.c' }, { status: 400, errors: [{ code: 6003 }] }],
    ['no e-mail', { 'x-auth-email': 'ab', 'x-auth-key': 'k' }, { status: 400, errors: [{ code: 6003 }] }],
    ['an unknown token', { authorization: 'Bearer other' }, { status: 403, errors: [{ code: 9109 }] }],
    ['a disabled token', { authorization: 'Bearer old' }, { status: 403, errors: [{ code: 9109 }] }],
    [
      'a wrong key',
      { 'x-auth-email': 'a@b.c', 'x-auth-key': 'x' },
      { status: 403, errors: [{ code: 9109 }] },
    ],
    ['the token', { authorization: 'Bearer good' }, { status: 200 }],
    ['the key', { 'x-auth-email': 'a@b.c', 'x-auth-key': 'k' }, { status: 200 }],
  ] as const)('%s', (_, headers, expected) =>
    withWorld(
      {
        tokens: [{ token: 'good' }, { token: 'old', status: 'disabled' }],
        keys: [{ email: 'a@b.c', key: 'k' }],
      },
      async ({ baseUrl }) => {
        expect(await sender(baseUrl, { ...headers })('GET', '/zones')).toMatchObject(
          'errors' in expected ? { status: expected.status, body: { errors: expected.errors } } : expected,
        );
      },
    ),
  );

  it('is anybody with a well-formed token where no tokens are listed, and no log holds it', () =>
    withWorld({}, async ({ send, sandbox }) => {
      expect(await send('GET', '/zones')).toMatchObject({ status: 200 });
      expect(JSON.stringify(sandbox.log)).not.toContain('Bearer');
    }));
});

describe('what a token may do', () => {
  const attempts = (zone: string) =>
    ({
      'zones:read': ['GET', '/zones', undefined],
      'assets:read': ['GET', `/zones/${zone}/custom_pages/assets`, undefined],
      'assets:write': [
        'POST',
        `/zones/${zone}/custom_pages/assets`,
        { name: 'a', description: '', url: 'https://x.example' },
      ],
      'rules:read': ['GET', `/zones/${zone}/rulesets`, undefined],
      'rules:write': [
        'PUT',
        `/zones/${zone}/rulesets/phases/http_custom_errors/entrypoint`,
        { rules: [rule('a')] },
      ],
    }) as const satisfies Record<Permission, unknown>;

  it.each<[readonly Permission[], readonly Permission[]]>([
    [[], []],
    [['zones:read'], ['zones:read']],
    [['assets:write'], ['assets:read', 'assets:write']],
    [
      ['rules:read', 'assets:read'],
      ['assets:read', 'rules:read'],
    ],
  ])('%j allows %j and nothing else', (permissions, allowed) =>
    withWorld({ tokens: [{ token: 'test', permissions }] }, async ({ send, zone }) => {
      const done: string[] = [];
      for (const [name, [method, target, body]] of Object.entries(attempts(zone()))) {
        const reply = await send(method, target, body);
        if (reply.status === 200) done.push(name);
        else expect(reply).toMatchObject({ status: 403, errors: [{ code: 10_000 }] });
      }
      expect(done).toEqual(allowed);
    }),
  );

  it('is not to be found out by a dry run', () =>
    withWorld({ tokens: [{ token: 'test', permissions: ['rules:read'] }] }, async ({ send, entrypoint }) => {
      for (const value of ['true', 'probe']) {
        expect((await send('PUT', `${entrypoint}?dry_run=${value}`, { rules: [] })).status).toBe(403);
      }
    }));

  it('ends at the scopes that it reaches', () =>
    withWorld({ zones: ['one.example', 'two.example'] }, async (world) => {
      const [one, two] = [world.zone('one.example'), world.zone('two.example')];
      await withWorld(
        { zones: ['one.example', 'two.example'], tokens: [{ token: 'test', scopes: [one] }] },
        async ({ send }) => {
          expect((await send('GET', '/zones')).result).toMatchObject([{ id: one }]);
          expect(await send('GET', `/zones/${one}/rulesets`)).toMatchObject({ status: 200 });
          expect(await send('GET', `/zones/${two}/rulesets`)).toMatchObject({ status: 403 });
          expect(await send('GET', `/zones/${two}`)).toMatchObject({ status: 404 });
        },
      );
    }));
});

describe('verification of tokens', () => {
  it('knows user tokens at one endpoint and those of an account at the other', () =>
    withWorld({}, async (plain) => {
      const account = plain.account();
      await withWorld({ tokens: [{ token: 'user' }, { token: 'owned', account }] }, async ({ baseUrl }) => {
        const statuses = [];
        for (const token of ['user', 'owned']) {
          const send = sender(baseUrl, { authorization: `Bearer ${token}` });
          for (const path of ['/user/tokens/verify', `/accounts/${account}/tokens/verify`]) {
            statuses.push((await send('GET', path)).status);
          }
        }
        expect(statuses).toEqual([200, 401, 401, 200]);
      });
    }));
});
