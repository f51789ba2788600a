import { describe, expect, it } from 'vitest';
import { opened, pushed, scheduled } from '../events.ts';
import { jobGrant, jobLogin, jobToken, tooFast, usedUp } from '../github.ts';
import { nodeId } from '../github-answer.ts';
import type { Permission } from '../github-store.ts';
import type { Ran } from '../runner.ts';
import { type Scene, scene } from '../scene.ts';
import { checkout } from './files.ts';

const fromComment = { command: 'apply', fingerprint: 'from-comment' };

async function withPull(...may: readonly Permission[]): Promise<Scene> {
  const given = await scene(checkout);
  given.pull();
  given.github.grants.set(jobToken, jobGrant(...may));
  return given;
}

function said({ annotations, log }: Ran): string {
  return `${annotations.map(({ message }) => message).join('\n')}\n${log}`;
}

describe('a permission that is missing', () => {
  it.each<readonly [string, readonly Permission[]]>([
    ['to write comments', ['contents: read', 'pull-requests: read']],
    ['to see pull requests', ['contents: read']],
  ])('%s is named, and the result is in the summary', async (_, may) => {
    const given = await withPull(...may);
    const ran = await given.run({ event: opened() });
    expect(ran).toMatchObject({ code: 0, outputs: { 'to-add': '1', 'comment-url': '' } });
    expect(said(ran)).toContain('pull-requests: write');
    expect(ran.summary).toContain('sorry');
  });

  it('to look up what was reviewed is named, and nothing is written', async () => {
    const given = await withPull('contents: read');
    const ran = await given.run({ event: pushed(given.merge()), inputs: fromComment });
    expect(ran).toMatchObject({ code: 1, outputs: { 'failure-reason': 'not-reviewed' } });
    expect(said(ran)).toContain('pull-requests: read');
    expect(await given.liveRefs()).toEqual([]);
  });

  it('is found by no call that is made for it alone', async () => {
    const given = await withPull('contents: read', 'pull-requests: write');
    await given.run({ event: opened() });
    await given.run({ event: scheduled() });
    expect(given.asked()).toEqual(['GET /issues/7/comments', 'POST /issues/7/comments']);
  });

  it('a token that GitHub does not know is named as such', async () => {
    const given = await withPull();
    given.github.grants.clear();
    const ran = await given.run({ event: opened() });
    expect(ran).toMatchObject({ code: 0, outputs: { 'to-add': '1' } });
    expect(said(ran)).toMatch(/github-token|token/);
  });
});

describe('whose comment it is', () => {
  const inputs = { 'comment-id': 'x' };

  it('is found out by login where GraphQL is refused', async () => {
    const given = await withPull();
    const may = new Set(['contents: read', 'pull-requests: write'] as const);
    given.github.grants.set(jobToken, { login: 'acme-bot', isApp: false, may, hasGraphql: false });
    for (const _ of [1, 2]) await given.run({ event: opened(), inputs });
    expect(given.comments()).toMatchObject([{ author: 'acme-bot', writes: 2 }]);
    // Who edited it cannot be told there, so nothing is taken for reviewed.
    const job = { event: pushed(given.merge()), inputs: { ...inputs, ...fromComment } };
    expect(await given.run(job)).toMatchObject({ code: 1, outputs: { 'failure-reason': 'not-reviewed' } });
  });

  it('is nobody’s where that is refused too: a new comment, and nothing reviewed', async () => {
    const given = await withPull();
    const grant = { ...jobGrant('contents: read', 'pull-requests: write'), hasGraphql: false };
    given.github.grants.set(jobToken, grant);
    for (const _ of [1, 2]) await given.run({ event: opened(), inputs });
    expect(given.comments()).toMatchObject([{ author: jobLogin }, { author: jobLogin }]);
    const job = { event: pushed(given.merge()), inputs: { ...inputs, ...fromComment } };
    expect(await given.run(job)).toMatchObject({ code: 1, outputs: { 'failure-reason': 'not-reviewed' } });
  });
});

describe('an answer that is none of GitHub’s', () => {
  const page = { status: 200, body: '<html>Sign in</html>' };

  it('costs the comment and nothing else', async () => {
    const given = await withPull('contents: read', 'pull-requests: write');
    given.github.intervene = () => page;
    const ran = await given.run({ event: opened() });
    expect(ran).toMatchObject({ code: 0, outputs: { 'to-add': '1', 'comment-url': '' } });
    expect(said(ran)).toMatch(/no comment was written: .* cannot be understood/);
  });

  it.each([
    ['a page', page],
    ['nothing', { status: 200, body: { data: null } }],
  ])('reviews nothing where GraphQL answers with %s', async (_, answer) => {
    const given = await withPull('contents: read', 'pull-requests: write');
    await given.run({ event: opened() });
    const event = pushed(given.merge());
    given.github.intervene = ({ path }) => (path === '/graphql' ? answer : undefined);
    const ran = await given.run({ event, inputs: fromComment });
    expect(ran).toMatchObject({ code: 1, outputs: { 'failure-reason': 'not-reviewed' } });
  });

  it('begins no second comment where GraphQL is overloaded', async () => {
    const given = await withPull('contents: read', 'pull-requests: write');
    await given.run({ event: opened() });
    given.github.intervene = ({ path }) =>
      path === '/graphql' ? { status: 502, body: 'Bad gateway' } : undefined;
    expect(await given.run({ event: opened() })).toMatchObject({ code: 0, outputs: { 'comment-url': '' } });
    expect(given.comments()).toMatchObject([{ writes: 1 }]);
  });

  it('is used as far as it goes where a comment is gone meanwhile', async () => {
    const given = await withPull('contents: read', 'pull-requests: write');
    await given.run({ event: opened() });
    const [own] = given.comments();
    const gone = given.github.say(7, 'mallory', own?.body ?? '');
    given.github.intervene = ({ path }) => {
      if (path !== '/graphql') return undefined;
      const actor = { __typename: 'Bot', login: 'github-actions' };
      const node = { id: nodeId(own?.id ?? 0), viewerDidAuthor: true, lastEditedAt: null, author: actor };
      const errors = [{ type: 'NOT_FOUND', message: `Could not resolve to a node with ${nodeId(gone.id)}` }];
      return { status: 200, body: { data: { nodes: [node, null] }, errors } };
    };
    await given.run({ event: opened() });
    expect(given.comments().map(({ writes }) => writes)).toEqual([2, 1]);
  });
});

describe('limits and losses of GitHub', () => {
  it.each([
    ['asked too fast (403)', () => tooFast(403, 1)],
    ['asked too fast (429)', () => tooFast(429, 1)],
    ['used up its hour', () => usedUp(403, 1)],
    ['overloaded', () => ({ status: 502, body: '<html>Bad gateway</html>' })],
  ])('waits and goes on: %s', async (_, answer) => {
    const given = await withPull('contents: read', 'pull-requests: write');
    let left = 1;
    given.github.intervene = ({ method }) => {
      if (method !== 'GET' || left === 0) return undefined;
      left -= 1;
      return answer();
    };
    expect(await given.run({ event: opened() })).toMatchObject({ code: 0 });
    expect(given.comments()).toHaveLength(1);
  });

  it('gives up where the pause would be too long, and says so', async () => {
    const given = await withPull('contents: read', 'pull-requests: write');
    given.github.intervene = () => tooFast(429, 3000);
    const ran = await given.run({ event: opened(), inputs: { 'max-wait': '2' } });
    expect(ran).toMatchObject({ code: 0, outputs: { 'to-add': '1', 'comment-url': '' } });
    expect(said(ran)).toMatch(/limit|wait/i);
  });

  it('does not comment twice where the answer to the first was lost', async () => {
    const given = await withPull('contents: read', 'pull-requests: write');
    given.github.intervene = ({ method, body }) => {
      if (method !== 'POST') return undefined;
      given.github.say(7, jobLogin, Object(body).body);
      return 'hang up';
    };
    expect(await given.run({ event: opened() })).toMatchObject({ code: 0 });
    expect(given.comments()).toHaveLength(1);
  });
});
