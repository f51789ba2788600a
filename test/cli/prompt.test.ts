import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from './built.ts';
import { oneRule, plainEnv, user } from './user.ts';

/** Node has no pseudo-terminal of its own. */
const python = spawnSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode']);
const missing = python.status === 0 ? '' : ' (skipped: there is no python3 with its module pty here)';

const question = 'Only "yes" goes on: ';

/** Types these keys at the question, in a terminal, and gives what the screen has shown. */
function answer(keys: string, args: readonly string[] = []) {
  const { cwd } = user({ 'custom-errors.yaml': oneRule });
  const typist = join(import.meta.dirname, 'typist.py');
  const line = [process.execPath, command, 'apply', '--sandbox', ...args];
  const { status, stdout } = spawnSync('python3', [typist, question, keys, ...line], {
    cwd,
    env: plainEnv({ TERM: 'xterm-256color' }),
    encoding: 'utf8',
  });
  return { code: status, screen: stdout.replaceAll('\r\n', '\n') };
}

const ctrlC = '\u0003';
const ctrlD = '\u0004';

describe.skipIf(missing !== '')(`the question of apply${missing}`, () => {
  it.each([
    ['yes', 'yes\r', 0, 'Applied: 1 done'],
    ['yes with blanks', ' yes \r', 0, 'Applied: 1 done'],
    ['no', 'no\r', 1, '[cli/not-applied]'],
    ['y, which is not yes', 'y\r', 1, '[cli/not-applied]'],
    ['nothing', '\r', 1, '[cli/not-applied]'],
    ['Ctrl-D', ctrlD, 1, '[cli/not-applied]'],
    ['Ctrl-C', ctrlC, 130, 'interrupted before anything was written'],
  ])('answered with %s', (_name, keys, code, said) => {
    const { screen, ...ended } = answer(keys);
    expect(screen).toContain(said);
    expect(screen).not.toContain('    at ');
    expect(ended.code).toBe(code);
  });

  it('says SANDBOX once on one screen, and colours', () => {
    const { screen } = answer('yes\r');
    expect(screen.match(/SANDBOX/g)).toHaveLength(1);
    expect(screen).toContain('\u001b[32m+');
  });

  it('shows the plan before it asks, also where the result is JSON', () => {
    const { screen, code } = answer('yes\r', ['--format', 'json']);
    expect(screen.indexOf('1 to add')).toBeLessThan(screen.indexOf(question));
    expect(JSON.parse(screen.slice(screen.indexOf('\n{')))).toMatchObject({ sandbox: true });
    expect(code).toBe(0);
  });

  it('is not asked where there is nothing to do or -y was given', () => {
    expect(answer('', ['-y']).screen).not.toContain(question);
  });
});
