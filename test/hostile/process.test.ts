import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../cli/built.ts';
import { assetWithRule, oneRule, user } from '../cli/user.ts';
import { expectHarmless } from '../render/hostile.ts';
import { sandboxWorld } from '../sandbox/world.ts';
import { expectHarmlessYaml, setOutAmong } from './scene.ts';
import { hostileTexts } from './texts.ts';

const secret = 'cfut_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH';

describe('the command', () => {
  it.each(['validate', 'plan -v', 'plan --format markdown', 'import -v --zone example.com', 'apply -v -y'])(
    '%s lets nothing out of live data that acts',
    async (line) => {
      const journey = await setOutAmong(Object.values(hostileTexts).join(' ').slice(0, 3_000));
      const env = { CLOUDFLARE_API_TOKEN: 'test', CLOUDFLARE_BASE_URL: journey.cloudflare.baseUrl };
      const files = { 'custom-errors.yaml': journey.read('custom-errors.yaml') };
      const { stdout, stderr } = await user(files).run(line.split(' '), { env });
      expect(stdout + stderr).not.toBe('');
      const check = line.startsWith('import') ? expectHarmlessYaml : expectHarmless;
      for (const text of [stdout, stderr]) check(text);
    },
  );

  it('does not say the token where a server puts it into a redirect, and holds it in no argument', async () => {
    const headers = { location: `https://x.example/${secret}` };
    await using cloudflare = await sandboxWorld({
      before: () => ({ kind: 'answer', status: 302, body: secret, headers }),
    });
    const env = { CLOUDFLARE_API_TOKEN: secret, CLOUDFLARE_BASE_URL: cloudflare.baseUrl };
    const commandLines: string[] = [];
    const during = (child: { readonly pid?: number | undefined }) => {
      if (process.platform === 'linux') commandLines.push(readFileSync(`/proc/${child.pid}/cmdline`, 'utf8'));
    };
    const { stdout, stderr } = await user({ 'custom-errors.yaml': assetWithRule }).run(['plan', '-v'], {
      env,
      during,
    });
    expect(stderr).toContain('→ GET ');
    expect([stdout, stderr, ...commandLines].join('\n')).not.toContain(secret);
  });

  it.each([
    [`plan --token=${secret}`],
    [`plan --api-token ${secret}`],
    [secret],
    [`plan ${secret}`],
    [`plan --format ${secret}`],
    [`plan --parallelism ${secret}`],
    [`plan --allow ${secret}`],
    [`plan --zone ${secret}`],
  ])('takes no token from its arguments, and does not repeat one: %s', async (line) => {
    const { code, stdout, stderr } = await user({ 'custom-errors.yaml': oneRule }).run(line.split(' '));
    expect(code).toBe(1);
    expect(stdout + stderr).not.toContain(secret);
  });

  it
    .runIf(process.platform === 'linux')
    .each(['/dev/zero', '/dev/tty', 'pipe.yaml', '/proc/self/environ', '/proc/self/mem'])(
    'refuses %s as a configuration, at once',
    async (path) => {
      const { cwd, run } = user();
      execFileSync('mkfifo', [join(cwd, 'pipe.yaml')]);
      const { code, stdout, stderr } = await run(['validate', '-c', path], {
        env: { CLOUDFLARE_API_TOKEN: secret },
      });
      expect([code, stdout + stderr]).toEqual([
        1,
        expect.stringMatching(/\[config\/(?:unreadable|not-utf8)\]/),
      ]);
      expect(stdout + stderr).not.toContain(secret);
    },
  );

  it('stops reading an input that has no end', () => {
    const { status, stdout } = spawnSync(
      'sh',
      ['-c', 'yes | "$0" "$1" validate -c -', process.execPath, command],
      {
        encoding: 'utf8',
      },
    );
    expect([status, stdout]).toEqual([1, expect.stringContaining('<stdin> has more than 5,000,000 bytes')]);
  });
});
