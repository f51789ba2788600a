import { describe, expect, it } from 'vitest';
import { withWorld } from './client.ts';

const numbered = Array.from({ length: 23 }, (_, index) => `z${String(index).padStart(2, '0')}.example`);

describe('the list of zones', () => {
  const world = {
    accounts: ['Acme Inc', 'Bolt & Co'],
    zones: [
      'shop.acme.com',
      'www.acme.com',
      { name: 'shop.acme.com', account: 'Bolt & Co', status: 'pending' as const },
      { name: 'bolt.dev', account: 'Bolt & Co', plan: 'pro' as const },
      { name: 'inner.acme.com', type: 'internal' as const },
    ],
  };
  it.each([
    ['', ['bolt.dev', 'shop.acme.com', 'shop.acme.com', 'www.acme.com']],
    ['?name=SHOP.acme.com', ['shop.acme.com', 'shop.acme.com']],
    ['?name=shop', []],
    ['?name=equal:bolt.dev', ['bolt.dev']],
    ['?name=not_equal:shop.acme.com', ['bolt.dev', 'www.acme.com']],
    ['?name=starts_with:shop', ['shop.acme.com', 'shop.acme.com']],
    ['?name=ends_with:.DEV', ['bolt.dev']],
    ['?name=ends_with_case_sensitive:.DEV', []],
    ['?name=contains:ACME', ['shop.acme.com', 'shop.acme.com', 'www.acme.com']],
    ['?status=pending', ['shop.acme.com']],
    ['?account.name=bolt %26 co', ['bolt.dev', 'shop.acme.com']],
    ['?account.name=starts_with:acme&name=shop.acme.com', ['shop.acme.com']],
    ['?status=pending&name=bolt.dev&match=any', ['bolt.dev', 'shop.acme.com']],
    ['?type=internal,partial', ['inner.acme.com']],
    ['?order=name&direction=desc', ['www.acme.com', 'shop.acme.com', 'shop.acme.com', 'bolt.dev']],
  ])('%s', async (query, names) => {
    await withWorld(world, async ({ send }) => {
      const { status, result } = await send('GET', `/zones${query}`);
      expect([status, result.map((zone: { name: string }) => zone.name)]).toEqual([200, names]);
    });
  });

  it('tells zones of one name apart by the id of their account', () =>
    withWorld(world, async ({ send, account, zone }) => {
      const { result } = await send('GET', `/zones?name=shop.acme.com&account.id=${account('Bolt & Co')}`);
      expect(result).toMatchObject([
        { id: zone('shop.acme.com', 'Bolt & Co'), account: { name: 'Bolt & Co' } },
      ]);
    }));

  it('comes in pages of 20 that say how many there are', () =>
    withWorld({ zones: numbered }, async ({ send }) => {
      const first = await send('GET', '/zones');
      const second = await send('GET', '/zones?page=2');
      expect(first.result).toHaveLength(20);
      expect(first.body.result_info).toEqual({
        page: 1,
        per_page: 20,
        count: 20,
        total_count: 23,
        total_pages: 2,
      });
      expect(second.result.map((zone: { name: string }) => zone.name)).toEqual(numbered.slice(20));
      expect((await send('GET', '/zones?page=3')).result).toEqual([]);
    }));

  it.each(['per_page=4', 'per_page=51', 'page=0', 'page=two', 'name=like:acme'])('refuses %s', (query) =>
    withWorld({}, async ({ send }) => {
      expect(await send('GET', `/zones?${query}`)).toMatchObject({ status: 400, result: null });
    }),
  );
});

describe('one zone, and accounts', () => {
  it('are read by id', () =>
    withWorld(
      { zones: [{ name: 'example.com', plan: 'pro' }] },
      async ({ send, account, zone, zonePath }) => {
        expect((await send('GET', zonePath)).result).toMatchObject({
          id: zone(),
          name: 'example.com',
          plan: { legacy_id: 'pro' },
          account: { id: account(), name: 'Acme Inc' },
        });
        expect((await send('GET', `/accounts/${account()}`)).result).toMatchObject({
          name: 'Acme Inc',
          type: 'standard',
        });
        expect((await send('GET', '/accounts?name=acme inc')).result).toMatchObject([{ id: account() }]);
        expect((await send('GET', '/accounts?name=Nobody')).result).toEqual([]);
      },
    ));

  it.each([
    '/zones/00000000000000000000000000000000',
    '/zones/nonsense',
    '/accounts/00000000000000000000000000000000',
  ])('answers 404 with 7003 for %s', (path) =>
    withWorld({}, async ({ send }) => {
      expect(await send('GET', path)).toMatchObject({ status: 404, errors: [{ code: 7003 }] });
    }),
  );

  it('have ids that depend on their names alone', () =>
    withWorld(
      { accounts: ['B', 'Acme Inc'], zones: ['x.example', { name: 'example.com', account: 'Acme Inc' }] },
      async (one) => withWorld({}, async (other) => expect(one.zone('example.com')).toBe(other.zone())),
    ));
});
