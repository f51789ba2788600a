import { describe, expect, it } from 'vitest';
import { user } from './user.ts';

/** What people read, kept as files to be looked at: `vitest -u` writes them anew. */
describe('help', () => {
  it.each([
    '',
    'init',
    'validate',
    'plan',
    'apply',
    'diff',
    'import',
    'explain',
    'test',
    'sandbox',
    'schema',
  ])('%s', async (command) => {
    const { stdout, stderr, code } = await user().run(['help', command].filter(Boolean));
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    await expect(stdout).toMatchFileSnapshot(`shots/help${command && `-${command}`}.txt`);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
