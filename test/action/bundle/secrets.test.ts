import { expect, it } from 'vitest';
import { refusal } from '../../sandbox/refusal.ts';
import { opened, scheduled } from '../events.ts';
import { jobToken } from '../github.ts';
import { cloudflareToken, scene } from '../scene.ts';
import { checkout } from './files.ts';

// Every run of a scene looks for its tokens in log, summary, outputs, annotations, comments and files.

it.each(['', '1'])(
  'a token that Cloudflare repeats in an error is shown to nobody (RUNNER_DEBUG=%s)',
  async (debug) => {
    const message = `the token ${cloudflareToken} (Bearer ${cloudflareToken}) is no good`;
    const given = await scene(checkout, { before: () => refusal(400, { code: 1_000, message }) });
    given.pull();
    const env = { RUNNER_DEBUG: debug, ACTIONS_STEP_DEBUG: String(debug === '1') };
    const { code, summary } = await given.run({ event: opened(), env });
    expect(code).toBe(1);
    expect(summary).toContain('is no good');
  },
);

it('a token that GitHub repeats in an error is shown to nobody', async () => {
  const given = await scene(checkout);
  given.pull();
  given.github.intervene = () => ({ status: 400, body: { message: `bad token ${jobToken}` } });
  expect(await given.run({ event: opened() })).toMatchObject({ code: 0, outputs: { 'comment-url': '' } });
});

it('a global key from the environment is masked and shown to nobody', async () => {
  const message = 'the key 0123456789abcdef-global of me@acme.example';
  const given = await scene(checkout, { before: () => refusal(400, { code: 1_000, message }) });
  const env = { CLOUDFLARE_EMAIL: 'me@acme.example', CLOUDFLARE_API_KEY: '0123456789abcdef-global' };
  const ran = await given.runWithoutToken({ event: scheduled(), env });
  expect(ran.code).toBe(1);
  expect(ran.masks).toContain('0123456789abcdef-global');
  expect(JSON.stringify({ ...ran, masks: [] })).not.toContain('0123456789abcdef-global');
});
