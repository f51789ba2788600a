import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sandboxWorld, type WorldOptions } from '../sandbox/world.ts';
import { command } from './built.ts';
import { assetWithRule, oneRule, plainEnv, user } from './user.ts';

type Signal = 'SIGINT' | 'SIGTERM';

/** Runs against a Cloudflare that keeps the first request of this method until the command has heard the signals. */
async function interrupt(line: string, method: string, signals: readonly Signal[]) {
  const started = Promise.withResolvers<ChildProcess>();
  let isFirst = true;
  const before: WorldOptions['before'] = async (request) => {
    if (request.method !== method || !isFirst) return undefined;
    isFirst = false;
    const child = await started.promise;
    for (const signal of signals) {
      const heard = once(child.stderr ?? child, 'data');
      child.kill(signal);
      await Promise.race([heard, once(child, 'exit')]);
    }
    return undefined;
  };
  await using world = await sandboxWorld({ before });
  const ended = await user({ 'custom-errors.yaml': assetWithRule }).run(line.split(' '), {
    env: { CLOUDFLARE_BASE_URL: world.baseUrl, CLOUDFLARE_API_TOKEN: 'a-token' },
    during: started.resolve,
  });
  const writes = world.sandbox.log.filter((request) => request.method !== 'GET');
  return { ...ended, writes: writes.map((request) => `${request.method} ${request.status}`) };
}

describe('a signal', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    '%s lets the write under way finish, and the receipt says what was left',
    async (name, code) => {
      const ended = await interrupt('apply -y --no-probe', 'POST', [name]);
      expect(ended.stderr).toBe(
        'Stopping as soon as what is under way is done; once more ends it at once.\n',
      );
      expect(ended.stdout).toMatch(/✓ done +create asset page[\s\S]*skipped +write the rules/);
      expect(ended.stdout).toContain(`Interrupted by ${name}: 1 done, 0 failed, 1 skipped`);
      expect(ended.writes).toEqual(['POST 200']);
      expect(ended.code).toBe(code);
    },
  );

  it('while apply still plans: nothing is written', async () => {
    const ended = await interrupt('apply -y --no-probe --format json', 'GET', ['SIGINT']);
    expect(JSON.parse(ended.stdout)).toMatchObject({ problems: [{ code: 'cli/interrupted' }] });
    expect(ended.writes).toEqual([]);
    expect(ended.code).toBe(130);
  });

  it('ends a plan at once', async () => {
    const ended = await interrupt('plan', 'GET', ['SIGINT']);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).toContain('interrupted before anything was written [cli/interrupted]');
    expect(ended.code).toBe(130);
  });

  it('that comes twice ends the command there and then', async () => {
    const ended = await interrupt('apply -y --no-probe', 'POST', ['SIGINT', 'SIGINT']);
    expect(ended.stdout).not.toContain('done');
    expect(ended.code).toBe(130);
  });

  it('is the regular end of the sandbox', async () => {
    const ended = await user().run(['sandbox', '--port', '0', '--zone', 'example.com'], {
      during: (child) => child.stdout?.once('data', () => child.kill('SIGTERM')),
    });
    expect(ended.stdout).toMatch(/^SANDBOX {2}listening on http:\/\/127\.0\.0\.1:\d+\/client\/v4\n$/);
    expect(ended.code).toBe(0);
  });
});

describe('a reader that goes away', () => {
  it('stops no apply, and shows no stack', async () => {
    await using world = await sandboxWorld();
    const ended = await user({ 'custom-errors.yaml': oneRule }).run(['apply', '-y'], {
      env: { CLOUDFLARE_BASE_URL: world.baseUrl, CLOUDFLARE_API_TOKEN: 'a-token' },
      during: (child) => child.stdout?.destroy(),
    });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(world.sandbox.log.map((request) => request.method)).toContain('PUT');
  });

  it.skipIf(!existsSync('/dev/full'))('is not one that could not write: that is said', () => {
    const { status, stderr } = spawnSync(process.execPath, [command, 'version'], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      env: plainEnv(),
      encoding: 'utf8',
    });
    expect(stderr).toContain('could not be written to standard output: ENOSPC [cli/output-lost]');
    expect(status).toBe(1);
  });
});
