import { describe, expect, it } from 'vitest';
import {
  account,
  failureOf,
  type Heard,
  no,
  type Reply,
  type Script,
  withWriter,
  yes,
  zone,
} from './scripted.ts';

const wire = (n: number) => ({
  name: `a${n}`,
  url: `https://example.com/${n}`,
  description: 'd',
  last_updated: '2026-01-01T00:00:00Z',
  size_bytes: n,
});

type Info = (page: number, size: number) => object | undefined;

/** A list of `count` assets; `info` is what the answer says of its pages. */
function listOf(
  count: number,
  info: Info,
  pageOf = (query: URLSearchParams) => Number(query.get('page')),
): Script {
  return ({ query }: Heard): Reply => {
    const [page, size] = [pageOf(query), Number(query.get('per_page'))];
    const all = Array.from({ length: count }, (_, n) => wire(n));
    return yes(all.slice((page - 1) * size, page * size), info(page, size));
  };
}

describe('a list of assets', () => {
  it.each([
    { count: 0, requests: 1 },
    { count: 1, requests: 1 },
    { count: 200, requests: 1 },
    { count: 201, requests: 2 },
    { count: 600, requests: 3 },
  ])('of $count takes $requests requests', async ({ count, requests }) => {
    const infos: readonly Info[] = [
      () => ({ total_count: count }),
      (_, size) => ({ total_pages: Math.ceil(count / size) }),
      () => ({ total_count: count, total_pages: 999_999 }),
    ];
    for (const info of infos) {
      await withWriter(listOf(count, info), async (connection, { heard }) => {
        const assets = await connection.remote.listAssets(account);
        expect(assets.map((one) => one.name)).toEqual(Array.from({ length: count }, (_, n) => `a${n}`));
        expect(connection.requests()).toBe(requests);
        expect(heard[0]?.path).toBe(`/accounts/${account.id}/custom_pages/assets`);
      });
    }
  });

  it.each([199, 200, 450])('of %i without result_info is read to its end', async (count) => {
    await withWriter(
      listOf(count, () => undefined),
      async ({ remote }) => expect((await remote.listAssets(zone)).length).toBe(count),
    );
  });

  it('ends where a server ignores `page`, and is never short without saying so', async () => {
    const ignoring = (count: number, info: Info): Script => listOf(count, info, () => 1);
    await withWriter(
      ignoring(200, () => undefined),
      async ({ remote, requests }) => {
        expect((await remote.listAssets(zone)).length).toBe(200);
        expect(requests()).toBe(2);
      },
    );
    await withWriter(
      ignoring(300, () => ({ total_count: 300 })),
      async ({ remote, requests }) => {
        const error = await failureOf(remote.listAssets(zone));
        expect(error).toMatchObject({ problems: [{ code: 'cloudflare/not-understood' }] });
        expect(String(error)).toContain('300 assets, and its pages hold 200');
        expect(requests()).toBe(2);
      },
    );
  });
});

describe('one asset', () => {
  const asset = { name: 'e5', url: 'https://example.com/5', description: '' };
  const live = { ...asset, lastUpdated: '', sizeBytes: 0 };

  it('is read, or is not there', async () => {
    const replies = [yes(wire(7)), no(404, { code: 1001, message: 'not found' })];
    await withWriter(replies, async ({ remote }, { heard }) => {
      expect(await remote.readAsset(zone, 'a7')).toEqual({
        name: 'a7',
        url: 'https://example.com/7',
        description: 'd',
        lastUpdated: '2026-01-01T00:00:00Z',
        sizeBytes: 7,
      });
      expect(await remote.readAsset(zone, 'odd-name/..')).toBeUndefined();
      expect(heard[1]?.path).toBe(`/zones/${zone.id}/custom_pages/assets/odd-name%2F..`);
    });
  });

  it('is written with every key that the API wants, and deleted without a body', async () => {
    const replies = [yes(asset), yes(asset), { status: 204, text: '' }] as const;
    await withWriter(replies, async ({ remote }, { heard }) => {
      expect(await remote.createAsset(zone, asset)).toEqual(live);
      expect(await remote.updateAsset(zone, asset)).toEqual(live);
      await remote.deleteAsset(zone, 'e5');
      const at = `/zones/${zone.id}/custom_pages/assets`;
      expect(heard.map(({ method, path, body }) => [method, path, body])).toEqual([
        ['POST', at, asset],
        ['PUT', `${at}/e5`, { url: asset.url, description: '' }],
        ['DELETE', `${at}/e5`, undefined],
      ]);
      expect(heard[2]?.headers['content-type']).toBeUndefined();
    });
  });

  it('with a name that would mean another resource is a bug, and is not sent', async () => {
    await withWriter([{ status: 204, text: '' }], async ({ remote }, { heard }) => {
      for (const name of ['', '.', '..'])
        expect(() => remote.deleteAsset(zone, name)).toThrow('not a path segment');
      expect(heard).toEqual([]);
    });
  });
});
