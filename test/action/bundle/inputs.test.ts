import { describe, expect, it } from 'vitest';
import { opened, pushed, scheduled, sha } from '../events.ts';
import { manifest } from '../runner.ts';
import { cloudflareToken, type Scene, scene } from '../scene.ts';
import { broken, checkout, noRules, oneRule, zones } from './files.ts';

type Inputs = Readonly<Record<string, string>>;

/** Runs on a schedule: no comment, and nothing but what the inputs say. */
async function ran(given: Scene, inputs: Inputs) {
  return given.run({ event: scheduled(), inputs });
}

/** Runs for a pull request. */
async function reviewed(given: Scene, inputs: Inputs) {
  return given.run({ event: opened(), inputs });
}

async function withPull(files: Readonly<Record<string, string>> = checkout): Promise<Scene> {
  const given = await scene(files);
  given.pull();
  return given;
}

/** What each input does, seen from outside; at least one row for every input of action.yml. */
const rows: Readonly<Record<string, Readonly<Record<string, () => Promise<void>>>>> = {
  command: {
    'validate asks nobody': async () => {
      const given = await scene(checkout);
      expect(await ran(given, { command: 'validate' })).toMatchObject({
        code: 0,
        outputs: { exitcode: '0' },
      });
      expect(given.cloudflare.sandbox.log).toEqual([]);
    },
    'plan reads only': async () => {
      const given = await scene(checkout);
      expect(await ran(given, { command: 'plan' })).toMatchObject({ code: 0, outputs: { changes: 'true' } });
      expect(new Set(given.cloudflare.sandbox.log.map(({ method }) => method))).toEqual(new Set(['GET']));
    },
    'apply writes': async () => {
      const given = await scene(checkout);
      expect(await ran(given, { command: 'apply' })).toMatchObject({ code: 0, outputs: { exitcode: '0' } });
      expect(await given.liveRefs()).toEqual(['sorry']);
    },
    'drift says that changes are the news': async () => {
      const given = await scene(checkout);
      const { code, summary, outputs } = await ran(given, { command: 'drift' });
      expect({ code, changes: outputs.changes }).toEqual({ code: 0, changes: 'true' });
      expect(summary).toMatch(/^#.*drift/im);
    },
    'another word is refused': async () => {
      const { code, outputs, annotations } = await ran(await scene(checkout), { command: 'destroy' });
      expect({ code, reason: outputs['failure-reason'] }).toEqual({ code: 1, reason: 'usage' });
      expect(annotations).toMatchObject([{ name: 'error', message: expect.stringContaining('"destroy"') }]);
    },
  },
  config: {
    'names another file': async () => {
      const given = await scene({ 'pages/errors.yaml': oneRule() });
      expect(await ran(given, { config: 'pages/errors.yaml' })).toMatchObject({ outputs: { 'to-add': '1' } });
    },
    'names several, one per line, and folders': async () => {
      const given = await scene(
        { 'a.yaml': zones('a.example'), 'more/b.yaml': zones('b.example') },
        {
          zones: ['a.example', 'b.example'],
        },
      );
      expect(await ran(given, { config: 'a.yaml\nmore' })).toMatchObject({ outputs: { 'to-add': '2' } });
    },
  },
  'working-directory': {
    'is where paths begin, and annotations name files from the root': async () => {
      const given = await scene({ 'sites/shop/custom-errors.yaml': broken });
      const { annotations } = await ran(given, { 'working-directory': 'sites/shop' });
      const properties = { file: 'sites/shop/custom-errors.yaml', line: '7' };
      expect(annotations).toMatchObject([{ name: 'error', properties }]);
    },
  },
  'api-token': {
    'is what Cloudflare is asked with': async () => {
      const given = await scene(checkout);
      const { outputs } = await given.runWithoutToken({
        event: scheduled(),
        inputs: { 'api-token': 'other' },
      });
      expect(outputs['to-add']).toBe('1');
    },
    'may stand in the environment': async () => {
      const given = await scene(checkout);
      const env = { CLOUDFLARE_API_TOKEN: cloudflareToken };
      expect(await given.runWithoutToken({ event: scheduled(), env })).toMatchObject({
        outputs: { 'to-add': '1' },
      });
    },
    'is needed outside of pull requests': async () => {
      const given = await scene(checkout);
      const { code, outputs } = await given.runWithoutToken({ event: scheduled() });
      expect({ code, reason: outputs['failure-reason'] }).toEqual({ code: 1, reason: 'auth' });
    },
  },
  zones: {
    'chooses among them': async () => {
      const given = await scene(
        { 'custom-errors.yaml': zones('a.example', 'b.example', 'c.example') },
        {
          zones: ['a.example', 'b.example', 'c.example'],
        },
      );
      expect(await ran(given, { zones: 'a.example, c.example' })).toMatchObject({
        outputs: { 'to-add': '2' },
      });
    },
  },
  accounts: {
    'chooses among them': async () => {
      const account = zones('Acme Inc').replace('zones:', 'accounts:').replace('version: 1\n', '');
      const given = await scene({ 'custom-errors.yaml': `${zones('example.com')}${account}` });
      const { outputs, summary } = await ran(given, { accounts: 'Acme Inc' });
      expect(outputs['to-add']).toBe('1');
      expect(summary).toContain('Acme Inc');
      expect(summary).not.toContain('example.com');
    },
    'may have commas in their names, here and in a hazard to allow': async () => {
      const name = 'Acme, Inc.';
      const file = zones(JSON.stringify(name)).replace('zones:', 'accounts:');
      const given = await scene({ 'custom-errors.yaml': file }, { accounts: [name] });
      expect(await ran(given, { command: 'apply', accounts: name })).toMatchObject({ code: 0 });
      given.write({ 'custom-errors.yaml': `version: 1\naccounts:\n  "${name}":\n    rules: []\n` });
      const allow = `lint/no-doctype, plan/empty@${name}`;
      expect(await ran(given, { command: 'apply', allow })).toMatchObject({ code: 0 });
    },
  },
  comment: {
    'true keeps one': async () => {
      const given = await withPull();
      for (const _ of [1, 2]) await reviewed(given, { comment: 'true' });
      expect(given.comments()).toMatchObject([{ writes: 2 }]);
    },
    'changes-only begins none where nothing changes': async () => {
      const given = await withPull();
      await ran(given, { command: 'apply' });
      await reviewed(given, { comment: 'changes-only' });
      expect(given.comments()).toEqual([]);
    },
    'changes-only updates an old one to say that nothing changes any more': async () => {
      const given = await withPull();
      await reviewed(given, { comment: 'changes-only' });
      await ran(given, { command: 'apply' });
      await reviewed(given, { comment: 'changes-only' });
      expect(given.comments()).toMatchObject([{ writes: 2, body: expect.stringMatching(/no changes/i) }]);
    },
    'always-new writes another one': async () => {
      const given = await withPull();
      for (const _ of [1, 2]) await reviewed(given, { comment: 'always-new' });
      expect(given.comments()).toMatchObject([{ writes: 1 }, { writes: 1 }]);
    },
    'false writes none, and asks nobody': async () => {
      const given = await withPull();
      await reviewed(given, { comment: 'false' });
      expect(given.asked()).toEqual([]);
    },
  },
  'comment-id': {
    'tells comments apart': async () => {
      const given = await withPull();
      for (const id of ['shop', 'blog', 'shop']) await reviewed(given, { 'comment-id': id });
      expect(given.comments().map(({ writes }) => writes)).toEqual([2, 1]);
    },
    'comes from workflow, job and what is looked at where none is given': async () => {
      const given = await withPull({ ...checkout, 'b/custom-errors.yaml': oneRule() });
      const run = (job: string, directory = '.') =>
        given.run({ event: opened(), job, inputs: { 'working-directory': directory } });
      for (const job of ['a', 'b', 'a']) await run(job);
      await run('a', 'b');
      expect(given.comments().map(({ writes }) => writes)).toEqual([2, 1, 1]);
    },
    'is a short word': async () => {
      const { outputs } = await reviewed(await withPull(), { 'comment-id': 'a b -->' });
      expect(outputs['failure-reason']).toBe('usage');
    },
  },
  'github-token': {
    'is who comments': async () => {
      const given = await withPull();
      const may = new Set(['contents: read', 'pull-requests: write'] as const);
      given.github.grants.set('ghp_other', { login: 'acme-bot', isApp: false, may, hasGraphql: true });
      const { masks } = await reviewed(given, { 'github-token': 'ghp_other' });
      expect(given.comments()).toMatchObject([{ author: 'acme-bot' }]);
      expect(masks).toContain('ghp_other');
    },
  },
  'plan-file': {
    'applies exactly the plan that it holds': async () => {
      const given = await scene(checkout);
      const planned = await ran(given, { command: 'plan' });
      given.write({ 'custom-errors.yaml': oneRule('Something else.') });
      const applied = await ran(given, { command: 'apply', 'plan-file': planned.outputs['plan-path'] ?? '' });
      expect(applied).toMatchObject({ code: 0, outputs: { fingerprint: planned.outputs.fingerprint } });
      expect(JSON.stringify(given.cloudflare.sandbox.state())).not.toContain('Something else');
    },
    'goes with apply only': async () => {
      const { outputs } = await ran(await scene(checkout), { command: 'plan', 'plan-file': 'plan.json' });
      expect(outputs['failure-reason']).toBe('usage');
    },
  },
  fingerprint: {
    'lets the reviewed plan pass': async () => {
      const given = await scene(checkout);
      const { outputs } = await ran(given, { command: 'plan' });
      const applied = await ran(given, { command: 'apply', fingerprint: outputs.fingerprint ?? '' });
      expect(applied).toMatchObject({ code: 0 });
      expect(await given.liveRefs()).toEqual(['sorry']);
    },
    'stops another plan': async () => {
      const given = await scene(checkout);
      const { outputs } = await ran(given, { command: 'plan' });
      given.write({ 'custom-errors.yaml': oneRule('Something else.') });
      const applied = await ran(given, { command: 'apply', fingerprint: outputs.fingerprint ?? '' });
      expect(applied).toMatchObject({ code: 1, outputs: { 'failure-reason': 'plan-changed' } });
      expect(await given.liveRefs()).toEqual([]);
    },
    'from-comment takes it from the pull request': async () => {
      const given = await withPull();
      await given.run({ event: opened(), inputs: { 'comment-id': 'x' } });
      const inputs = { command: 'apply', fingerprint: 'from-comment', 'comment-id': 'x' };
      const applied = await given.run({ event: pushed(given.merge()), inputs });
      expect(applied).toMatchObject({ code: 0, outputs: { 'failure-reason': '' } });
      expect(await given.liveRefs()).toEqual(['sorry']);
    },
    'from-comment goes no further without a pull request': async () => {
      const given = await withPull();
      const inputs = { command: 'apply', fingerprint: 'from-comment' };
      const { code, outputs } = await given.run({ event: pushed(sha('by hand')), inputs });
      expect({ code, reason: outputs['failure-reason'] }).toEqual({ code: 1, reason: 'not-reviewed' });
      expect(given.cloudflare.sandbox.log.filter(({ method }) => method !== 'GET')).toEqual([]);
    },
  },
  allow: {
    'lets a hazard pass by its code': async () => {
      const given = await scene(checkout);
      await ran(given, { command: 'apply' });
      given.write({ 'custom-errors.yaml': noRules });
      const stopped = await ran(given, { command: 'apply' });
      expect(stopped).toMatchObject({ code: 1, outputs: { exitcode: '5', 'failure-reason': 'hazard' } });
      const passed = await ran(given, { command: 'apply', allow: 'plan/empty@example.com' });
      expect(passed).toMatchObject({ code: 0, outputs: { exitcode: '0' } });
      expect(await given.liveRefs()).toEqual([]);
    },
  },
  online: {
    'asks Cloudflare to check, without writing': async () => {
      const given = await scene(checkout);
      await ran(given, { command: 'plan', online: 'true' });
      const puts = given.cloudflare.sandbox.log.filter(({ method }) => method === 'PUT');
      expect(puts.map(({ query }) => query.dry_run)).toEqual(['probe', 'true']);
    },
  },
  'fail-on-changes': {
    'makes a red step of waiting changes': async () => {
      const { code, outputs } = await ran(await scene(checkout), { 'fail-on-changes': 'true' });
      expect({ code, reason: outputs['failure-reason'] }).toEqual({ code: 1, reason: 'changes' });
    },
    'leaves a step green otherwise': async () => {
      const { code, outputs } = await ran(await scene(checkout), { 'fail-on-changes': 'false' });
      expect({ code, exitcode: outputs.exitcode }).toEqual({ code: 0, exitcode: '2' });
    },
  },
  parallelism: {
    'bounds how many requests are under way': async () => {
      let now = 0;
      let most = 0;
      const names = ['a.example', 'b.example', 'c.example', 'd.example'];
      const before = async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((later) => setTimeout(later, 20));
        now -= 1;
        return undefined;
      };
      const given = await scene({ 'custom-errors.yaml': zones(...names) }, { zones: names, before });
      await ran(given, { parallelism: '1' });
      expect(most).toBe(1);
    },
    'is a number within bounds': async () => {
      const { outputs, annotations } = await ran(await scene(checkout), { parallelism: '0' });
      expect(outputs['failure-reason']).toBe('usage');
      expect(annotations[0]?.message).toMatch(/parallelism[\s\S]*64/);
    },
  },
  'max-wait': {
    'ends the patience with a rate limit': async () => {
      const before = () =>
        ({
          kind: 'answer',
          status: 429,
          body: { success: false },
          headers: { 'retry-after': '60' },
        }) as const;
      const given = await scene(checkout, { before });
      const began = performance.now();
      const { code } = await ran(given, { 'max-wait': '1' });
      expect(code).toBe(1);
      expect(performance.now() - began).toBeLessThan(20_000);
    },
  },
  summary: {
    'true writes the result': async () => {
      expect((await ran(await scene(checkout), {})).summary).toContain('sorry');
    },
    'false leaves it empty': async () => {
      expect((await ran(await scene(checkout), { summary: 'false' })).summary).toBe('');
    },
  },
  annotations: {
    'true marks the line of each problem': async () => {
      const { annotations } = await ran(await scene({ 'custom-errors.yaml': broken }), {});
      const properties = { file: 'custom-errors.yaml', line: '7', col: '23', title: 'config/not-allowed' };
      expect(annotations).toMatchObject([{ name: 'error', properties }]);
    },
    'more than ten of a kind are summed up': async () => {
      const rules = Array.from({ length: 14 }, (_, at) => `      - ref: r${at}\n`).join('');
      const text = `version: 1\nzones:\n  example.com:\n    rules:\n${rules}`;
      const { annotations, summary } = await ran(await scene({ 'custom-errors.yaml': text }), {});
      const errors = annotations.filter(({ name }) => name === 'error');
      expect(errors).toHaveLength(10);
      expect(errors.at(-1)?.message).toMatch(/\d+ more/);
      expect(summary).toContain('custom-errors.yaml:18');
    },
    'false marks none': async () => {
      const { code, annotations } = await ran(await scene({ 'custom-errors.yaml': broken }), {
        annotations: 'false',
      });
      expect({ code, marks: annotations.filter(({ properties }) => properties.file) }).toEqual({
        code: 1,
        marks: [],
      });
    },
  },
};

describe.each(Object.entries(rows))('the input %s', (_, cases) => {
  it.each(Object.entries(cases))('%s', (_, test) => test());
});

describe('inputs', () => {
  it('are all tested', () => {
    expect(Object.keys(rows).sort()).toEqual(Object.keys(manifest.inputs).sort());
  });
});
