import { describe, expect, it } from 'vitest';
import { mergedPull, opened, pushed, synchronized } from '../events.ts';
import { jobLogin } from '../github.ts';
import { type Scene, scene } from '../scene.ts';
import { checkout, oneRule, zones } from './files.ts';

const inputs = { 'comment-id': 'x' };
const apply = { ...inputs, command: 'apply', fingerprint: 'from-comment' };

async function withPull(files: Readonly<Record<string, string>> = checkout): Promise<Scene> {
  const given = await scene(files);
  given.pull();
  return given;
}

/** The comment that the Action would write for a plan that nobody reviewed. */
async function commentElsewhere(): Promise<string> {
  const elsewhere = await withPull();
  await elsewhere.run({ event: opened(), inputs });
  return elsewhere.comments()[0]?.body ?? '';
}

describe('the comment', () => {
  it('is found among many pages of others', async () => {
    const given = await withPull();
    for (let at = 0; at < 120; at += 1) given.github.say(7, 'mona', `comment ${at}`);
    await given.run({ event: opened(), inputs });
    for (let at = 0; at < 120; at += 1) given.github.say(7, 'mona', `later ${at}`);
    await given.run({ event: synchronized(), inputs });
    expect(given.comments().filter(({ author }) => author === jobLogin)).toMatchObject([{ writes: 2 }]);
  });

  it('counts only where the identity of the token wrote it', async () => {
    const given = await withPull();
    given.github.say(7, 'mallory', await commentElsewhere());
    await given.run({ event: opened(), inputs });
    expect(given.comments()).toMatchObject([
      { author: 'mallory', writes: 1 },
      { author: jobLogin, writes: 1 },
    ]);
  });

  it('does not count as reviewed where somebody else wrote it, or wrote over it', async () => {
    const forged = await commentElsewhere();
    const given = await withPull();
    given.github.say(7, 'mallory', forged);
    const job = { event: pushed(given.merge()), inputs: apply };
    const refused = { code: 1, outputs: { 'failure-reason': 'not-reviewed' } };
    expect(await given.run(job)).toMatchObject(refused);
    // A person may have the login that the App has without "[bot]".
    for (const editor of ['mallory', 'github-actions']) {
      Object.assign(given.github.say(7, jobLogin, forged), { editor });
      expect(await given.run(job)).toMatchObject(refused);
    }
    expect(await given.liveRefs()).toEqual([]);
  });

  it.each([
    ['quoted further down', (body: string) => `> quoted\n\n${body}`],
    ['cut', (body: string) => body.replace(/(cf-errors:v1 .{40})[^ ]*/, '$1')],
    ['of a later version', (body: string) => body.replace('cf-errors:v1', 'cf-errors:v2')],
    ['of something else', (body: string) => body.replace(/v1 [^ ]*/, `v1 ${btoa('{"id":"x"}')}`)],
    ['no JSON', (body: string) => body.replace(/v1 [^ ]*/, 'v1 AAAA')],
  ])('does not count where its marker is %s', async (_, damage) => {
    const given = await withPull();
    await given.run({ event: opened(), inputs });
    for (const comment of given.github.comments) comment.body = damage(comment.body);
    const ran = await given.run({ event: pushed(given.merge()), inputs: apply });
    expect(ran).toMatchObject({ code: 1, outputs: { 'failure-reason': 'not-reviewed' } });
  });

  it.each([
    ['an older run', { runId: 50, attempt: 3 }],
    ['an older attempt of the same run', { runId: 60, attempt: 1 }],
  ])('of a newer run is left as it is by %s', async (_, older) => {
    const given = await withPull();
    await given.run({ event: opened(), inputs, runId: 60, attempt: 2 });
    const [before] = given.comments().map(({ body }) => body);
    given.write({ 'custom-errors.yaml': oneRule('Older.') });
    const { code, annotations, log } = await given.run({ event: opened(), inputs, ...older });
    expect(code).toBe(0);
    expect(given.comments().map(({ body }) => body)).toEqual([before]);
    expect(`${annotations.map(({ message }) => message)}${log}`).toMatch(/newer|later/);
  });
});

describe('the comment of a plan', () => {
  const fromComment = { command: 'apply', fingerprint: 'from-comment' };

  it.each([
    ['in another job', 'validate', {}],
    ['in the same job', 'plan', {}],
    ['under the same name', 'plan', { 'comment-id': 'x' }],
  ])('stays what was reviewed beside a validation %s', async (_, job, named) => {
    const given = await withPull();
    await given.run({ event: opened(), inputs: named, job: 'plan' });
    await given.run({ event: opened(), inputs: { ...named, command: 'validate' }, job });
    expect(given.comments().map(({ writes }) => writes)).toEqual([1, 1]);
    const applied = await given.run({ event: pushed(given.merge()), inputs: { ...named, ...fromComment } });
    expect(applied).toMatchObject({ code: 0, outputs: { 'failure-reason': '' } });
  });

  it.each([
    ['under the same name', { 'comment-id': 'x' }],
    ['under none', {}],
  ])('is still there for another attempt where apply was cancelled %s', async (_, named) => {
    let pid = 0;
    const given = await withPull();
    await given.run({ event: opened(), inputs: named, job: 'plan' });
    given.merge();
    const job = { event: mergedPull(), job: 'apply', runId: 5000, inputs: { ...named, ...fromComment } };
    given.github.intervene = ({ path }) => {
      if (path === '/graphql' && pid > 0) process.kill(pid, 'SIGINT');
      return undefined;
    };
    const during = (own: number): void => {
      pid = own;
    };
    expect(await given.run({ ...job, during })).toMatchObject({
      outputs: { 'failure-reason': 'interrupted' },
    });
    pid = 0;
    expect(await given.run({ ...job, attempt: 2 })).toMatchObject({ code: 0 });
    expect(await given.liveRefs()).toEqual(['sorry']);
  });
});

describe('a comment that would be too long', () => {
  const names = Array.from({ length: 60 }, (_, at) => `zone-${at}.example`);
  const page = 'A page with a `fence` and more.\n```\ninside\n```\n'.repeat(40);
  const rules = JSON.stringify({
    version: 1,
    zones: Object.fromEntries(
      names.map((name) => [
        name,
        {
          rules: Array.from({ length: 8 }, (_, at) => ({
            ref: `rule_${at}`,
            expression: `http.response.code eq ${500 + at}`,
            content_type: 'text/plain',
            content: `${page}${name} ${at}`,
          })),
        },
      ]),
    ),
  });

  it('is shortened by structure, links the run, and leaves nothing open', async () => {
    const given = await scene({ 'custom-errors.yaml': rules }, { zones: names });
    given.pull();
    const { code, summary } = await given.run({ event: opened(), inputs, runId: 77 });
    expect(code).toBe(0);
    const [comment] = given.comments();
    const body = comment?.body ?? '';
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toContain('/acme/edge/actions/runs/77');
    for (const text of [body, summary]) {
      expect(text.match(/<details/g)?.length ?? 0).toBe(text.match(/<\/details>/g)?.length ?? 0);
      expect((text.match(/^`{3,}/gm) ?? []).length % 2).toBe(0);
    }
    for (const name of names) expect(body).toContain(name);
    expect(summary.length).toBeGreaterThan(body.length);
  });
});

describe('a plan of too many changes for a comment', () => {
  const names = Array.from({ length: 260 }, (_, at) => `zone-${at}.example`);

  it('is shown, and not taken for reviewed', async () => {
    const given = await scene({ 'custom-errors.yaml': zones(...names) }, { zones: names });
    given.pull();
    expect(await given.run({ event: opened(), inputs })).toMatchObject({
      code: 0,
      outputs: { 'to-add': '260' },
    });
    const { code, outputs, annotations } = await given.run({ event: pushed(given.merge()), inputs: apply });
    expect({ code, reason: outputs['failure-reason'] }).toEqual({ code: 1, reason: 'not-reviewed' });
    expect(annotations.map(({ message }) => message).join()).toMatch(/too many changes[\s\S]*plan-file/);
    expect(given.cloudflare.sandbox.log.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
