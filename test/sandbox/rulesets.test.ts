import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assetRule, type Bench, rule, withWorld } from './client.ts';

const page = 'https://static.example.com/5xx.html';

describe.each(['zones', 'accounts'] as const)('the entry point of %s', (scopes) => {
  it('is missing until a PUT makes it, and empty after a PUT of no rules', () =>
    withWorld({}, async ({ send, zone, account }) => {
      const path = `/${scopes}/${scopes === 'zones' ? zone() : account()}/rulesets/phases/http_custom_errors/entrypoint`;
      expect(await send('GET', path)).toMatchObject({ status: 404, errors: [{ code: 10_003 }] });
      expect((await send('GET', `${path}/versions`)).result).toEqual([]);
      expect((await send('GET', `${path}/versions/1`)).status).toBe(404);

      const made = await send('PUT', path, { rules: [rule('a'), rule('b')] });
      expect(made).toMatchObject({
        status: 200,
        result: {
          kind: scopes === 'zones' ? 'zone' : 'root',
          name: 'default',
          version: '1',
          phase: 'http_custom_errors',
        },
      });
      expect(made.result.rules).toMatchObject([
        { ...rule('a'), version: '1' },
        { ...rule('b'), version: '1' },
      ]);
      expect(made.result.rules[0]).not.toHaveProperty('description');
      expect((await send('GET', path)).result).toEqual(made.result);

      const emptied = await send('PUT', path, { rules: [], description: 'ours' });
      expect(emptied.result).toMatchObject({
        id: made.result.id,
        version: '2',
        rules: [],
        description: 'ours',
      });
      expect((await send('GET', `${path}/versions/1`)).result).toEqual(made.result);
      expect((await send('GET', `${path}/versions`)).result).toMatchObject([
        { version: '1' },
        { version: '2' },
      ]);
      expect((await send('PUT', path, { rules: [] })).result.description).toBe('ours');
    }));
});

describe('identity', () => {
  const lists = fc.array(
    fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 400, max: 402 })), {
      selector: ([ref]) => ref,
    }),
    { minLength: 1, maxLength: 6 },
  );

  it('a rule keeps its id as long as its ref is there, and its version as long as it is the same', () =>
    withWorld({}, async ({ call, zone }) => {
      let count = 0;
      await fc.assert(
        fc.asyncProperty(lists, async (puts) => {
          // A phase of its own stands for a fresh zone.
          count += 1;
          const target = `/zones/${zone()}/rulesets/phases/test_${count}/entrypoint`;
          let known = new Map<string, { id: string; version: number; status: number }>();
          const everyId = new Set<string>();
          for (const [index, list] of puts.entries()) {
            const rules = list.map(([ref, status]) => ({
              ref,
              action: 'block',
              expression: `http.response.code eq ${status}`,
            }));
            const answer = JSON.parse(JSON.stringify(await call('PUT', target, { rules })));
            expect(answer.version).toBe(String(index + 1));
            expect(answer.rules.map((one: { ref: string }) => one.ref)).toEqual(list.map(([ref]) => ref));
            const seen: typeof known = new Map();
            for (const [at, [ref, status]] of list.entries()) {
              const { id, version } = answer.rules[at];
              const before = known.get(ref);
              if (before === undefined) expect([everyId.has(id), version]).toEqual([false, '1']);
              else
                expect([id, Number(version)]).toEqual([
                  before.id,
                  before.version + Number(before.status !== status),
                ]);
              everyId.add(id);
              seen.set(ref, { id, version: Number(version), status });
            }
            known = seen;
          }
        }),
        { numRuns: 60 },
      );
    }));

  it('a rule without ref has its id for one, and keeps it when that is sent as ref', () =>
    withWorld({}, async ({ send, entrypoint }) => {
      const { ref, ...nameless } = rule('a');
      const [made] = (await send('PUT', entrypoint, { rules: [nameless] })).result.rules;
      expect(made.ref).toBe(made.id);
      const [adopted] = (await send('PUT', entrypoint, { rules: [{ ...nameless, ref: made.id }] })).result
        .rules;
      expect(adopted).toEqual(made);
      const [renamed] = (await send('PUT', entrypoint, { rules: [{ ...nameless, ref }] })).result.rules;
      expect(renamed.id).not.toBe(made.id);
    }));
});

describe('what a PUT of rules is refused for', () => {
  const parameters = (more: object) =>
    rule('a', { action_parameters: { content: 'x', content_type: 'text/html', ...more } });
  const cases: readonly [string, unknown, string | undefined, string | RegExp | number][] = [
    ['nothing in a rule', {}, '/rules/0/action', 'the name of an action is required'],
    [
      'another action',
      rule('a', { action: 'block' }),
      '/rules/0/action',
      'not supported in the phase http_custom_errors',
    ],
    ['no expression', rule('a', { expression: '' }), '/rules/0/expression', 'not empty'],
    [
      'a long expression',
      rule('a', { expression: `${'('.repeat(4096)}x` }),
      '/rules/0/expression',
      '4096 characters',
    ],
    [
      'an expression that ends in a quote',
      rule('a', { expression: 'http.host eq "x\n' }),
      '/rules/0/expression',
      /could not parse filter expression: Filter parsing error \(1:14\):\nhttp\.host eq "x\n {13}\^+ /,
    ],
    ['an empty ref', rule(''), '/rules/0/ref', 'not empty'],
    [
      'a long description',
      rule('a', { description: 'ä'.repeat(2049) }),
      '/rules/0/description',
      '4096 bytes',
    ],
    ['a word for enabled', rule('a', { enabled: 'yes' }), '/rules/0/enabled', 'true or false'],
    ['logging', rule('a', { logging: { enabled: true } }), '/rules/0/logging', 20_018],
    ['a rate limit', rule('a', { ratelimit: {} }), '/rules/0/ratelimit', 'not supported'],
    ['an unknown key', rule('a', { kind: 'zone' }), undefined, 'invalid JSON: unknown field "kind"'],
    ['a version', rule('a', { version: '1' }), undefined, 'invalid JSON: unknown field "version"'],
    ['a prototype', JSON.parse('{"__proto__":{}}'), undefined, 'invalid JSON: unknown field "__proto__"'],
    ['an unknown parameter', parameters({ ttl: 1 }), undefined, 'invalid JSON: unknown field "ttl"'],
    [
      'no parameters',
      rule('a', { action_parameters: {} }),
      '/rules/0/action_parameters/content_type',
      'one of',
    ],
    [
      'a low status',
      parameters({ status_code: 399 }),
      '/rules/0/action_parameters/status_code',
      'between 400 and 999',
    ],
    [
      'a broken status',
      parameters({ status_code: 500.5 }),
      '/rules/0/action_parameters/status_code',
      'whole number',
    ],
    [
      'another type',
      parameters({ content_type: 'text/css' }),
      '/rules/0/action_parameters/content_type',
      'text/xml',
    ],
    ['empty content', parameters({ content: '' }), '/rules/0/action_parameters/content', 'not empty'],
    [
      'long content',
      parameters({ content: 'x'.repeat(10_241) }),
      '/rules/0/action_parameters/content',
      '10240',
    ],
    [
      'a referrer tag',
      parameters({ content: '<meta charset=x><meta name="referrer" content="origin">' }),
      '/rules/0/action_parameters/content',
      'referrer',
    ],
    ['two sources', parameters({ asset_name: 'a' }), '/rules/0/action_parameters', 'exactly one of'],
    [
      'a missing asset',
      assetRule('a', 'nobody'),
      '/rules/0/action_parameters/asset_name',
      'could not be found',
    ],
  ];
  it.each(cases)('%s', (_, body, pointer, words) =>
    withWorld({}, async ({ send, call, zonePath, entrypoint }) => {
      await call('POST', `${zonePath}/custom_pages/assets`, { name: 'a', description: '', url: page });
      const { status, errors } = await send('PUT', entrypoint, { rules: [body] });
      const error = errors.find((one) => one.source?.pointer === pointer);
      expect([status, error]).toEqual([400, expect.anything()]);
      if (typeof words === 'number') expect(error?.code).toBe(words);
      else expect(error?.message).toMatch(words);
      expect((await send('GET', entrypoint)).status).toBe(404);
    }),
  );

  it.each([
    ['kind', { rules: [], kind: 'zone' }, 'invalid JSON: unknown field "kind"'],
    ['phase', { phase: 'http_custom_errors' }, 'invalid JSON: unknown field "phase"'],
    ['a list', [], 'must be an object'],
    ['half a body', '{"rules":[', 'invalid JSON'],
    ['rules that are none', { rules: {} }, 'it must be a list'],
    ['a rule that is none', { rules: ['x'] }, 'it must be an object'],
    ['a description that is none', { description: 1 }, 'it must be a text'],
  ])('%s', (_, body, words) =>
    withWorld({}, async ({ send, entrypoint }) => {
      expect(await send('PUT', entrypoint, body)).toMatchObject({
        status: 400,
        errors: [{ message: expect.stringContaining(words) }],
      });
    }),
  );

  it('every fault of every rule is told at once', () =>
    withWorld({}, async ({ send, entrypoint }) => {
      const rules = [rule('a', { enabled: 1 }), rule('b'), rule('b', { action: 'block' })];
      const pointers = (await send('PUT', entrypoint, { rules })).errors.map(
        (error) => error.source?.pointer,
      );
      expect(pointers).toEqual(['/rules/0/enabled', '/rules/2/action', '/rules/2/ref']);
    }));

  it.each([
    ['free', 1, '1 out of 0'],
    ['pro', 26, '26 out of 25'],
    ['business', 51, '51 out of 50'],
    ['enterprise', 301, '301 out of 300'],
  ] as const)('more rules than the plan %s allows', (plan, count, words) =>
    withWorld({ zones: [{ name: 'example.com', plan }] }, async ({ send, entrypoint }) => {
      const rules = Array.from({ length: count }, (_, index) => rule(`r${index}`));
      const reply = await send('PUT', entrypoint, { rules });
      expect(reply).toMatchObject({
        status: 400,
        errors: [{ code: 50_001, message: expect.stringContaining(words) }],
      });
      expect((await send('PUT', entrypoint, { rules: rules.slice(1) })).status).toBe(200);
    }),
  );

  it('a regular expression on a plan without', () =>
    withWorld({ zones: [{ name: 'example.com', plan: 'pro' }] }, async ({ send, entrypoint }) => {
      const matching = (expression: string) =>
        send('PUT', entrypoint, { rules: [rule('a', { expression })] });
      expect(await matching('http.host matches "a.c"')).toMatchObject({
        status: 400,
        errors: [{ message: /Business plan/ }],
      });
      expect(await matching('http.host eq " matches "')).toMatchObject({ status: 200 });
    }));
});

describe('single rules', () => {
  async function threeRules({ send, zonePath, entrypoint }: Bench) {
    const { result } = await send('PUT', entrypoint, { rules: [rule('a'), rule('b'), rule('c')] });
    const ids = Object.fromEntries(result.rules.map((one: { ref: string; id: string }) => [one.ref, one.id]));
    return { path: `${zonePath}/rulesets/${result.id}/rules`, ids, a: ids.a, c: ids.c, rules: result.rules };
  }
  const refs = (result: { rules: { ref: string }[] }) => result.rules.map((one) => one.ref).join('');

  it.each([
    [undefined, 'abcn'],
    [{ before: '' }, 'nabc'],
    [{ after: '' }, 'abcn'],
    [{ before: 'c' }, 'abnc'],
    [{ after: 'a' }, 'anbc'],
    [{ index: 1 }, 'nabc'],
    [{ index: 4 }, 'abcn'],
    [{ index: 0 }, undefined],
    [{ index: 5 }, undefined],
    [{ index: 1, before: '' }, undefined],
    [{}, undefined],
  ])('a new rule at %j', (position, order) =>
    withWorld({}, async (bench) => {
      const { path, ids } = await threeRules(bench);
      const named = Object.fromEntries(
        Object.entries(position ?? {}).map(([key, value]) => [key, ids[String(value)] ?? value]),
      );
      const reply = await bench.send('POST', path, { ...rule('n'), ...(position && { position: named }) });
      if (order === undefined)
        expect(reply).toMatchObject({ status: 400, errors: [{ source: { pointer: '/position' } }] });
      else expect([reply.status, refs(reply.result), reply.result.version]).toEqual([200, order, '2']);
    }),
  );

  it('are edited, moved and deleted, each time as a new version of the whole ruleset', () =>
    withWorld({}, async (bench) => {
      const { path, a, c, rules } = await threeRules(bench);
      const edited = await bench.send('PATCH', `${path}/${a}`, { ...rule('a'), enabled: false });
      expect(edited.result.rules[0]).toMatchObject({ id: a, version: '2', enabled: false });
      const moved = await bench.send('PATCH', `${path}/${c}`, { position: { index: 1 } });
      expect([refs(moved.result), moved.result.version]).toEqual(['cab', '3']);
      expect(moved.result.rules[0]).toEqual(rules[2]);
      const shorter = await bench.send('DELETE', `${path}/${a}`);
      expect([shorter.status, refs(shorter.result), shorter.result.version]).toEqual([200, 'cb', '4']);
      expect((await bench.send('DELETE', `${path}/${a}`)).status).toBe(404);
      expect((await bench.send('POST', path, rule('b'))).errors[0]?.source?.pointer).toBe('/ref');
      expect((await bench.send('PATCH', `${path}/${c}`, rule('b'))).errors[0]?.source?.pointer).toBe('/ref');
    }));
});

describe('rulesets by id', () => {
  it('are made by POST once per phase, listed without rules, replaced and deleted', () =>
    withWorld({}, async ({ send, zonePath, entrypoint, account }) => {
      const path = `${zonePath}/rulesets`;
      const body = { name: 'mine', kind: 'zone', phase: 'http_custom_errors', rules: [rule('a')] };
      const { result } = await send('POST', path, body);
      expect(result).toMatchObject({ name: 'mine', version: '1' });
      expect(await send('POST', path, body)).toMatchObject({
        status: 400,
        errors: [{ code: 20_217, source: { pointer: '/kind' } }],
      });
      expect((await send('POST', path, { ...body, kind: 'root' })).status).toBe(400);
      expect((await send('POST', path, { ...body, name: '' })).errors[0]?.source?.pointer).toBe('/name');

      await send('PUT', `/accounts/${account()}/rulesets/phases/http_ratelimit/entrypoint`, { rules: [] });
      const listed = (await send('GET', path)).result;
      expect(listed).toMatchObject([{ id: result.id }, { kind: 'root', phase: 'http_ratelimit' }]);
      expect(listed[0]).not.toHaveProperty('rules');

      const replaced = await send('PUT', `${path}/${result.id}`, { kind: 'zone', rules: [rule('b')] });
      expect(replaced.result).toMatchObject({ version: '2', rules: [{ ref: 'b' }] });
      expect((await send('PUT', `${path}/${result.id}`, { phase: 'http_ratelimit' })).status).toBe(400);
      expect((await send('DELETE', `${path}/${result.id}/versions/2`)).status).toBe(400);
      expect((await send('DELETE', `${path}/${result.id}/versions/1`)).status).toBe(204);
      expect((await send('GET', `${path}/${result.id}/versions`)).result).toMatchObject([{ version: '2' }]);
      expect((await send('PUT', entrypoint, { rules: [] })).result.version).toBe('3');
      expect((await send('DELETE', `${path}/${result.id}`)).status).toBe(204);
      expect((await send('GET', `${path}/${result.id}`)).status).toBe(404);
      expect((await send('PUT', entrypoint, { rules: [] })).result.id).not.toBe(result.id);
    }));

  it('come in pages that a cursor leads through', () =>
    withWorld({}, async ({ send, zonePath }) => {
      for (const phase of ['http_ratelimit', 'http_request_origin', 'http_request_redirect']) {
        await send('PUT', `${zonePath}/rulesets/phases/${phase}/entrypoint`, { rules: [] });
      }
      const first = await send('GET', `${zonePath}/rulesets?per_page=2`);
      const cursor = JSON.parse(JSON.stringify(first.body)).result_info.cursors.after;
      const second = await send('GET', `${zonePath}/rulesets?per_page=2&cursor=${cursor}`);
      expect([...first.result, ...second.result].map((one) => one.phase)).toHaveLength(3);
      expect(second.body.result_info).toEqual({});
      expect((await send('GET', `${zonePath}/rulesets?per_page=51`)).status).toBe(400);
    }));
});

describe('a dry run', () => {
  it('checks all that a real one does and keeps nothing', () =>
    withWorld({}, async ({ send, sandbox, zonePath, entrypoint }) => {
      const { result } = await send('PUT', entrypoint, { rules: [rule('a')] });
      const [{ id }] = result.rules;
      const path = `${zonePath}/rulesets/${result.id}`;
      const before = sandbox.state();
      const other = { name: 'x', kind: 'zone', phase: 'http_ratelimit' };
      for (const [method, target, body, status] of [
        ['PUT', entrypoint, { rules: [] }, 200],
        ['PUT', path, { rules: [] }, 200],
        ['POST', `${zonePath}/rulesets`, other, 200],
        ['POST', `${path}/rules`, rule('b'), 200],
        ['PATCH', `${path}/rules/${id}`, rule('a', { enabled: false }), 200],
        ['DELETE', `${path}/rules/${id}`, undefined, 200],
        ['DELETE', path, undefined, 204],
        ['PUT', entrypoint, { rules: [rule('a'), rule('a')] }, 400],
      ] as const) {
        const reply = await send(method, `${target}?dry_run=true`, body);
        expect([method, target, reply.status, reply.result ?? null]).toEqual([method, target, status, null]);
      }
      expect(sandbox.state()).toBe(before);
      expect((await send('PUT', `${entrypoint}?dry_run=false`, { rules: [] })).result.version).toBe('2');
    }));

  it.each(['probe', 'TRUE', '1', ''])(
    'with the value "%s" is refused before the body is looked at',
    (value) =>
      withWorld({}, async ({ send, entrypoint }) => {
        const { status, errors } = await send('PUT', `${entrypoint}?dry_run=${value}`, { rules: [{}] });
        expect([status, errors]).toEqual([400, [{ message: expect.stringContaining('dry_run') }]]);
      }),
  );
});
