import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileStore, pageReader } from '../../src/app/sandbox-files.ts';
import { ProblemError } from '../../src/problem/problem.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { rule, sender } from './client.ts';

let folder = '';
const open: Sandbox[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cf-errors-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
  await rm(folder, { recursive: true });
});

async function startOn(path: string): Promise<Sandbox> {
  const sandbox = await startSandbox({ store: fileStore(path), readPage: pageReader() });
  open.push(sandbox);
  return sandbox;
}

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no problem',
    (error: unknown) => (error instanceof ProblemError ? error.problems[0]?.code : error),
  );

describe('the state file', () => {
  it('holds everything for the next sandbox, for its owner only', async () => {
    const path = join(folder, 'new', 'state.json');
    const one = await startOn(path);
    const account = await one.addAccount('Acme Inc');
    const zone = await one.addZone('example.com', account.id, { plan: 'pro' });
    const entrypoint = `/zones/${zone.id}/rulesets/phases/http_custom_errors/entrypoint`;
    const put = await one.dashboard('PUT', entrypoint, { rules: [rule('a', { description: 'x' })] });
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(one.state());
    await one.close();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'new'))).toEqual(['state.json']);

    const two = await startOn(path);
    expect(two.state()).toEqual(one.state());
    expect((await two.dashboard('GET', entrypoint)).body).toEqual(put.body);
    expect(await two.addZone('example.com', account.id)).toEqual(zone);
  });

  it.each([
    ['no JSON', '{"format":'],
    ['an empty file', ''],
    ['another JSON', '{"version":1}'],
    [
      'a later format',
      '{"format":"cf-errors/sandbox-state","version":2,"last_write":"2026-01-01T00:00:00Z","accounts":[],"zones":[],"scopes":{}}',
    ],
  ])('is refused and kept when it is %s', async (_, text) => {
    const path = join(folder, 'state.json');
    await writeFile(path, text);
    expect(await problemOf(startOn(path))).toBe('sandbox/state-damaged');
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('that cannot be read or written is a problem, and a write that was not stored did not happen', async () => {
    expect(await problemOf(startOn(folder))).toBe('sandbox/state-unreadable');
    const path = join(folder, 'dir', 'state.json');
    const sandbox = await startOn(path);
    const { id } = await sandbox.addAccount('Acme Inc');
    const before = sandbox.state();
    await rm(join(folder, 'dir'), { recursive: true });
    await writeFile(join(folder, 'dir'), 'a file where a folder should be');
    expect(await problemOf(sandbox.addAccount('Other'))).toBe('sandbox/state-unwritable');
    const entrypoint = `/accounts/${id}/rulesets/phases/http_custom_errors/entrypoint`;
    expect(await sender(sandbox.baseUrl)('PUT', entrypoint, { rules: [] })).toMatchObject({ status: 500 });
    expect(sandbox.violations).toEqual([expect.stringContaining('sandbox/state-unwritable')]);
    expect(sandbox.state()).toBe(before);
  });
});

describe('the port', () => {
  it('that somebody holds is a problem', async () => {
    const one = await startOn(join(folder, 'one.json'));
    const port = Number(new URL(one.baseUrl).port);
    expect(await problemOf(startSandbox({ port, readPage: pageReader() }))).toBe('sandbox/cannot-listen');
  });
});

describe('pages', () => {
  const text = async (url: string, dir?: string) => {
    const answer = await pageReader(dir)(url);
    if (answer.kind === 'unreachable') return answer.reason;
    return [answer.status, answer.contentType, Buffer.from(answer.body).toString()];
  };

  it('of other hosts come from the folder, and nothing from outside of it', async () => {
    const pages = join(folder, 'pages');
    await mkdir(join(pages, 'static.example.com', 'errors'), { recursive: true });
    await writeFile(join(folder, 'secret.html'), 'secret');
    await writeFile(join(pages, 'static.example.com', 'errors', '5xx.html'), 'five');
    await writeFile(join(pages, 'static.example.com', 'errors', 'index.html'), 'index');
    await writeFile(join(pages, 'static.example.com', 'errors', 'a b.json'), '{}');
    await symlink(join(folder, 'secret.html'), join(pages, 'static.example.com', 'link.html'));
    const base = 'https://static.example.com';
    expect(await text(`${base}/errors/5xx.html?v=1#top`, pages)).toEqual([200, 'text/html', 'five']);
    expect(await text('http://STATIC.example.com:8080/errors/', pages)).toEqual([200, 'text/html', 'index']);
    expect(await text(`${base}/errors`, pages)).toEqual([200, 'text/html', 'index']);
    expect(await text(`${base}/errors/a%20b.json`, pages)).toEqual([200, 'application/json', '{}']);
    expect(await text(`${base}/errors/no.html`, pages)).toContain('has no page');
    expect(await text(`${base}/link.html`, pages)).toContain('leads out of');
    expect(await text(`${base}/..%2f..%2fsecret.html`, pages)).toContain('leads out of');
    expect(await text(`${base}/%00`, pages)).toContain('has no page');
    expect(await text(`${base}/%zz`, pages)).toContain('no readable path');
    expect(await text(`${base}/errors/5xx.html`)).toContain('no folder of pages');
    expect(await text('nonsense', pages)).toContain('is no URL');
  });

  it('on loopback come over HTTP, redirects as they are', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/moved') response.writeHead(302, { location: '/' }).end('moved');
      else response.writeHead(503, { 'content-type': 'text/html; charset=utf-8' }).end('down');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await text(`http://127.0.0.1:${port}/`)).toEqual([503, 'text/html; charset=utf-8', 'down']);
    expect(await text(`http://127.0.0.1:${port}/moved`)).toMatchObject([302, '', 'moved']);
    expect(await text(`https://127.0.0.1:${port}/`)).toContain('only http:');
    await new Promise((resolve) => server.close(resolve));
    expect(await text(`http://127.0.0.1:${port}/`)).toContain('could not be reached');
  });

  it('that may not be read are unreachable', async () => {
    await mkdir(join(folder, 'a.example'));
    const path = join(folder, 'a.example', 'index.html');
    await writeFile(path, 'x');
    await chmod(path, 0o000);
    const isRoot = process.getuid?.() === 0;
    expect(await text('https://a.example/', folder)).toEqual(
      isRoot ? [200, 'text/html', 'x'] : expect.stringContaining('permission'),
    );
  });
});
