import { expect, it } from 'vitest';
import { refusal } from '../sandbox/refusal.ts';
import { dispatched, opened, pushed, scheduled, sha, synchronized } from './events.ts';
import { jobGrant, jobLogin, jobToken } from './github.ts';
import type { Ran } from './runner.ts';
import { type Scene, scene } from './scene.ts';
import { inputsOf } from './workflow.ts';

const plan = inputsOf('plan-and-apply.yml', 'plan');
const apply = inputsOf('plan-and-apply.yml', 'apply');
const drift = inputsOf('drift.yml', 'drift');

/** What two zones serve; the message and the maintenance rule are what the story changes. */
function file(shown: {
  readonly message: string;
  readonly maintenance?: boolean;
  readonly shop?: string;
}): string {
  const maintenance = `      - ref: maintenance
        description: While we work on it
        expression: http.response.code eq 503
        content_file: pages/maintenance.html
`;
  return `version: 1
zones:
  example.com:
    assets:
      - name: error_5xx
        url: https://static.example.com/errors/5xx.html
        description: Branded page for server errors
    rules:
${shown.maintenance === true ? maintenance : ''}      - ref: api_json
        description: JSON for API clients
        expression: http.response.code ge 500 and starts_with(http.request.uri.path, "/api/")
        content_type: application/json
        content: '{"message":"${shown.message}"}'
      - ref: branded_5xx
        expression: http.response.code ge 500 and http.response.code lt 600
        asset_name: error_5xx
  shop.example.com:
    rules:
      - ref: not_found
        expression: http.response.code eq 404
        content_type: text/plain
        content: ${shown.shop ?? 'There is no such product.'}
`;
}

const page = `<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8"><title>Back soon</title></head>
  <body><h1>Back soon</h1><p>We are working on it.</p></body>
</html>
`;

const before = file({ message: 'A server error occurred.' });
const after = file({ message: 'Something broke. We are on it.', maintenance: true });

/** Keeps what people read at one step, without what differs from run to run. */
async function keep(given: Scene, name: string, text: string): Promise<void> {
  const stable = text
    .replace(/^(<!-- cf-errors:v1) [\w-]+ -->$/m, '$1 … -->')
    .replaceAll(given.github.url, 'https://github.test')
    .replace(/^.*which is not Cloudflare's own.*\n+/m, '')
    .replaceAll(/\d{8}T\d{6}\.\d{3}Z/g, '20260101T000000.000Z');
  await expect(stable).toMatchFileSnapshot(`story/${name}.md`);
}

function onlyComment(given: Scene): string {
  const [comment, ...others] = given.comments();
  expect([comment?.author, ...others]).toEqual([jobLogin]);
  return comment?.body ?? '';
}

function expectGreen({ code, outputs }: Ran): void {
  expect({ code, reason: outputs['failure-reason'] }).toEqual({ code: 0, reason: '' });
}

const rulesOf = (given: Scene, zone: string): string =>
  `/zones/${given.cloudflare.zone(zone)}/rulesets/phases/http_custom_errors/entrypoint`;

async function openAndPush(given: Scene): Promise<void> {
  given.pull();
  given.write({ 'custom-errors.yaml': after.replace('Something broke.', 'Somthing broke.') });
  expectGreen(await given.run({ event: opened(), inputs: plan }));
  await keep(given, '1-opened.comment', onlyComment(given));

  given.write({ 'custom-errors.yaml': after });
  const [pull] = given.github.pulls;
  if (pull !== undefined) pull.head.sha = sha('second head');
  expectGreen(await given.run({ event: synchronized({ head: 'second head' }), inputs: plan }));
  expect(given.comments()).toMatchObject([{ writes: 2 }]);
  await keep(given, '2-pushed-again.comment', onlyComment(given));
}

/** The marker of a comment, as somebody changed it who wants another plan to count as reviewed. */
function forged(comment: string): string {
  const [line = '', text = ''] = /^<!-- cf-errors:v1 ([\w-]+) -->/.exec(comment) ?? [];
  const marker = JSON.parse(Buffer.from(text, 'base64url').toString());
  const { fingerprint } = marker.reviewed;
  expect(comment).toContain(fingerprint);
  const changed = {
    ...marker,
    run: 999_999,
    reviewed: { fingerprint: `cfe1:${'0'.repeat(64)}`, changes: [] },
  };
  return `${line.replace(text, Buffer.from(JSON.stringify(changed)).toString('base64url'))}\nLooks good to me.`;
}

async function forgeAndMerge(given: Scene): Promise<void> {
  const { body } = given.github.say(7, 'mallory', forged(onlyComment(given)));
  await keep(given, '3-forged-by-mallory.comment', body);

  const merged = await given.run({ event: pushed(given.merge()), inputs: apply });
  expectGreen(merged);
  expect(await given.liveRefs('example.com')).toEqual(['maintenance', 'api_json', 'branded_5xx']);
  await keep(given, '4-merged.summary', merged.summary);
  const [plan, forgery, receipt, ...others] = given.comments();
  expect([plan, forgery]).toMatchObject([{ writes: 2 }, { author: 'mallory', writes: 1 }]);
  expect(others).toEqual([]);
  await keep(given, '4-merged.comment', receipt?.body ?? '');
}

async function driftAndRepair(given: Scene): Promise<void> {
  const action_parameters = { content: 'Come back on Monday.', content_type: 'text/plain' };
  const rule = { ref: 'not_found', action: 'serve_error', action_parameters, enabled: true };
  const rules = [{ ...rule, expression: 'http.response.code eq 404' }];
  await given.cloudflare.call('PUT', rulesOf(given, 'shop.example.com'), { rules });

  const found = await given.run({ event: scheduled(), inputs: drift });
  expect(found).toMatchObject({ code: 1, outputs: { 'failure-reason': 'changes', 'to-change': '1' } });
  await keep(given, '5-drift.summary', found.summary);

  const { fingerprint = '' } = found.outputs;
  const repaired = await given.run({ event: dispatched(), inputs: { command: 'apply', fingerprint } });
  expectGreen(repaired);
  await keep(given, '6-repaired.summary', repaired.summary);
  expectGreen(await given.run({ event: scheduled(), inputs: drift }));
}

/** One zone is written and the other is not; the second attempt of the same run finishes what was reviewed. */
async function failAndRunAgain(given: Scene, outage: { isOn: boolean }): Promise<void> {
  given.pull({ number: 8, head: 'head of 8' });
  given.write({ 'custom-errors.yaml': file({ message: 'Sorry.', maintenance: true, shop: 'Sold out.' }) });
  expectGreen(await given.run({ event: opened({ number: 8, head: 'head of 8' }), inputs: plan }));
  const event = pushed(given.merge(8));

  outage.isOn = true;
  const partial = await given.run({ event, inputs: apply, runId: 2000 });
  outage.isOn = false;
  expect(partial).toMatchObject({ code: 1, outputs: { exitcode: '3', 'failure-reason': 'incomplete' } });
  await keep(given, '7-half-applied.summary', partial.summary);

  const again = await given.run({ event, inputs: apply, runId: 2000, attempt: 2 });
  expectGreen(again);
  await keep(given, '8-run-again.summary', again.summary);
  expectGreen(await given.run({ event: scheduled(), inputs: drift }));
}

async function reviewOfAFork(given: Scene): Promise<void> {
  const facts = { number: 9, head: 'head of a fork', from: 'stranger/edge' };
  const base = { 'custom-errors.yaml': given.read('custom-errors.yaml'), 'pages/maintenance.html': page };
  given.pull(facts, base);
  given.github.grants.set(jobToken, jobGrant('contents: read', 'pull-requests: read'));
  given.write({ 'custom-errors.yaml': base['custom-errors.yaml'].replace('eq 404', 'ge 400') });
  const asked = given.cloudflare.sandbox.log.length;
  const review = await given.runWithoutToken({ event: opened(facts), inputs: plan });
  expectGreen(review);
  expect(given.cloudflare.sandbox.log).toHaveLength(asked);
  expect(given.comments(9)).toEqual([]);
  await keep(given, '9-fork.summary', review.summary);
}

/** The examples' own workflows, from the first pull request to a stranger's, through the bundle as a runner runs it. */
it('plans, reviews, applies, finds drift, repairs, finishes what failed, and looks at a stranger’s change', async () => {
  const outage = { isOn: false };
  const given = await scene(
    { 'custom-errors.yaml': before, 'pages/maintenance.html': page },
    {
      zones: ['example.com', 'shop.example.com'],
      now: () => new Date('2026-01-01T00:00:00Z'),
      before: ({ method, path }) =>
        outage.isOn && method === 'PUT' && path.includes(given.cloudflare.zone('shop.example.com'))
          ? refusal(400, { code: 20_000, message: 'no' })
          : undefined,
    },
  );
  expectGreen(await given.run({ event: dispatched(), inputs: { command: 'apply' } }));
  await openAndPush(given);
  await forgeAndMerge(given);
  await driftAndRepair(given);
  await failAndRunAgain(given, outage);
  await reviewOfAFork(given);
}, 60_000);
