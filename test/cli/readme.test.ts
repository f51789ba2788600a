import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { user } from './user.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

/** The first block of the README in which this text stands. */
function block(text: string): string {
  const blocks = Array.from(readme.matchAll(/^```\w*\n([\s\S]*?)^```$/gm), ([, body = '']) => body);
  const found = blocks.find((body) => body.includes(text));
  if (found === undefined) throw new Error(`the README has no block with ${text}`);
  return found;
}

describe('the README', () => {
  it('shows a file that is valid, with the rules of the plan that it shows', async () => {
    const { run } = user({
      'custom-errors.yaml': block('yaml-language-server'),
      'pages/maintenance.html': `<!DOCTYPE html>\n<html lang="en">\n`,
    });
    expect(await run(['validate'])).toMatchObject({ code: 0, stderr: '' });
    const { stdout } = await run(['plan', '--sandbox', '--no-probe']);
    for (const line of block('$ cf-errors plan').matchAll(/^ {8}(?:expression|\+ ).*$/gm)) {
      expect(stdout).toContain(line[0].trim());
    }
  });

  it('shows an explanation as it is shown', async () => {
    const { run } = user({
      'custom-errors.yaml': block('yaml-language-server'),
      'pages/maintenance.html': `<!DOCTYPE html>\n<html lang="en">\n`,
    });
    const [line = '', ...said] = block('$ cf-errors explain').split('\n');
    expect((await run(line.split(' ').slice(2))).stdout).toBe(said.join('\n'));
  });

  it('shows tests that are read, and one that fails as it is shown', async () => {
    const { run } = user({
      'custom-errors.yaml': `${block('yaml-language-server')}\n${block('tests:')}`,
      'pages/maintenance.html': `<!DOCTYPE html>\n<html lang="en">\n`,
    });
    const { stdout } = await run(['test']);
    expect(stdout).toMatch(/^✓ API clients get JSON .*\n✗ /);
    expect((await run(['validate'])).stdout.split('\n')[0]).toBe(block('test-failed').trimEnd());
  });

  it('shows a mistake as it is shown', async () => {
    const broken = block('yaml-language-server').replace('application/json', 'application/jsn');
    const { run } = user({ 'custom-errors.yaml': broken, 'pages/maintenance.html': 'Back soon.' });
    expect((await run(['validate'])).stdout).toBe(block('application/jsn'));
  });

  it('lists the commands and the exit codes that help lists', async () => {
    const { stdout } = await user().run(['help']);
    const commands = Array.from(stdout.matchAll(/^ {2}([a-z]+) .* {2}[A-Z]/gm), ([, name = '']) => name);
    expect(commands).toContain('plan');
    const missing = commands.filter((name) => !new RegExp(`^\\|.*\`${name}[ \`]`, 'm').test(readme));
    expect(missing).toEqual([]);
    for (const [, code = ''] of stdout.matchAll(/^ {2}(\d+) {2,}\S/gm)) {
      expect(readme).toMatch(new RegExp(`^\\| ${code}[ ,]`, 'm'));
    }
  });
});
