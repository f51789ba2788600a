import Cloudflare from 'cloudflare';
import { describe, expect, it } from 'vitest';
import { connectReader, systemClock } from '../../src/cloudflare/cloudflare.ts';
import { contentTypes, type Serve } from '../../src/model/body.ts';
import type { LiveAsset, LiveRule } from '../../src/model/live.ts';
import type { Scope } from '../../src/model/scope.ts';
import { assetRule, rule, withWorld } from '../sandbox/client.ts';

const phase = 'http_custom_errors';

/** Rules of every make: each content type and source, switched off, with and without the optional keys. */
const rules = [
  ...contentTypes.map((content_type, index) =>
    rule(`type_${index}`, {
      action_parameters: { content_type, content: `<${content_type}>\r\n\t"ü"`, status_code: 400 + index },
    }),
  ),
  assetRule('asset', 'page_1'),
  rule('off', { enabled: false, description: 'Switched off: 本 \u202e' }),
  rule('typeless', { action_parameters: { asset_name: 'page_2' } }),
];

/** A rule of ours in the words of the API. */
function inWords({ id, version, action, ref, expression, description, enabled, serve }: LiveRule): object {
  return { id, version, action, ref, expression, description, enabled, action_parameters: parameters(serve) };
}

function parameters({ source, contentType, statusCode }: Serve): object {
  const shown =
    source.kind === 'content'
      ? { content: source.content }
      : { asset_name: source.kind === 'asset' ? source.assetName : undefined };
  return { ...shown, content_type: contentType, status_code: statusCode };
}

function assetInWords({ lastUpdated, sizeBytes, ...asset }: LiveAsset): object {
  return { ...asset, last_updated: lastUpdated, size_bytes: sizeBytes };
}

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

describe('our client and the official SDK', () => {
  it.each(['zone', 'account'] as const)('read the same rules and assets of a %s', (kind) =>
    withWorld({}, async ({ baseUrl, call, zone, account }) => {
      const scope: Scope = { kind, id: kind === 'zone' ? zone() : account(), name: 'the one' };
      const params = kind === 'zone' ? { zone_id: scope.id } : { account_id: scope.id };
      const path = `/${kind}s/${scope.id}`;
      const client = new Cloudflare({ apiToken: 'test', baseURL: baseUrl, maxRetries: 0 });
      const { remote, close } = connectReader({
        baseUrl,
        credentials: { kind: 'token', token: 'test' },
        userAgent: 'test',
        clock: systemClock,
      });

      expect(await remote.readRuleset(scope)).toMatchObject({ version: 'none', rules: [] });
      await expect(client.rulesets.phases.get(phase, params)).rejects.toBeInstanceOf(
        Cloudflare.NotFoundError,
      );
      for (let n = 0; n < 205; n += 1) {
        const asset = {
          name: `page_${n}`,
          url: `https://static.example.com/${n}.html`,
          description: n % 2 === 0 ? '' : `Page ${n}`,
        };
        await call('POST', `${path}/custom_pages/assets`, asset);
      }
      await call('PUT', `${path}/rulesets/phases/${phase}/entrypoint`, { description: 'Ours', rules });

      const ours = await remote.readRuleset(scope);
      const theirs = await client.rulesets.phases.get(phase, params);
      expect(ours.raw).toEqual(theirs);
      expect(ours).toMatchObject({ id: theirs.id, version: theirs.version, description: theirs.description });
      expect(ours.rules.map(inWords)).toEqual(theirs.rules.map(({ last_updated, ...rest }) => rest));

      const assets = await remote.listAssets(scope);
      expect(assets).toHaveLength(205);
      expect(assets.map(assetInWords)).toEqual(
        await all(client.customPages.assets.list({ ...params, per_page: 200 })),
      );
      const one = await remote.readAsset(scope, 'page_7');
      expect(one && assetInWords(one)).toEqual(await client.customPages.assets.get('page_7', params));
      expect(await remote.readAsset(scope, 'page_999')).toBeUndefined();
      await expect(client.customPages.assets.get('page_999', params)).rejects.toBeInstanceOf(
        Cloudflare.NotFoundError,
      );
      await close();
    }),
  );

  it('find the same zones and accounts by name, over more than one page', () =>
    withWorld(
      {
        accounts: ['Acme Inc', 'Other Ltd'],
        zones: Array.from({ length: 120 }, (_, n) => ({
          name: `z${n}.example`,
          account: n % 3 === 0 ? 'Other Ltd' : 'Acme Inc',
        })),
      },
      async ({ baseUrl }) => {
        const client = new Cloudflare({ apiToken: 'test', baseURL: baseUrl, maxRetries: 0 });
        const { remote, close } = connectReader({
          baseUrl,
          credentials: { kind: 'token', token: 'test' },
          userAgent: 'test',
          clock: systemClock,
        });
        const zones = await all(client.zones.list({ per_page: 50 }));
        const accounts = await all(client.accounts.list());
        expect([zones.length, accounts.length]).toEqual([120, 2]);
        const names = [
          ...zones.map(({ name }) => ({ kind: 'zone' as const, name })),
          ...accounts.map(({ name }) => ({ kind: 'account' as const, name })),
        ];
        expect(await remote.resolve(names)).toEqual([
          ...zones.map(({ id, name, account, plan }) => ({
            kind: 'zone',
            id,
            name,
            account: { id: account.id, name: account.name },
            plan: plan.legacy_id,
          })),
          ...accounts.map(({ id, name }) => ({ kind: 'account', id, name })),
        ]);
        await close();
      },
    ));
});
