import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../sandbox/refusal.ts';
import { opened, scheduled } from '../events.ts';
import { manifest, type Ran } from '../runner.ts';
import { type Scene, scene } from '../scene.ts';
import { broken, checkout, noRules, oneRule } from './files.ts';

type Outputs = Ran['outputs'];

async function outputsOf(given: Scene, inputs: Readonly<Record<string, string>> = {}): Promise<Outputs> {
  return (await given.run({ event: scheduled(), inputs })).outputs;
}

/** A zone whose rules stand in this order, and a file that wants them in another one. */
async function reordered(): Promise<Scene> {
  const rule = (ref: string): string =>
    `      - { ref: ${ref}, expression: http.response.code eq 500, content_type: text/plain, content: ${ref} }\n`;
  const file = (...refs: readonly string[]): string =>
    `version: 1\nzones:\n  example.com:\n    rules:\n${refs.map(rule).join('')}`;
  const given = await scene({ 'custom-errors.yaml': file('a', 'b', 'c') });
  await outputsOf(given, { command: 'apply' });
  given.write({ 'custom-errors.yaml': file('b', 'c', 'a') });
  return given;
}

async function applied(next: string): Promise<Scene> {
  const given = await scene(checkout);
  await outputsOf(given, { command: 'apply' });
  given.write({ 'custom-errors.yaml': next });
  return given;
}

/** What each output says; at least one row for every output of action.yml. */
const rows: Readonly<Record<string, Readonly<Record<string, () => Promise<void>>>>> = {
  changes: {
    'true where they wait': async () => {
      expect((await outputsOf(await scene(checkout))).changes).toBe('true');
    },
    'true where apply made them': async () => {
      expect((await outputsOf(await scene(checkout), { command: 'apply' })).changes).toBe('true');
    },
    'false where there are none': async () => {
      expect((await outputsOf(await applied(oneRule()))).changes).toBe('false');
    },
    'empty where it is not known': async () => {
      const given = await scene({ 'custom-errors.yaml': broken });
      expect((await outputsOf(given)).changes).toBe('');
    },
  },
  'to-add': {
    'counts what is new': async () => {
      expect((await outputsOf(await scene(checkout)))['to-add']).toBe('1');
    },
  },
  'to-change': {
    'counts what is edited': async () => {
      expect((await outputsOf(await applied(oneRule('Other.'))))['to-change']).toBe('1');
    },
  },
  'to-destroy': {
    'counts what goes': async () => {
      expect((await outputsOf(await applied(noRules)))['to-destroy']).toBe('1');
    },
  },
  'to-move': {
    'counts what moves': async () => {
      expect((await outputsOf(await reordered()))['to-move']).toBe('1');
    },
  },
  fingerprint: {
    'is that of the plan file': async () => {
      const { fingerprint = '', 'plan-path': path = '' } = await outputsOf(await scene(checkout));
      expect(fingerprint).toMatch(/^cfe1:[0-9a-f]{64}$/);
      expect(JSON.parse(readFileSync(path, 'utf8')).plan.fingerprint).toBe(fingerprint);
    },
    'is empty without a plan': async () => {
      const given = await scene({ 'custom-errors.yaml': broken });
      expect((await outputsOf(given)).fingerprint).toBe('');
    },
  },
  'plan-path': {
    'is a file called plan.json': async () => {
      const { 'plan-path': path = '' } = await outputsOf(await scene(checkout));
      expect(path).toMatch(/^\/.*\/plan\.json$/);
      expect(existsSync(path)).toBe(true);
    },
    'is empty without a plan': async () => {
      const given = await scene({ 'custom-errors.yaml': broken });
      expect((await outputsOf(given))['plan-path']).toBe('');
    },
  },
  'markdown-path': {
    'is a file called plan.md with the whole result': async () => {
      const given = await scene(checkout);
      const { outputs, summary } = await given.run({ event: scheduled() });
      expect(outputs['markdown-path']).toMatch(/\/plan\.md$/);
      expect(readFileSync(outputs['markdown-path'] ?? '', 'utf8').split('\n')[0]).toBe(
        summary.split('\n')[0],
      );
    },
  },
  exitcode: {
    '0 where nothing changes': async () => {
      expect((await outputsOf(await applied(oneRule()))).exitcode).toBe('0');
    },
    '1 for a problem': async () => {
      expect((await outputsOf(await scene({ 'custom-errors.yaml': broken }))).exitcode).toBe('1');
    },
    '2 where changes wait': async () => {
      expect((await outputsOf(await scene(checkout))).exitcode).toBe('2');
    },
    '2 where a plan has a hazard, which stops apply alone': async () => {
      expect(await (await applied(noRules)).run({ event: scheduled() })).toMatchObject({
        code: 0,
        outputs: { exitcode: '2', 'failure-reason': '' },
      });
    },
    '5 for a hazard': async () => {
      expect((await outputsOf(await applied(noRules), { command: 'apply' })).exitcode).toBe('5');
    },
  },
  'failure-reason': {
    'empty where the step succeeded': async () => {
      expect((await outputsOf(await scene(checkout)))['failure-reason']).toBe('');
    },
    'validation for the files': async () => {
      const given = await scene({ 'custom-errors.yaml': broken });
      expect((await outputsOf(given))['failure-reason']).toBe('validation');
    },
    'auth where Cloudflare refuses the token': async () => {
      const before = () => refusal(401, { code: 10_000, message: 'Authentication error' });
      const given = await scene(checkout, { before });
      expect((await outputsOf(given))['failure-reason']).toBe('auth');
    },
    'plan-failed where a zone is not there': async () => {
      const given = await scene({ 'custom-errors.yaml': oneRule().replace('example.com', 'other.example') });
      expect((await outputsOf(given))['failure-reason']).toBe('plan-failed');
    },
    'stale where the live state moved between plan and write': async () => {
      const given = await scene(checkout);
      const { 'plan-path': path = '' } = await outputsOf(given);
      await dashboardPut(given);
      const outputs = await outputsOf(given, { command: 'apply', 'plan-file': path });
      expect(outputs).toMatchObject({ 'failure-reason': 'stale', exitcode: '4' });
    },
    'validation where a test of the files fails': async () => {
      const tests = 'tests:\n  - { zone: example.com, response: { status: 502 }, expect: { ref: none } }\n';
      const given = await scene({ 'custom-errors.yaml': `${oneRule()}${tests}` });
      for (const command of ['validate', 'plan', 'apply'])
        expect((await outputsOf(given, { command }))['failure-reason']).toBe('validation');
    },
    'other-writer where all was written over what somebody else had just written': async () => {
      let isFirst = true;
      const before = async ({ method }: { readonly method: string }) => {
        if (method !== 'PUT' || !isFirst) return undefined;
        isFirst = false;
        await dashboardPut(given);
        return undefined;
      };
      const given = await scene(checkout, { before });
      const outputs = await outputsOf(given, { command: 'apply' });
      expect(outputs).toMatchObject({ 'failure-reason': 'other-writer', exitcode: '1', changes: 'true' });
      expect(await given.liveRefs()).toEqual(['sorry']);
    },
    'usage where the event cannot be read': async () => {
      const given = await scene(checkout);
      const ran = await given.run({ event: opened(), env: { GITHUB_EVENT_PATH: '/nowhere/event.json' } });
      expect(ran).toMatchObject({ code: 1, outputs: { 'failure-reason': 'usage' } });
    },
    'interrupted where the run was cancelled': async () => {
      let pid = 0;
      const before = () => {
        process.kill(pid, 'SIGINT');
        return undefined;
      };
      const given = await scene(checkout, { before });
      const during = (own: number): void => {
        pid = own;
      };
      const { outputs } = await given.run({ event: scheduled(), inputs: { command: 'apply' }, during });
      expect(outputs).toMatchObject({ 'failure-reason': 'interrupted', exitcode: '130' });
      expect(await given.liveRefs()).toEqual([]);
    },
    'apply-failed where nothing is known to be written': async () => {
      const before = ({ method }: { readonly method: string }) =>
        method === 'PUT' ? refusal(400, { code: 20_000, message: 'no' }) : undefined;
      const outputs = await outputsOf(await scene(checkout, { before }), { command: 'apply' });
      expect(outputs).toMatchObject({ 'failure-reason': 'apply-failed', exitcode: '1' });
    },
  },
  'comment-url': {
    'is where the comment stands': async () => {
      const given = await scene(checkout);
      given.pull();
      const { outputs } = await given.run({ event: opened() });
      expect(outputs['comment-url']).toBe(
        `${given.github.url}/acme/edge/pull/7#issuecomment-${given.comments()[0]?.id}`,
      );
    },
    'is empty where there is none': async () => {
      expect((await outputsOf(await scene(checkout)))['comment-url']).toBe('');
    },
  },
};

async function dashboardPut({ cloudflare }: Scene): Promise<void> {
  const path = `/zones/${cloudflare.zone()}/rulesets/phases/http_custom_errors/entrypoint`;
  const action_parameters = { content: 'by hand', content_type: 'text/plain' };
  const rules = [{ action: 'serve_error', action_parameters, expression: 'true', enabled: true }];
  await cloudflare.call('PUT', path, { rules });
}

describe.each(Object.entries(rows))('the output %s', (_, cases) => {
  it.each(Object.entries(cases))('%s', (_, test) => test());
});

describe('outputs', () => {
  it('are all tested', () => {
    expect(Object.keys(rows).sort()).toEqual(Object.keys(manifest.outputs).sort());
  });

  it('are all set, also where the step fails', async () => {
    const given = await scene({ 'custom-errors.yaml': broken });
    expect(Object.keys(await outputsOf(given)).sort()).toEqual(Object.keys(manifest.outputs).sort());
  });
});
