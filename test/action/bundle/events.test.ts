import { describe, expect, it } from 'vitest';
import {
  abandonedPull,
  dispatched,
  mergedPull,
  opened,
  pushed,
  type RunnerEvent,
  scheduled,
  sha,
  synchronized,
  targeted,
  workflowRan,
} from '../events.ts';
import { jobGrant, jobToken } from '../github.ts';
import { type Scene, scene } from '../scene.ts';
import { broken, checkout, oneRule } from './files.ts';

const fork = { from: 'mallory/edge' };

async function withPull(facts = {}, base = checkout): Promise<Scene> {
  const given = await scene(checkout);
  given.pull(facts, base);
  return given;
}

describe('a plan', () => {
  const events: readonly (readonly [string, RunnerEvent, number])[] = [
    ['pull_request opened', opened(), 1],
    ['pull_request synchronize', synchronized(), 1],
    ['pull_request_target of the repository itself', targeted(), 1],
    ['push', pushed(sha('a commit')), 0],
    ['schedule', scheduled(), 0],
    ['workflow_dispatch', dispatched(), 0],
    ['workflow_run of the repository itself', workflowRan(), 0],
  ];

  it.each(events)('on %s', async (_, event, comments) => {
    const given = await withPull();
    const { code, outputs, summary } = await given.run({ event });
    expect({ code, add: outputs['to-add'] }).toEqual({ code: 0, add: '1' });
    expect(summary).toContain('sorry');
    expect(given.comments()).toHaveLength(comments);
  });
});

describe('apply from the comment', () => {
  const inputs = { command: 'apply', fingerprint: 'from-comment', 'comment-id': 'x' };
  const plan = { event: opened(), inputs: { 'comment-id': 'x' } };

  it('works on pull_request closed', async () => {
    const given = await withPull();
    await given.run(plan);
    given.merge();
    expect(await given.run({ event: mergedPull(), inputs })).toMatchObject({ code: 0 });
    expect(await given.liveRefs()).toEqual(['sorry']);
  });

  const refusals: readonly (readonly [string, (given: Scene) => RunnerEvent])[] = [
    ['a pull request that was closed without a merge', () => abandonedPull()],
    ['a commit of no pull request', () => pushed(sha('by hand'))],
    [
      'a commit of two pull requests',
      (given) => {
        const merged = given.merge();
        given.pull({ number: 8 });
        given.merge(8);
        return pushed(merged);
      },
    ],
    [
      'a head that no plan has seen',
      (given) => {
        const [pull] = given.github.pulls;
        if (pull !== undefined) pull.head.sha = sha('pushed later');
        return pushed(given.merge());
      },
    ],
    [
      'a comment that is gone',
      (given) => {
        given.github.comments.length = 0;
        return pushed(given.merge());
      },
    ],
  ];

  it.each(refusals)('fails closed for %s', async (_, happens) => {
    const given = await withPull();
    await given.run(plan);
    const { code, outputs, annotations } = await given.run({ event: happens(given), inputs });
    expect({ code, reason: outputs['failure-reason'] }).toEqual({ code: 1, reason: 'not-reviewed' });
    expect(annotations.map(({ message }) => message).join()).toContain('plan-file');
    expect(await given.liveRefs()).toEqual([]);
  });

  it('stops where the live state moved since the review, and says what differs', async () => {
    const given = await withPull();
    await given.run(plan);
    given.write({ 'custom-errors.yaml': oneRule().replaceAll('sorry', 'unread') });
    const { code, outputs, summary } = await given.run({ event: pushed(given.merge()), inputs });
    expect({ code, reason: outputs['failure-reason'] }).toEqual({ code: 1, reason: 'plan-changed' });
    expect(summary).toContain('unread');
    expect(await given.liveRefs()).toEqual([]);
  });
});

describe("a fork's pull request", () => {
  it('is reviewed offline', async () => {
    const given = await withPull(fork);
    const { code, summary, log, annotations } = await given.runWithoutToken({ event: opened(fork) });
    expect(code).toBe(0);
    expect(given.cloudflare.sandbox.log).toEqual([]);
    expect(summary).toMatch(/offline/i);
    expect(`${log}${annotations.map(({ message }) => message)}`).toMatch(/token|secret/i);
  });

  it('is compared with the files of its base', async () => {
    const given = await withPull(fork, { 'custom-errors.yaml': oneRule('Before.') });
    const { summary } = await given.runWithoutToken({ event: opened(fork) });
    expect(summary).toContain('Before.');
    expect(summary).toContain('Sorry.');
  });

  it('needs no permission to comment', async () => {
    const given = await withPull(fork);
    given.github.grants.set(jobToken, jobGrant('contents: read', 'pull-requests: read'));
    const { code, summary } = await given.runWithoutToken({ event: opened(fork) });
    expect({ code, comments: given.comments() }).toEqual({ code: 0, comments: [] });
    expect(summary).toMatch(/offline/i);
  });

  it('is red where its files are wrong', async () => {
    const given = await withPull(fork);
    given.write({ 'custom-errors.yaml': broken });
    const { code, outputs } = await given.runWithoutToken({ event: opened(fork) });
    expect({ code, reason: outputs['failure-reason'] }).toEqual({ code: 1, reason: 'validation' });
  });

  it('says what became of the tests in its files', async () => {
    const tests = 'tests:\n  - { zone: example.com, response: { status: 502 }, expect: { ref: sorry } }\n';
    const given = await withPull(fork);
    given.write({ 'custom-errors.yaml': `${oneRule()}${tests}` });
    const { summary } = await given.runWithoutToken({ event: opened(fork) });
    expect(summary).toContain('tests: 1 passed');
  });

  it.each([
    ['pull_request_target', targeted(fork)],
    ['workflow_run', workflowRan(fork)],
    ['pull_request_target without its payload', { ...targeted(fork), payload: {} }],
  ])('is not run at all under %s while there is a token for Cloudflare', async (_, event) => {
    const given = await withPull(fork);
    for (const command of ['plan', 'apply', 'drift', 'validate']) {
      const { code, outputs } = await given.run({ event, inputs: { command } });
      expect({ code, reason: outputs['failure-reason'] }).toEqual({ code: 1, reason: 'refused' });
    }
    expect([...given.cloudflare.sandbox.log, ...given.comments()]).toEqual([]);
  });
});
