import Cloudflare from 'cloudflare';
import { describe, expect, it } from 'vitest';
import { withWorld } from './client.ts';

const phase = 'http_custom_errors';

/** Everything of a paginated list of the SDK. */
async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

describe('a lap with the official SDK', () => {
  const scopes = ['zone', 'account'] as const;
  it.each(scopes)('over every endpoint of a %s', (kind) =>
    withWorld(
      { zones: Array.from({ length: 7 }, (_, n) => `z${n}.example`) },
      async ({ baseUrl, sandbox, zone, account }) => {
        const client = new Cloudflare({ apiToken: 'test', baseURL: baseUrl, maxRetries: 0 });
        const scope = kind === 'zone' ? { zone_id: zone() } : { account_id: account() };

        expect(await all(client.zones.list({ per_page: 5 }))).toHaveLength(7);
        expect(await client.zones.get({ zone_id: zone() })).toMatchObject({ name: 'z0.example' });
        expect(await all(client.accounts.list())).toMatchObject([{ name: 'Acme Inc' }]);
        expect(await client.accounts.get({ account_id: account() })).toMatchObject({ name: 'Acme Inc' });
        expect(await client.user.tokens.verify()).toMatchObject({ status: 'active' });

        const { assets } = client.customPages;
        const body = { description: 'Page', url: 'https://static.example.com/5xx.html' };
        for (const name of ['a', 'b', 'c']) await assets.create({ ...scope, ...body, name });
        expect(await assets.update('c', { ...scope, ...body, description: 'Third' })).toMatchObject({
          description: 'Third',
        });
        expect(await assets.get('c', scope)).toMatchObject({ name: 'c', description: 'Third' });
        expect(await all(assets.list({ ...scope, per_page: 2 }))).toHaveLength(3);
        await assets.delete('c', scope);
        expect(await all(assets.list(scope))).toHaveLength(2);

        const { rulesets } = client;
        const shown = (ref: string, asset_name: string) => ({
          ref,
          action: 'serve_error' as const,
          action_parameters: { asset_name, content_type: 'text/html' as const },
          expression: 'http.response.code eq 500',
          enabled: true,
        });
        expect(
          await rulesets.phases.update(phase, { ...scope, rules: [shown('x', 'a')], dry_run: true }),
        ).toBeNull();
        const made = await rulesets.phases.update(phase, { ...scope, rules: [shown('x', 'a')] });
        expect(await rulesets.phases.get(phase, scope)).toEqual(made);
        expect(await all(rulesets.phases.versions.list(phase, scope))).toMatchObject([{ version: '1' }]);
        expect(await rulesets.phases.versions.get('1', { ...scope, ruleset_phase: phase })).toEqual(made);

        const { id } = made as { id: string };
        const added = await rulesets.rules.create(id, {
          ...scope,
          ...shown('y', 'b'),
          position: { index: 1 },
        });
        const [y] = (added as { rules: { id: string; ref: string }[] }).rules;
        expect(y).toMatchObject({ ref: 'y' });
        const named = { ...scope, ruleset_id: id };
        await rulesets.rules.edit(String(y?.id), { ...named, ...shown('y', 'b'), enabled: false });
        await rulesets.rules.delete(String(y?.id), named);
        expect(await rulesets.get(id, scope)).toMatchObject({ version: '4', rules: [{ ref: 'x' }] });
        expect(await all(rulesets.versions.list(id, scope))).toHaveLength(4);
        expect(await rulesets.versions.get('3', named)).toMatchObject({
          rules: [{ enabled: false }, { ref: 'x' }],
        });
        await rulesets.versions.delete('3', named);
        await rulesets.update(id, { ...scope, rules: [] });
        expect(await all(rulesets.list(scope))).toMatchObject([{ id, version: '5' }]);
        await rulesets.delete(id, scope);
        await expect(rulesets.phases.get(phase, scope)).rejects.toBeInstanceOf(Cloudflare.NotFoundError);
        await rulesets.create({
          ...scope,
          name: 'default',
          kind: kind === 'zone' ? 'zone' : 'root',
          phase,
          rules: [],
        });
        expect(sandbox.violations).toEqual([]);
      },
    ),
  );
});
