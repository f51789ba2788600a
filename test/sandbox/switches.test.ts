import { describe, expect, it } from 'vitest';
import { defaultSwitches, type JsonObject, type Switches } from '../../src/sandbox/sandbox.ts';
import { assetRule, type Reply, rule, type Send, sender } from './client.ts';
import { sandboxWorld, type World } from './world.ts';

/** A world in which asset `a` exists, shown by rule `r` of the entry point. */
interface Scene extends World {
  readonly send: Send;
  readonly zonePath: string;
  readonly entrypoint: string;
  readonly assets: string;
  put(...rules: readonly JsonObject[]): Promise<Reply>;
}

interface Case<K extends keyof Switches> {
  /** Each value with what is seen under it; the first one is the default. */
  readonly ways: readonly (readonly [value: Switches[K], seen: unknown])[];
  readonly look: (scene: Scene) => Promise<unknown>;
}

const page = { description: '', url: 'https://static.example.com/a.html' };
const content = (more: JsonObject) => ({
  action_parameters: { content: 'x', content_type: 'text/html', ...more },
});
const first = (reply: Reply) => reply.result?.rules?.[0];
const code = (reply: Reply) => reply.errors[0]?.code;

/** One entry per switch: the compiler sees to it that none is forgotten. */
const cases: { readonly [K in keyof Switches]: Case<K> } = {
  missingEntrypointCode: {
    ways: [
      [10_003, 10_003],
      [10_001, 10_001],
    ],
    look: async ({ send, account }) =>
      code(await send('GET', `/accounts/${account()}/rulesets/phases/http_custom_errors/entrypoint`)),
  },
  unknownScope: {
    ways: [
      ['forbidden', [403, 403]],
      ['missing-entrypoint', [404, 403]],
    ],
    look: async ({ send }) => {
      const path = `/zones/${'0'.repeat(32)}/rulesets/phases/http_custom_errors/entrypoint`;
      return [(await send('GET', path)).status, (await send('PUT', path, { rules: [] })).status];
    },
  },
  unknownTokenStatus: {
    ways: [
      [403, [403, 9109]],
      [401, [401, 9109]],
    ],
    look: async ({ baseUrl }) => {
      const reply = await sender(baseUrl, { authorization: 'Bearer nobody' })('GET', '/zones');
      return [reply.status, code(reply)];
    },
  },
  rulesetsForbidden: {
    ways: [
      ['coded', [10_000, 10_000]],
      ['codeless', [undefined, 10_000]],
    ],
    look: async ({ baseUrl, zonePath }) => {
      const send = sender(baseUrl, { authorization: 'Bearer nothing' });
      return [code(await send('GET', `${zonePath}/rulesets`)), code(await send('GET', '/zones'))];
    },
  },
  rulesetsMessages: {
    ways: [
      ['list', []],
      ['null', null],
    ],
    look: async ({ send, entrypoint }) => (await send('GET', entrypoint)).body.messages,
  },
  assetAnswers: {
    ways: [
      ['full', ['errors', 'messages', 'result', 'success']],
      ['terse', ['result', 'success']],
    ],
    look: async ({ send, assets }) => Object.keys((await send('GET', `${assets}/a`)).body).sort(),
  },
  rulesetsCursor: {
    ways: [
      ['cursors.after', { cursors: { after: 'MQ' } }],
      ['cursor', { cursor: 'MQ' }],
    ],
    look: async ({ send, zonePath }) => {
      await send('PUT', `${zonePath}/rulesets/phases/http_ratelimit/entrypoint`, { rules: [] });
      return (await send('GET', `${zonePath}/rulesets?per_page=1`)).body.result_info;
    },
  },
  emptyRuleDescription: {
    ways: [
      ['absent', undefined],
      ['present', ''],
    ],
    look: async ({ put }) => first(await put(rule('x'))).description,
  },
  putWithoutRules: {
    ways: [
      ['clear', 0],
      ['keep', 1],
    ],
    look: async ({ send, entrypoint }) =>
      (await send('PUT', entrypoint, { description: 'x' })).result.rules.length,
  },
  identicalPut: {
    ways: [
      ['new-version', '2'],
      ['same-version', '1'],
    ],
    look: async ({ put }) => (await put(assetRule('r', 'a'))).result.version,
  },
  ruleId: {
    ways: [
      ['keep', ['r', true]],
      ['ignore', ['x', false]],
      ['refuse', '/rules/0/id'],
    ],
    look: async ({ put, send, entrypoint }) => {
      const { id } = first(await send('GET', entrypoint));
      const { ref, ...nameless } = rule('r');
      const reply = await put({ ...nameless, id });
      if (reply.status === 400) return reply.errors[0]?.source?.pointer;
      const again = first(reply);
      return [again.ref === ref ? ref : 'x', again.id === id];
    },
  },
  readOnlyRuleFields: {
    ways: [
      ['refuse', 400],
      ['ignore', 200],
    ],
    look: async ({ put, send, entrypoint }) => (await put(first(await send('GET', entrypoint)))).status,
  },
  equalRuleWithoutRef: {
    ways: [
      ['new-id', false],
      ['same-id', true],
    ],
    look: async ({ put, send, entrypoint }) => {
      const { ref, ...nameless } = assetRule('r', 'a');
      return first(await send('GET', entrypoint)).id === first(await put(nameless)).id;
    },
  },
  expressionText: {
    ways: [
      ['as-sent', 'ssl \n'],
      ['trimmed', 'ssl'],
    ],
    look: async ({ put }) => first(await put(rule('x', { expression: 'ssl \n' }))).expression,
  },
  assetWithoutContentType: {
    ways: [
      ['as-sent', { asset_name: 'a' }],
      ['text/html', { asset_name: 'a', content_type: 'text/html' }],
      ['refuse', '/rules/0/action_parameters/content_type'],
    ],
    look: async ({ put }) => {
      const reply = await put(rule('x', { action_parameters: { asset_name: 'a' } }));
      return first(reply)?.action_parameters ?? reply.errors[0]?.source?.pointer;
    },
  },
  bothSources: {
    ways: [
      ['refuse', 400],
      ['accept', 200],
    ],
    look: async ({ put }) => (await put(rule('x', content({ asset_name: 'a' })))).status,
  },
  missingAsset: {
    ways: [
      ['refuse', [400, 0]],
      ['accept', [200, 1]],
    ],
    look: async ({ put, sandbox }) => [(await put(assetRule('x', 'b'))).status, sandbox.violations.length],
  },
  deleteNamedAsset: {
    ways: [
      ['accept', [204, 1]],
      ['refuse', [400, 0]],
    ],
    look: async ({ send, assets, sandbox }) => [
      (await send('DELETE', `${assets}/a`)).status,
      sandbox.violations.length,
    ],
  },
  contentLimit: {
    ways: [
      [10_240, [200, 400]],
      [10_000, [400, 400]],
    ],
    look: async ({ put }) => [
      (await put(rule('x', content({ content: 'x'.repeat(10_240) })))).status,
      (await put(rule('x', content({ content: 'x'.repeat(10_241) })))).status,
    ],
  },
  contentLimitUnit: {
    ways: [
      ['characters', 200],
      ['bytes', 400],
    ],
    look: async ({ put }) => (await put(rule('x', content({ content: 'ä'.repeat(6000) })))).status,
  },
  accountQuota: {
    ways: [
      [300, 200],
      [0, 400],
    ],
    look: async ({ send, account }) =>
      (await send('POST', `/accounts/${account()}/custom_pages/assets`, { name: 'a', ...page })).status,
  },
  dryRun: {
    ways: [
      ['works', [null, '1', 0]],
      ['ignored', ['2', '2', 1]],
    ],
    look: async ({ send, entrypoint }) => {
      const dry = await send('PUT', `${entrypoint}?dry_run=true`, { rules: [] });
      const probe = await send('PUT', `${entrypoint}?dry_run=probe`, { rules: [{}] });
      const live = (await send('GET', entrypoint)).result.version;
      return [
        dry.result?.version ?? null,
        live,
        probe.errors.filter((one) => one.source?.pointer === '/rules/0/action').length,
      ];
    },
  },
  dryRunReferences: {
    ways: [
      ['checked', [400, 400]],
      ['unchecked', [200, 400]],
    ],
    look: async ({ send, entrypoint, put }) => [
      (await send('PUT', `${entrypoint}?dry_run=true`, { rules: [assetRule('x', 'b')] })).status,
      (await put(assetRule('x', 'b'))).status,
    ],
  },
  hyphenInAssetName: {
    ways: [
      ['refuse', 400],
      ['accept', 200],
    ],
    look: async ({ send, assets }) => (await send('POST', assets, { ...page, name: 'a-b' })).status,
  },
  emptyAssetDescription: {
    ways: [
      ['accept', 200],
      ['refuse', 400],
    ],
    look: async ({ send, assets }) => (await send('POST', assets, { ...page, name: 'b' })).status,
  },
  plainHttpPage: {
    ways: [
      ['accept', 200],
      ['refuse', 400],
    ],
    look: async ({ send, assets }) =>
      (await send('POST', assets, { name: 'b', description: 'x', url: 'http://static.example.com/' })).status,
  },
  fetchFailedStatus: {
    ways: [
      [400, [400, 1202]],
      [422, [422, 1202]],
    ],
    look: async ({ send, assets, pages }) => {
      pages.set('https://empty.example/', '');
      const reply = await send('POST', assets, {
        name: 'b',
        description: 'x',
        url: 'https://empty.example/',
      });
      return [reply.status, code(reply)];
    },
  },
  customErrorActions: {
    ways: [
      [['serve_error'], 400],
      [['serve_error', 'show_page'], 200],
    ],
    look: async ({ put }) => (await put({ ref: 'x', action: 'show_page', expression: 'ssl' })).status,
  },
  newActionParameters: {
    ways: [
      [[], 'invalid JSON: unknown field "ttl"'],
      [['ttl'], 60],
    ],
    look: async ({ put }) => {
      const reply = await put(rule('x', content({ ttl: 60 })));
      return first(reply)?.action_parameters.ttl ?? reply.errors[0]?.message;
    },
  },
  newRuleFields: {
    ways: [
      [{}, [undefined, 400]],
      [{ tier: 'gold' }, ['gold', 400]],
    ],
    look: async ({ put, send, entrypoint }) => [
      first(await send('GET', entrypoint)).tier,
      (await put(rule('x', { tier: 'gold' }))).status,
    ],
  },
  rejectedExpressions: {
    ways: [
      [[], [200, undefined]],
      [[{ text: 'ip.geoip.continent', reason: 'unknown identifier' }], [400, true]],
    ],
    look: async ({ put }) => {
      const reply = await put(rule('x', { expression: 'ssl and ip.geoip.continent eq "EU"' }));
      return [reply.status, reply.errors[0]?.message.includes('(1:9):')];
    },
  },
  acceptedExpressions: {
    ways: [
      [[], [400, true]],
      [['http.new_field'], [200, undefined]],
    ],
    look: async ({ put }) => {
      const reply = await put(rule('x', { expression: 'ssl or http.new_field eq "é"' }));
      return [reply.status, reply.errors[0]?.message.includes('(1:8):')];
    },
  },
};

const rows = Object.entries(cases).flatMap(([name, { ways, look }]) =>
  ways.map(([value, seen]) => ({ name, value, seen, look })),
);

describe('each switch, each way', () => {
  it.each(rows)('$name: $value', async ({ name, value, seen, look }) => {
    const world = await sandboxWorld({ tokens: [{ token: 'test' }, { token: 'nothing', permissions: [] }] });
    const zonePath = `/zones/${world.zone()}`;
    const entrypoint = `${zonePath}/rulesets/phases/http_custom_errors/entrypoint`;
    const assets = `${zonePath}/custom_pages/assets`;
    const send = sender(world.baseUrl);
    await world.call('POST', assets, { name: 'a', ...page });
    await world.call('PUT', entrypoint, { rules: [assetRule('r', 'a')] });
    Object.assign(world.sandbox.switches, { [name]: value });
    const put = (...rules: readonly JsonObject[]) => send('PUT', entrypoint, { rules });
    try {
      expect(await look({ ...world, send, zonePath, entrypoint, assets, put })).toEqual(seen);
    } finally {
      await world.close();
    }
  });

  it('stands at its first way by default', () => {
    const firsts = Object.entries(cases).map(([name, { ways }]) => [name, ways[0]?.[0]]);
    expect(defaultSwitches).toEqual(Object.fromEntries(firsts));
  });
});
