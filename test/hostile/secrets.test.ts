import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type AppEvent,
  apply,
  diff,
  diffSide,
  explainError,
  importScopes,
  plan,
  savePlan,
  test,
  validate,
  type World,
} from '../../src/app/app.ts';
import { checkBaseUrl } from '../../src/cloudflare/cloudflare.ts';
import { planProblems } from '../../src/model/plan.ts';
import { hasErrors, problem } from '../../src/problem/problem.ts';
import {
  explanationJson,
  explanationTerminal,
  importJson,
  type Look,
  planJson,
  planMarkdown,
  planTerminal,
  problemsJson,
  problemsTerminal,
  receiptJson,
  receiptMarkdown,
  receiptTerminal,
} from '../../src/render/render.ts';
import type { Disturbance } from '../../src/sandbox/sandbox.ts';
import { numRuns, timeout } from '../fuzz/fuzz.ts';
import { refusal } from '../sandbox/refusal.ts';
import { sandboxWorld } from '../sandbox/world.ts';

/** What stands in the environment: the shapes that Cloudflare gives out, and one that nobody knows yet. */
const shapes = {
  'a user token': fc.stringMatching(/^cfut_[A-Za-z0-9]{48}$/),
  'an account token': fc.stringMatching(/^cfat_[A-Za-z0-9]{48}$/),
  'a token of 40 characters': fc.stringMatching(/^[A-Za-z0-9_-]{12}aB3[A-Za-z0-9_-]{25}$/),
  'a token of another shape': fc.stringMatching(/^v9\.[a-z]{20}[+/~]=$/),
  'a global key': fc.stringMatching(/^[0-9a-f]{37}$/),
  'a global key with a prefix': fc.stringMatching(/^cfk_[A-Za-z0-9]{48}$/),
} as const;

type Shape = keyof typeof shapes;

function envOf(shape: Shape, secret: string): World['env'] {
  return shape.startsWith('a global key')
    ? { CLOUDFLARE_EMAIL: 'ops@example.com', CLOUDFLARE_API_KEY: secret }
    : { CLOUDFLARE_API_TOKEN: secret };
}

/** Tokens that are not ours, in the words of a server that speaks of somebody else's. */
const foreign = [
  'cfat_ABCDEFGHIJKLMNOPqrstuvwx',
  'Yx7-0123456789abcdefGHIJKLMNOPqrstuvwxyz',
  '0f'.repeat(18).concat('a'),
];

/** Answers that give the secret back, each in another place. */
const echoes: Readonly<Record<string, (secret: string) => Disturbance>> = {
  'an error text': (secret) =>
    refusal(403, { code: 10_000, message: `Authorization: Bearer ${secret} may not` }),
  'the tokens of others': () => refusal(400, ...foreign.map((message) => ({ message }))),
  'a pointer': (secret) => refusal(400, { message: 'no', source: { pointer: `/rules/0/${secret}` } }),
  'an error chain': (secret) =>
    refusal(401, { code: 1_000, message: 'no', error_chain: [{ code: 9_109, message: secret }] }),
  'a URL in a text': (secret) =>
    refusal(400, { message: `see https://x.example/?token=${encodeURIComponent(secret)}` }),
  'a header': (secret) => ({
    ...refusal(404, { message: 'no' }),
    headers: { 'cf-ray': secret, location: `https://x.example/${secret}` },
  }),
  'a redirect': (secret) => ({
    kind: 'answer',
    status: 302,
    body: secret,
    headers: { location: `https://x.example/${secret}` },
  }),
  'a page of a proxy': (secret) => ({
    kind: 'answer',
    status: 502,
    body: `<html>${secret}</html>`,
    headers: { 'content-type': `text/${secret}` },
  }),
  'a list that is none': (secret) => yes({ [secret]: secret }),
  'rules that are none': (secret) =>
    yes({ version: '1', rules: [{ ref: secret, action: secret, expression: 5 }] }),
  'assets that are none': (secret) => yes([{ name: secret }]),
  'a broken line': () => ({ kind: 'hang-up' }),
  'an answer that is lost': () => ({ kind: 'lose-answer' }),
};

function yes(result: unknown): Disturbance {
  return {
    kind: 'answer',
    status: 200,
    body: { success: true, errors: [], messages: [], result },
  } as Disturbance;
}

const config = (rule: object): string =>
  JSON.stringify({
    version: 1,
    zones: {
      'example.com': {
        assets: [{ name: 'page', url: 'https://static.example.com/a' }],
        rules: [{ ref: 'shown', expression: 'ssl', asset_name: 'page' }, rule],
      },
    },
  });

const look: Look = { color: false, width: 100, sandbox: false, sources: new Map() };
const selection = { config: [], zones: [], accounts: [] };
const target = { parallelism: 2 };

/** A world whose every word is kept: events, and at the end every file of its folder. */
function worldWith(env: World['env']) {
  const cwd = mkdtempSync(join(tmpdir(), 'secrets-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const events: AppEvent[] = [];
  const clock = { now: () => Date.now(), sleep: async () => {}, random: () => 0 };
  const world: World = {
    cwd,
    env,
    clock,
    readStdin: async () => new Uint8Array(),
    onEvent: (event) => events.push(event),
  };
  const files = () =>
    readdirSync(cwd, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'));
  return { world, events, files };
}

/** Runs every command that reads the files or asks Cloudflare, and gives all that came of it: values, texts, events, files. */
async function everythingSaid(env: World['env'], rule: object): Promise<string[]> {
  const { world, events, files } = worldWith(env);
  writeFileSync(join(world.cwd, 'custom-errors.yaml'), config(rule));
  const request = {
    selection,
    target,
    refresh: [],
    allow: ['plan/take-over', 'plan/empty'],
    online: true,
    probe: false,
  };
  const checked = await validate({ selection, online: target }, world);
  const planned = await plan(request, world);
  const imported = await importScopes(
    { target, zones: ['example.com'], accounts: [], newRefs: false },
    world,
  );
  if (planned.plan !== undefined && !hasErrors(planProblems(planned.plan))) {
    await savePlan(planned.plan, join(world.cwd, 'plan.json'));
  }
  const applied = await apply({ ...request, backupDir: 'backup' }, world, async () => true);
  const explained = await explainError(
    {
      config: [],
      allow: [],
      fields: [],
      scope: { kind: 'zone', name: 'example.com' },
      visitor: { status: 500 },
      live: target,
    },
    world,
  );
  const tested = await test({ selection, files: [], allow: [] }, world);
  const side = await diffSide('custom-errors.yaml', world);
  const compared = await diff({ before: side, after: side, zones: [], accounts: [], allow: [] }, world);
  const all = [checked, planned, imported, applied, explained, tested, compared];
  const problems = all.flatMap((one) => one.problems);
  const plans = [planned.plan, applied.plan, compared.plan].filter((one) => one !== undefined);
  return [
    ...plans.flatMap((one) => [planTerminal(one, look), planMarkdown(one, look), planJson(one, look)]),
    ...(applied.receipt === undefined
      ? []
      : [
          receiptTerminal(applied.receipt, look),
          receiptMarkdown(applied.receipt, look),
          receiptJson(applied.receipt, look),
        ]),
    importJson(imported, look),
    ...(explained.explanation === undefined
      ? []
      : [
          explanationTerminal(explained.explanation, look),
          explanationJson(explained.explanation, explained.problems, look),
        ]),
    problemsTerminal([...problems, ...plans.flatMap(planProblems)], look),
    problemsJson(problems, look),
    JSON.stringify([all, events], (_, value) => (value instanceof Map ? [...value] : value)),
    ...files(),
  ];
}

describe('the secret of the environment', () => {
  const cases = Object.keys(shapes).map((shape) => shape as Shape);
  it.each(cases)(
    'is said nowhere: %s, in any command, whatever the API answers',
    (shape) =>
      fc.assert(
        fc.asyncProperty(
          shapes[shape],
          fc.constantFrom(undefined, ...Object.keys(echoes)),
          fc.nat({ max: 12 }),
          async (secret, echo, from) => {
            let count = -1;
            const before = () => {
              count += 1;
              return echo === undefined || count < from ? undefined : echoes[echo]?.(secret);
            };
            await using cloudflare = await sandboxWorld({ before });
            const env = { ...envOf(shape, secret), CLOUDFLARE_BASE_URL: cloudflare.baseUrl };
            const said = (
              await everythingSaid(env, {
                ref: 'x',
                expression: 'ssl',
                content: 'x',
                content_type: 'text/plain',
              })
            ).join('\n');
            expect(cloudflare.sandbox.log.length).toBeGreaterThan(3);
            expect(said).toContain('example.com');
            for (const one of [secret, encodeURIComponent(secret), ...foreign])
              expect(said.includes(one)).toBe(false);
          },
        ),
        { numRuns: Math.ceil(numRuns / 8) },
      ),
    timeout,
  );

  it('does not go along where a redirect leads', async () => {
    const heard: unknown[] = [];
    const elsewhere = createServer((request, response) => {
      heard.push(request.headers);
      response.end('{}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void elsewhere.close());
    const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    for (const status of [301, 302, 303, 307, 308]) {
      await using cloudflare = await sandboxWorld({
        before: () => ({ kind: 'answer', status, body: {}, headers: { location } }),
      });
      const env = { CLOUDFLARE_API_TOKEN: 'cfut_0123456789abcdef', CLOUDFLARE_BASE_URL: cloudflare.baseUrl };
      await everythingSaid(env, { ref: 'x', expression: 'ssl', content: 'x', content_type: 'text/plain' });
    }
    expect(heard).toEqual([]);
  });

  it('is sent to https and to loopback alone', () => {
    expect(checkBaseUrl('http://api.example.com').value).toBeUndefined();
    expect(checkBaseUrl('https://api.example.com').value).toBeDefined();
  });
});

describe('what only looks like a secret', () => {
  const page = 'Yx7-0123456789abcdefGHIJKLMNOPqrstuvwxyz';

  it('is left alone where it is content: in the plan, its file, the live rules, a backup and an import', async () => {
    await using cloudflare = await sandboxWorld();
    const env = { CLOUDFLARE_API_TOKEN: 'test', CLOUDFLARE_BASE_URL: cloudflare.baseUrl };
    const rule = {
      ref: 'x',
      expression: 'ssl',
      content: page,
      description: foreign[2],
      content_type: 'text/plain',
    };
    const first = await everythingSaid(env, rule);
    expect(first.filter((text) => text.includes(page)).length).toBeGreaterThan(4);
    const { world, files } = worldWith(env);
    const imported = await importScopes(
      { target, zones: ['example.com'], accounts: [], newRefs: false },
      world,
    );
    expect(imported).toMatchObject({ isProven: true, text: expect.stringContaining(page) });
    writeFileSync(join(world.cwd, 'custom-errors.yaml'), config({ ...rule, content: 'other' }));
    await apply(
      { selection, target, refresh: [], allow: [], online: false, probe: false, backupDir: 'backup' },
      world,
      async () => true,
    );
    expect(files().filter((text) => text.includes(page) && text.includes('cf-errors/backup'))).toHaveLength(
      1,
    );
  });

  it.each([
    ['the SHA-1 of a commit', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['an id', '023e105f4ecef8ad9ca31a8372d0c353'],
    ['a fingerprint', `cfe1:${'0a'.repeat(32)}`],
    ['a long name', 'error_page_for_the_checkout_of_the_shop_'],
    ['a long URL', 'https://static.example.com/Errors/5xx/branded/a0/index.html'],
  ])('stays readable in messages: %s', (_, text) => {
    expect(problem({ code: 'cloudflare/refused', message: `about ${text}` }).message).toBe(`about ${text}`);
  });

  it('is taken out of every word of a problem where it has the shape of a token', () => {
    for (const token of [page, ...foreign]) {
      const text = `x="${token}"`;
      const notes = [{ message: text }];
      expect(
        JSON.stringify(
          problem({ code: 'cloudflare/refused', message: text, hint: text, scope: text, notes }),
        ),
      ).not.toContain(token);
    }
  });
});
