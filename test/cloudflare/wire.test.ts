import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/model/body.ts';
import { noVersion } from '../../src/model/live.ts';
import { ProblemError } from '../../src/problem/problem.ts';
import { failureOf, type Heard, no, type Reply, withWriter, yes, zone } from './scripted.ts';

const id = 'a'.repeat(32);
const live = (rule: object) => ({
  id,
  ref: 'r',
  version: '1',
  action: 'serve_error',
  expression: 'true',
  ...rule,
});
const answer = (...rules: readonly unknown[]): Reply => yes({ id, version: '7', rules });

async function readOne(rule: object) {
  return withWriter([answer(live(rule))], async ({ remote }) => (await remote.readRuleset(zone)).rules[0]);
}

describe('a live rule', () => {
  it('keeps its text as it was, and what it was made of', async () => {
    const raw = {
      ...live({}),
      last_updated: '2026-01-01T00:00:00Z',
      description: ' two  blanks ',
      enabled: false,
      expression: 'http.host  eq "a"\n',
      action_parameters: { content: 'x\r\n', content_type: 'text/plain', status_code: 530 },
      logging: { enabled: true },
      categories: ['c'],
    };
    expect(await readOne(raw)).toEqual({
      id,
      ref: 'r',
      version: '1',
      action: 'serve_error',
      expression: 'http.host  eq "a"\n',
      description: ' two  blanks ',
      enabled: false,
      serve: { source: { kind: 'content', content: 'x\r\n' }, contentType: 'text/plain', statusCode: 530 },
      unknownKeys: ['logging', 'categories'],
      raw,
    });
  });

  it.each([
    { name: 'absent parameters', parameters: undefined, serve: { source: { kind: 'nothing' } } },
    {
      name: 'an asset alone',
      parameters: { asset_name: 'a' },
      serve: { source: { kind: 'asset', assetName: 'a' } },
    },
    {
      name: 'both sources',
      parameters: { content: 'x', asset_name: 'a' },
      serve: { source: { kind: 'nothing' }, extra: { content: 'x', asset_name: 'a' } },
    },
    {
      name: 'malformed values',
      parameters: { content: 5, status_code: 500.5, content_type: null },
      serve: { source: { kind: 'nothing' }, extra: { content: 5, status_code: 500.5, content_type: null } },
    },
    {
      name: 'a key from the future',
      parameters: { asset_name: 'a', content_type: 'text/html', cache: { ttl: 5 } },
      serve: {
        source: { kind: 'asset', assetName: 'a' },
        contentType: 'text/html',
        extra: { cache: { ttl: 5 } },
      },
    },
  ])('with $name', async ({ parameters, serve }) => {
    expect((await readOne({ action_parameters: parameters }))?.serve).toEqual(serve);
  });

  it('without a ref is known by its id', async () => {
    expect(await readOne({ ref: undefined })).toMatchObject({ ref: id });
  });

  it('stops its scope where it could not be written back, each with its reason', async () => {
    const wrong = [
      live({ ref: '', id: undefined }),
      live({ expression: undefined }),
      live({ action: 5 }),
      live({ action_parameters: 'x' }),
      live({ enabled: 'false' }),
      live({ description: 5 }),
      'not a rule',
    ];
    await withWriter([answer(live({}), ...wrong)], async ({ remote }) => {
      const error = (await failureOf(remote.readRuleset(zone))) as ProblemError;
      expect(error.problems.map((one) => one.code)).toEqual(wrong.map(() => 'cloudflare/not-understood'));
      expect(error.problems.map((one) => /rule (\d)/.exec(one.message)?.[1])).toEqual([...'2345678']);
    });
  });
});

describe('an entry point', () => {
  it.each([10003, 10001, undefined])('is "none" where Cloudflare answers 404 with code %s', async (code) => {
    await withWriter(
      [no(404, { code, message: 'could not find entrypoint ruleset' })],
      async ({ remote }) => {
        expect(await remote.readRuleset(zone)).toEqual({ id: '', version: noVersion, rules: [], raw: null });
      },
    );
  });

  it.each([
    { name: 'a proxy', reply: { status: 404, text: '<html>' }, code: 'cloudflare/not-understood' },
    { name: 'a wrong id', reply: no(404, { code: 7003, message: 'no route' }), code: 'cloudflare/wrong-id' },
    { name: 'a 403', reply: no(403, { code: 10003, message: 'no' }), code: 'cloudflare/no-permission' },
  ])('is not "none" where $name speaks', async ({ reply, code }) => {
    await withWriter([reply], async ({ remote }) => {
      expect(await failureOf(remote.readRuleset(zone))).toMatchObject({ problems: [{ code }] });
    });
  });

  it('may come without errors, messages and rules', async () => {
    await withWriter([{ json: { result: { id, version: 12, description: 'mine' } } }], async ({ remote }) => {
      expect(await remote.readRuleset(zone)).toMatchObject({ version: '12', description: 'mine', rules: [] });
    });
  });
});

describe('a PUT of rules', () => {
  const sent = async (description: string | undefined, rules: readonly Rule[]): Promise<Heard | undefined> =>
    withWriter([answer()], async ({ remote }, { heard }) => {
      await remote.putRuleset(zone, description, rules);
      return heard[0];
    });

  it('sends what Cloudflare documents, and never what it refuses', async () => {
    const heard = await sent('kept', [
      {
        ref: 'api_json',
        expression: 'http.response.code ge 500',
        serve: {
          source: { kind: 'content', content: '{}' },
          contentType: 'application/json',
          statusCode: 530,
        },
      },
      {
        ref: 'asset',
        expression: 'true',
        description: 'd',
        enabled: false,
        serve: { source: { kind: 'asset', assetName: 'a' }, extra: { cache: 1, content: 'old' } },
      },
    ]);
    expect(heard).toMatchObject({
      method: 'PUT',
      path: `/zones/${zone.id}/rulesets/phases/http_custom_errors/entrypoint`,
      headers: { authorization: expect.stringMatching(/^Bearer /), 'content-type': 'application/json' },
    });
    expect(heard?.query.size).toBe(0);
    expect(heard?.body).toStrictEqual({
      description: 'kept',
      rules: [
        {
          ref: 'api_json',
          action: 'serve_error',
          action_parameters: { content: '{}', content_type: 'application/json', status_code: 530 },
          expression: 'http.response.code ge 500',
          enabled: true,
        },
        {
          ref: 'asset',
          action: 'serve_error',
          action_parameters: { asset_name: 'a', cache: 1 },
          expression: 'true',
          description: 'd',
          enabled: false,
        },
      ],
    });
  });

  it('of an empty list and no description sends the list alone', async () => {
    expect((await sent('', []))?.body).toStrictEqual({ rules: [] });
  });
});

const key = fc.oneof(
  fc.constantFrom(
    'content',
    'asset_name',
    'content_type',
    'status_code',
    '__proto__',
    'constructor',
    'toString',
  ),
  fc.string(),
);
const parameters = fc.dictionary(
  key,
  fc.jsonValue({ noUnicodeString: false }).filter((value) => !Object.is(value, -0)),
  { noNullPrototype: true },
);
const wireRule = fc.record(
  {
    id: fc.constant(id),
    ref: fc.string({ minLength: 1 }),
    version: fc.constant('1'),
    action: fc.constant('serve_error'),
    expression: fc.string({ minLength: 1 }),
    description: fc.string({ minLength: 1 }),
    enabled: fc.boolean(),
    action_parameters: parameters,
    last_updated: fc.string(),
    novelty: fc.jsonValue(),
  },
  { requiredKeys: ['id', 'ref', 'version', 'action', 'expression', 'enabled', 'action_parameters'] },
);

describe('laws', () => {
  it('an unchanged rule goes back exactly as it was read', async () => {
    let rules: readonly unknown[] = [];
    await withWriter(
      () => answer(...rules),
      async ({ remote }, { heard }) => {
        await fc.assert(
          fc.asyncProperty(fc.array(wireRule, { maxLength: 5 }), async (generated) => {
            // What the server sees is what JSON makes of it.
            rules = JSON.parse(JSON.stringify(generated));
            const read = await remote.readRuleset(zone);
            deepStrictEqual(
              read.rules.map((rule) => rule.raw),
              rules,
            );
            await remote.putRuleset(zone, read.description, read.rules);
            const readOnly = ['id', 'version', 'last_updated', 'novelty'];
            const expected = (rules as object[]).map((rule) =>
              Object.fromEntries(Object.entries(rule).filter(([name]) => !readOnly.includes(name))),
            );
            deepStrictEqual(heard.at(-1)?.body, { rules: expected });
          }),
          { numRuns: 150 },
        );
      },
    );
  });

  it('any JSON for an answer gives a value or problems', async () => {
    const hostile = fc.oneof(
      fc.jsonValue(),
      fc.record({
        success: fc.boolean(),
        errors: fc.jsonValue(),
        result: fc.jsonValue(),
        result_info: fc.jsonValue(),
      }),
      fc.record({ success: fc.constant(false), errors: fc.array(fc.jsonValue()) }),
      fc.record({
        result: fc.record({ version: fc.constant('1'), rules: fc.array(fc.oneof(fc.jsonValue(), wireRule)) }),
      }),
      fc.record({
        result: fc.array(fc.oneof(fc.jsonValue(), fc.record({ name: fc.string(), url: fc.string() }))),
        result_info: fc.record({ total_count: fc.oneof(fc.integer({ max: 9 }), fc.double()) }),
      }),
    );
    let reply: Reply = 'drop';
    await withWriter(
      () => reply,
      async ({ remote, validator }) => {
        await fc.assert(
          fc.asyncProperty(hostile, fc.constantFrom(200, 400, 404), async (json, status) => {
            reply = { status, json };
            const names = ['a.com', 'b.com', 'c.com'].map((name) => ({ kind: 'zone', name }) as const);
            const calls = [
              remote.readRuleset(zone),
              remote.listAssets(zone),
              remote.readAsset(zone, 'a'),
              remote.resolve(names),
              remote.putRuleset(zone, undefined, []),
              remote.deleteAsset(zone, 'a'),
              validator.validateRuleset(zone, { rules: [] }),
            ];
            for (const result of await Promise.allSettled(calls)) {
              if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(ProblemError);
            }
          }),
          { numRuns: 150 },
        );
      },
    );
  });
});
