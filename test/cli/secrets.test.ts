import { describe, expect, it } from 'vitest';
import { sandboxWorld, type WorldOptions } from '../sandbox/world.ts';
import { assetWithRule, user } from './user.ts';

const secret = 'v1.0-planted-7c1d5b2e9f4a4c33b1';

/** Ways to go wrong in which the server knows the secret and gives it back. */
const answers: Readonly<Record<string, WorldOptions['before']>> = {
  'a refusal that repeats it': () => ({
    kind: 'answer',
    status: 403,
    body: {
      success: false,
      errors: [{ code: 10000, message: `not with ${secret}` }],
      messages: [],
      result: null,
    },
  }),
  'an answer that is no JSON': () => ({ kind: 'answer', status: 200, body: `<p>${secret}</p>` }),
  'a lost connection': (request) => (request.method === 'GET' ? undefined : { kind: 'hang-up' }),
  'no trouble at all': () => undefined,
};

const credentials = [
  { CLOUDFLARE_API_TOKEN: secret },
  { CLOUDFLARE_EMAIL: 'ops@example.com', CLOUDFLARE_API_KEY: secret },
];

describe('the secret is nowhere in the output', () => {
  it.each(Object.keys(answers))('%s', async (name) => {
    const before = answers[name];
    for (const [index, env] of credentials.entries()) {
      await using world = await sandboxWorld(before === undefined ? {} : { before });
      const { run } = user({ 'custom-errors.yaml': assetWithRule });
      for (const line of ['plan -v --online', 'apply -v -y --format json', 'import -v --zone example.com']) {
        const { stdout, stderr } = await run(line.split(' '), {
          env: { ...env, CLOUDFLARE_BASE_URL: world.baseUrl },
        });
        expect(stderr, `${line}, credentials ${index}`).toMatch(/^→ GET /);
        expect(stdout + stderr).not.toContain(secret);
      }
    }
  });

  it('a bug: the stack is there to be reported, without it', async () => {
    const sabotage =
      "JSON.stringify = () => { throw new Error('bug near ' + process.env.CLOUDFLARE_API_TOKEN) }";
    const ended = await user().run(['schema'], {
      env: {
        CLOUDFLARE_API_TOKEN: secret,
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(sabotage)}`,
      },
    });
    expect(ended.stderr).toMatch(
      /^Error: bug near \[secret\]\n +at [\s\S]*This is a bug in cf-errors\. Please report/,
    );
    expect(ended).toMatchObject({ code: 1, stdout: '' });
  });
});
