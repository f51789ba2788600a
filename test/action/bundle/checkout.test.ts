import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { opened, targeted } from '../events.ts';
import { type Scene, scene } from '../scene.ts';
import { oneRule, zones } from './files.ts';

const fork = { from: 'mallory/edge' };
const secret = 'c2VjcmV0LW9mLXRoZS1ydW5uZXI';

/** A fork's checkout on a runner with a secret in a file beside it and in `.git/config`, as actions/checkout leaves it. */
async function onRunner(links: Readonly<Record<string, string>>): Promise<Scene> {
  const given = await scene({
    '.git/config': `[core]\n\tbare = false\n[http]\n\textraheader = AUTHORIZATION: basic ${secret}\n`,
    'shared/errors.yaml': oneRule(),
  });
  given.pull(fork);
  mkdirSync(join(given.workspace, '../home'));
  writeFileSync(join(given.workspace, '../home/custom-errors.yaml'), `{"auth":"${secret}"}`);
  for (const [path, target] of Object.entries(links)) {
    rmSync(join(given.workspace, path), { force: true });
    mkdirSync(dirname(join(given.workspace, path)), { recursive: true });
    symlinkSync(target, join(given.workspace, path));
  }
  return given;
}

describe('a configuration that is a symbolic link', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ['out of the checkout', { 'custom-errors.yaml': '../home/custom-errors.yaml' }, {}],
    ['into .git', { 'custom-errors.yaml': '.git/config' }, {}],
    ['in a folder that is one', { sites: '../home' }, { 'working-directory': 'sites' }],
    ['to a folder', { sites: '../home' }, { config: 'sites' }],
  ])('is refused %s, and shows nothing', async (_, links, inputs) => {
    const given = await onRunner(links);
    const ran = await given.runWithoutToken({ event: targeted(fork), inputs });
    expect(ran).toMatchObject({ code: 1, outputs: { 'failure-reason': 'validation' } });
    expect(JSON.stringify([ran, given.comments()])).not.toContain(secret);
    expect(ran.summary).toContain('action/stray-link');
  });

  it('may lead to another file of the checkout', async () => {
    const given = await onRunner({ 'sites/custom-errors.yaml': '../shared/errors.yaml' });
    const inputs = { 'working-directory': 'sites' };
    expect(await given.runWithoutToken({ event: opened(fork), inputs })).toMatchObject({ code: 0 });
  });
});

describe('the files of the base branch', () => {
  async function review(files: Readonly<Record<string, string>>, inputs = {}, base = files) {
    const given = await scene(files);
    given.pull(fork, base);
    return given.runWithoutToken({ event: opened(fork), inputs });
  }

  const nothing = 'The files of the base branch could not be read, so nothing was compared';

  it('are not compared in part where they are too many', async () => {
    const names = Array.from({ length: 201 }, (_, at) => `zone-${at}.example`);
    const files = Object.fromEntries(names.map((name) => [`conf/${name}.yaml`, zones(name)]));
    const { code, summary, log } = await review(files, { config: 'conf' });
    expect(code).toBe(0);
    expect(summary).toContain(nothing);
    expect(log).toContain('more than 200 files');
  });

  it('are not taken for new where one is too large for GitHub', async () => {
    const large = `${oneRule('Before.')}${'# more\n'.repeat(200_000)}`;
    const base = { 'custom-errors.yaml': large };
    const { code, summary } = await review({ 'custom-errors.yaml': oneRule() }, {}, base);
    expect(code).toBe(0);
    expect(summary).toContain(nothing);
  });

  it('may lie outside of the working directory', async () => {
    const inputs = { 'working-directory': 'jobs', config: '../conf/a.yaml' };
    const files = { 'conf/a.yaml': oneRule(), 'jobs/readme.txt': 'x' };
    const { code, summary } = await review(files, inputs, { 'conf/a.yaml': oneRule('Before.') });
    expect(code).toBe(0);
    expect(summary).toContain('Before.');
  });
});
