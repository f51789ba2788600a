import { describe, expect, it } from 'vitest';
import type { Scope, ScopeName } from '../../src/model/scope.ts';
import type { Problem } from '../../src/problem/problem.ts';
import { type Heard, no, type Reply, type Script, withWriter, yes } from './scripted.ts';

interface Zone {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly account: { readonly id: string; readonly name: string };
}

const hex = (n: number): string => n.toString(16).padStart(32, '0');
const acme = { id: hex(0xa), name: 'Acme Inc' };
const other = { id: hex(0xb), name: 'Other' };
const zoneOf = (n: number, name: string, account = acme): Zone => ({
  id: hex(n),
  name,
  status: 'active',
  account,
});
/** Zones z001.com, z002.com and so on. */
const many = (count: number): readonly Zone[] =>
  Array.from({ length: count }, (_, n) => zoneOf(n + 100, `z${String(n + 1).padStart(3, '0')}.com`));
const zones = (...names: readonly string[]): readonly ScopeName[] =>
  names.map((name) => ({ kind: 'zone', name }));

interface Quirks {
  readonly ignoresPage?: boolean;
  readonly ignoresFilter?: boolean;
  readonly ignoresOrder?: boolean;
  readonly hidesTotal?: boolean;
}

/** A list as Cloudflare answers it, or as something in between spoils it. */
function listOf(all: readonly { readonly id: string; readonly name: string }[], quirks: Quirks = {}) {
  return ({ query }: Heard): Reply => {
    const matching = all.filter((one) => {
      if (quirks.ignoresFilter) return true;
      const owner = 'account' in one ? (one as Zone).account : undefined;
      return (
        [null, one.name].includes(query.get('name')) &&
        [null, owner?.id].includes(query.get('account.id')) &&
        [null, owner?.name].includes(query.get('account.name'))
      );
    });
    const sorted = quirks.ignoresOrder ? matching : matching.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const size = Number(query.get('per_page'));
    const page = quirks.ignoresPage ? 1 : Number(query.get('page') ?? 1);
    const total = quirks.hidesTotal ? {} : { total_count: sorted.length };
    return yes(sorted.slice((page - 1) * size, page * size), { page, per_page: size, ...total });
  };
}

async function resolve(script: Script, names: readonly ScopeName[]) {
  return withWriter(script, async ({ remote, requests }, { heard }) => {
    const scopes = await remote.resolve(names);
    return { scopes, requests: requests(), heard };
  });
}

const idsOf = (scopes: readonly (Scope | Problem)[]) =>
  scopes.map((one) => ('code' in one ? one.code : one.id));

describe('requests of a look-up', () => {
  const everyone = many(120);
  const name = (n: number): string => `z${String(n).padStart(3, '0')}.com`;
  it.each([
    { what: 'ids', list: everyone, names: [hex(1), hex(2).toUpperCase()], requests: 0 },
    { what: 'one name', list: everyone, names: [name(99)], requests: 1 },
    { what: 'two names', list: everyone, names: [name(1), name(99)], requests: 2 },
    { what: 'three names in a short list', list: many(50), names: [1, 20, 50].map(name), requests: 1 },
    { what: 'three names of the first page', list: everyone, names: [1, 2, 3].map(name), requests: 1 },
    { what: 'three names, one of them far away', list: everyone, names: [1, 2, 110].map(name), requests: 2 },
    { what: 'three names of other pages', list: everyone, names: [60, 70, 110].map(name), requests: 3 },
    { what: 'three names in a long list', list: many(900), names: [1, 600, 700].map(name), requests: 3 },
    { what: 'a name that ends the page', list: many(900), names: [1, 2, 50].map(name), requests: 2 },
    { what: 'every name', list: everyone, names: everyone.map((one) => one.name), requests: 3 },
  ])('$what: $requests', async ({ list, names, requests }) => {
    const found = await resolve(listOf(list), zones(...names));
    expect(found.requests).toBe(requests);
    const wanted = names.map((one) => list.find((entry) => entry.name === one)?.id ?? one.toLowerCase());
    expect(idsOf(found.scopes)).toEqual(wanted);
  });
});

describe('a look-up', () => {
  it('keeps the order, and says whose a zone is', async () => {
    const names = zones('b.com', hex(9), 'A.com', 'b.com');
    const { scopes } = await resolve(listOf([zoneOf(1, 'a.com'), zoneOf(2, 'b.com', other)]), names);
    expect(idsOf(scopes)).toEqual([hex(2), hex(9), 'cloudflare/zone-not-found', hex(2)]);
    expect(scopes[0]).toEqual({ kind: 'zone', id: hex(2), name: 'b.com', account: other });
    expect(scopes[1]).toEqual({ kind: 'zone', id: hex(9), name: hex(9) });
  });

  const twins = [zoneOf(1, 'a.com'), { ...zoneOf(2, 'a.com', other), status: 'pending' }];

  it('refuses a name that two zones have, and lists both', async () => {
    const { scopes } = await resolve(listOf(twins), zones('a.com'));
    expect(scopes[0]).toMatchObject({ code: 'cloudflare/ambiguous-zone', scope: 'zone a.com' });
    const { message, hint } = scopes[0] as Problem;
    expect(message).toContain(`${hex(1)} in account Acme Inc (${acme.id}), active`);
    expect(message).toContain(`${hex(2)} in account Other (${other.id}), pending`);
    expect(hint).toContain('account:');
  });

  it('sees the second zone of a name also where it begins the next page', async () => {
    const list = [
      ...many(900).slice(0, 49),
      zoneOf(1, 'z049b.com'),
      zoneOf(2, 'z049b.com', other),
      ...many(900).slice(49),
    ];
    const { scopes } = await resolve(listOf(list), zones('z001.com', 'z002.com', 'z049b.com'));
    expect(idsOf(scopes)).toEqual([hex(100), hex(101), 'cloudflare/ambiguous-zone']);
  });

  it('sees the second zone of a name in a list without order', async () => {
    const list = [zoneOf(2, 'z001.com', other), ...many(900).toReversed()];
    const { scopes } = await resolve(
      listOf(list, { ignoresOrder: true }),
      zones('z001.com', 'z899.com', 'z898.com'),
    );
    expect(idsOf(scopes)[0]).toBe('cloudflare/ambiguous-zone');
  });

  it.each([acme.id, acme.id.toUpperCase(), acme.name])('is narrowed by account %s', async (account) => {
    const names: readonly ScopeName[] = [{ kind: 'zone', name: 'a.com', account }];
    for (const quirks of [{}, { ignoresFilter: true }]) {
      const { scopes, requests } = await resolve(listOf(twins, quirks), names);
      expect(requests).toBe(1);
      expect(idsOf(scopes)).toEqual([hex(1)]);
    }
  });

  it('asks for each account apart', async () => {
    const names: readonly ScopeName[] = [
      { kind: 'zone', name: 'a.com', account: 'Acme Inc' },
      { kind: 'zone', name: 'a.com', account: 'Other' },
      { kind: 'zone', name: 'a.com', account: 'Nobody' },
      { kind: 'zone', name: 'b.com' },
    ];
    const { scopes, requests } = await resolve(listOf([...twins, zoneOf(3, 'b.com')]), names);
    expect(requests).toBe(4);
    expect(idsOf(scopes)).toEqual([hex(1), hex(2), 'cloudflare/zone-not-found', hex(3)]);
    expect((scopes[2] as Problem).message).toContain('in account Nobody');
  });

  it('of accounts prefers the name as it is written, takes another letter case, and sees twins', async () => {
    const list = [acme, { id: hex(0xc), name: 'acme inc' }, other, { ...other, id: hex(0xd) }];
    const names = ['Acme Inc', 'other', 'Othr'].map((name) => ({ kind: 'account', name }) as const);
    const { scopes } = await resolve(listOf(list), names);
    expect(idsOf(scopes)).toEqual([acme.id, 'cloudflare/ambiguous-account', 'cloudflare/account-not-found']);
    expect((scopes[2] as Problem).hint).toBe('did you mean "Other"?');
  });

  it.each([{ ignoresPage: true }, { hidesTotal: true }])(
    'ends and finds everything where a server %o',
    async (quirks) => {
      const list = many(130);
      const names = list.map((one) => one.name);
      const { scopes, requests } = await resolve(listOf(list, quirks), zones(...names));
      expect(idsOf(scopes)).toEqual(list.map((one) => one.id));
      expect(requests).toBeLessThan(150);
    },
  );

  it('asks by name where the list is refused, as to a token of very many accounts', async () => {
    const list = listOf(many(3));
    const script = (heard: Heard): Reply => {
      const unnamed = heard.query.get('name') === null;
      return unnamed ? no(400, { message: 'too many accounts, narrow the request' }) : list(heard);
    };
    const { scopes, requests } = await resolve(script, zones('z001.com', 'z002.com', 'z003.com'));
    expect(idsOf(scopes)).toEqual(many(3).map((one) => one.id));
    expect(requests).toBe(4);
  });

  it('guesses what a misspelt name meant, where it saw the list', async () => {
    const { scopes } = await resolve(listOf(many(3)), zones('z001.com', 'z002.com', 'z03.com'));
    expect((scopes[2] as Problem).hint).toMatch(/did you mean "z00\d\.com"\?/);
  });
});
