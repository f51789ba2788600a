import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, importScopes, plan, validate, type World } from '../../src/app/app.ts';
import { connectWriter } from '../../src/cloudflare/cloudflare.ts';
import { planProblems } from '../../src/model/plan.ts';
import { hasErrors, ProblemError, WriteError } from '../../src/problem/problem.ts';
import {
  importJson,
  planMarkdown,
  planTerminal,
  problemsTerminal,
  receiptTerminal,
} from '../../src/render/render.ts';
import {
  account,
  type Heard,
  optionsOf,
  type Reply,
  type Script,
  testClock,
  withServer,
  zone,
} from '../cloudflare/scripted.ts';
import { anyJson, type Mutation, mutated, mutations, oddText, settings, timeout } from './fuzz.ts';

const stamp = '2026-01-01T00:00:00Z';
const asset = (name: string) => ({
  name,
  url: 'https://static.example.com/a',
  description: '',
  last_updated: stamp,
  size_bytes: 7,
});
const rule = (ref: string, parameters: object) => ({
  id: ref.padStart(32, '0'),
  ref,
  version: '3',
  last_updated: stamp,
  action: 'serve_error',
  action_parameters: parameters,
  expression: 'http.response.code eq 500',
  enabled: true,
});
const ruleset = {
  id: 'f'.repeat(32),
  name: 'default',
  kind: 'zone',
  phase: 'http_custom_errors',
  version: '7',
  rules: [
    rule('a', { content: 'x', content_type: 'text/plain' }),
    rule('b', { asset_name: 'page', status_code: 503 }),
  ],
};
const owner = { id: account.id, name: account.name };
const envelope = { success: true, errors: [], messages: [] };
const counted = (result: readonly unknown[]) => ({
  ...envelope,
  result,
  result_info: { page: 1, per_page: 50, count: result.length, total_count: result.length, total_pages: 1 },
});

/** What a Cloudflare with one zone and one account answers, by the end of the path. */
const good: Readonly<Record<string, unknown>> = {
  '/zones': counted([{ id: zone.id, name: zone.name, status: 'active', account: owner }]),
  '/accounts': counted([owner]),
  '/entrypoint': { ...envelope, result: ruleset },
  '/assets': counted([asset('page'), asset('old')]),
  '/page': { ...envelope, result: asset('page') },
  '/new': { ...envelope, result: asset('new') },
  '/old': { ...envelope, result: null },
};

function goodAnswer({ method, path }: Heard): unknown {
  if (method === 'POST') return good['/new'];
  return good[path.slice(path.lastIndexOf('/'))] ?? { ...envelope, result: null };
}

const file = JSON.stringify({
  version: 1,
  zones: {
    'example.com': {
      assets: [
        { name: 'page', url: 'https://static.example.com/b' },
        { name: 'new', url: 'https://static.example.com/n' },
      ],
      rules: [{ ref: 'b', expression: 'ssl', asset_name: 'new' }],
    },
  },
  accounts: {
    'Acme Inc': { rules: [{ ref: 'a', expression: 'ssl', content: 'x', content_type: 'text/plain' }] },
  },
});

const selection = { config: [], zones: [], accounts: [] };
const target = { parallelism: 4 };
const look = { color: false, width: 80, sandbox: false, sources: new Map() };

/** Runs `use` with a world whose API answers by what `answering` was told last. */
async function withWorld(
  use: (world: World, answering: (script: (heard: Heard, index: number) => Reply) => void) => Promise<void>,
) {
  const cwd = mkdtempSync(join(tmpdir(), 'fuzz-'));
  writeFileSync(join(cwd, 'custom-errors.yaml'), file);
  let script: (heard: Heard, index: number) => Reply = () => 'drop';
  try {
    await withServer(
      (heard, index) => script(heard, index),
      ({ baseUrl }) => {
        const env = { CLOUDFLARE_BASE_URL: baseUrl, CLOUDFLARE_API_TOKEN: 'test' };
        const world: World = { cwd, env, clock: testClock(), readStdin: async () => new Uint8Array() };
        return use(world, (next) => {
          script = next;
        });
      },
    );
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Every command that asks Cloudflare, and everything it would show: a result or problems, never a throw. */
async function runEverything(world: World): Promise<void> {
  const request = {
    selection,
    target,
    refresh: [],
    allow: ['plan/take-over', 'plan/empty', 'plan/mass-delete'],
    online: true,
    probe: false,
  };
  const checked = await validate({ selection, online: target }, world);
  expect(checked.counts).toBeDefined();
  const planned = await plan(request, world);
  const imported = await importScopes(
    { target, zones: ['example.com'], accounts: ['Acme Inc'], newRefs: true },
    world,
  );
  expect(imported.isProven && imported.text === undefined).toBe(false);
  const applied = await apply({ ...request, online: false, backupDir: 'backup' }, world, async () => true);
  for (const { plan: made, problems } of [planned, applied]) {
    expect(made === undefined).toBe(hasErrors(problems));
    if (made === undefined) continue;
    expect(planTerminal(made, look) + planMarkdown(made, look)).not.toBe('');
    problemsTerminal(planProblems(made), look);
  }
  if (applied.receipt !== undefined) expect(receiptTerminal(applied.receipt, look)).not.toBe('');
  expect(importJson(imported, look)).not.toBe('');
}

describe('live JSON', () => {
  it('that is as it should be is applied', () =>
    withWorld(async (world, answering) => {
      answering((heard) => ({ json: goodAnswer(heard) }));
      await runEverything(world);
      const { plan: made, problems } = await plan(
        { selection, target, refresh: [], allow: [], online: false, probe: false },
        world,
      );
      expect([problems, made?.scopes.map((scope) => scope.changes.length)]).toEqual([[], [4, 1]]);
    }));

  it(
    'that is not gives results or problems',
    () =>
      withWorld(async (world, answering) => {
        const wrong = fc.record({ path: fc.constantFrom(...Object.keys(good)), changes: mutations });
        await fc.assert(
          fc.asyncProperty(fc.array(wrong, { minLength: 1, maxLength: 2 }), async (faults) => {
            answering((heard) => ({ json: spoilt(heard, faults) }));
            await runEverything(world);
          }),
          settings,
        );
      }),
    timeout,
  );
});

function spoilt(
  heard: Heard,
  faults: readonly { readonly path: string; readonly changes: readonly Mutation[] }[],
): unknown {
  const found = faults.find(({ path }) => heard.path.endsWith(path));
  return found === undefined ? goodAnswer(heard) : mutated(goodAnswer(heard), found.changes);
}

/** What may come over the wire instead of an answer of the API. */
const replies: fc.Arbitrary<Reply> = fc.oneof(
  fc.record({
    status: fc.constantFrom(
      200,
      201,
      202,
      301,
      400,
      401,
      403,
      404,
      408,
      409,
      418,
      429,
      500,
      502,
      503,
      504,
      520,
      599,
    ),
    json: fc.oneof(
      anyJson,
      fc.record(
        { success: anyJson, errors: anyJson, messages: anyJson, result: anyJson, result_info: anyJson },
        { requiredKeys: [] },
      ),
    ),
    headers: headers(),
  }),
  fc.record({ status: fc.constantFrom(200, 400, 404, 429, 500, 502), text: oddText, headers: headers() }),
  fc.constantFrom<Reply>('drop', 'cut'),
);

function headers(): fc.Arbitrary<Record<string, string>> {
  const value = fc.oneof(
    fc.stringMatching(/^[!-~]{1,30}$/),
    fc.constantFrom(
      '0',
      '-5',
      '1e9',
      'Wed, 21 Oct 2015 07:28:00 GMT',
      'Sun, 06 Nov 2094 08:49:37 GMT',
      '"default";r=0;t=1',
      '"default";q=0;w=0',
    ),
  );
  const name = fc.constantFrom(
    'retry-after',
    'ratelimit',
    'ratelimit-policy',
    'cf-ray',
    'content-type',
    'location',
  );
  return fc.dictionary(name, value, { maxKeys: 3, noNullPrototype: true });
}

describe('answers of the API', () => {
  it(
    'of any kind give a value or a problem, and a write says what is known of its fate',
    async () => {
      let script: Script = ['drop'];
      await withServer(
        (heard, index) => (typeof script === 'function' ? script(heard, index) : (script[0] ?? 'drop')),
        async ({ baseUrl }) => {
          const { remote, validator, close } = connectWriter(optionsOf(baseUrl));
          const page = { name: 'page', url: 'https://static.example.com/', description: '' };
          const reads = [
            () => remote.readRuleset(zone),
            () => remote.listAssets(zone),
            () => remote.readAsset(zone, 'page'),
            () =>
              remote.resolve([
                { kind: 'zone', name: 'example.com' },
                { kind: 'account', name: 'Acme Inc' },
              ]),
            () => validator.validateRuleset(zone, { rules: [] }),
          ];
          const writes = [
            () => remote.putRuleset(zone, undefined, []),
            () => remote.createAsset(zone, page),
            () => remote.updateAsset(account, page),
            () => remote.deleteAsset(account, 'page'),
          ];
          await fc.assert(
            fc.asyncProperty(replies, async (reply) => {
              script = [reply];
              for (const ask of [...reads, ...writes]) {
                const error = await ask().then(
                  () => undefined,
                  (thrown: unknown) => thrown,
                );
                if (error === undefined) continue;
                expect(error).toBeInstanceOf(writes.includes(ask as never) ? WriteError : ProblemError);
                expect(problemsTerminal((error as ProblemError).problems, look)).not.toBe('');
              }
            }),
            settings,
          );
          await close();
        },
      );
    },
    timeout,
  );
});
