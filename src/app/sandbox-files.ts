import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { dirname, extname, join, sep } from 'node:path';
import { isLoopback } from '../cloudflare/cloudflare.ts';
import { ProblemError } from '../problem/problem.ts';
import type { PageAnswer, PageReader, SandboxState, SandboxStore } from '../sandbox/sandbox.ts';
import { makeFolder } from './files.ts';
import { readFileBounded, systemReason } from './text-files.ts';

/** The largest state that is read, in bytes. */
const mostStateBytes = 500_000_000;

/**
 * Keeps the state of a sandbox in a file that only its owner may read. A write goes to a new file, which then takes the
 * place of the old one. Throws `sandbox/state-damaged` for a file that is not JSON, `sandbox/state-unreadable` and
 * `sandbox/state-unwritable`.
 */
export function fileStore(path: string): SandboxStore {
  return { name: path, load: () => loadState(path), save: (state) => saveState(path, state) };
}

async function loadState(path: string): Promise<unknown> {
  const isThere = await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  if (!isThere) return undefined;
  const code = 'sandbox/state-unreadable';
  const bytes = await readFileBounded(path, {
    file: path,
    mostBytes: mostStateBytes,
    code,
    followLinks: true,
  });
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new ProblemError({
      code: 'sandbox/state-damaged',
      message: `"${path}" is not JSON, so it is no state of a sandbox: ${error instanceof Error ? error.message : error}`,
      hint: 'name another file, or move this one away to start with an empty sandbox',
    });
  }
}

async function saveState(path: string, state: SandboxState): Promise<void> {
  const young = `${path}.${process.pid}.tmp`;
  try {
    await makeFolder(dirname(path));
    await writeFile(young, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
    await rename(young, path);
  } catch (error) {
    await rm(young, { force: true }).catch(() => undefined);
    throw new ProblemError({
      code: 'sandbox/state-unwritable',
      message: `the state of the sandbox could not be written to "${path}": ${systemReason(error)}`,
      hint: 'check that its folder may be written and has room',
    });
  }
}

/**
 * Answers GETs of pages: addresses on loopback over HTTP, all other hosts from `DIR/<host>/<path>` where a folder is
 * given, with `index.html` for a folder. Nothing outside the folder is ever read, and nothing beyond loopback asked.
 */
export function pageReader(pagesDir?: string): PageReader {
  return async (address) => {
    const url = URL.parse(address);
    if (url === null) return unreachable('is no URL');
    if (isLoopback(url)) return overHttp(url);
    if (pagesDir === undefined)
      return unreachable('is in no folder of pages (--sandbox-pages, or --pages of the server)');
    return fromFolder(pagesDir, url);
  };
}

function unreachable(reason: string): PageAnswer {
  return { kind: 'unreachable', reason };
}

/** Longer pages are refused anyway; a character has four bytes at most. */
const mostPageBytes = 8_000_000;
const pageTimeoutMs = 10_000;

function overHttp(url: URL): Promise<PageAnswer> {
  if (url.protocol !== 'http:')
    return Promise.resolve(unreachable('is on loopback, where only http: is spoken'));
  const { promise, resolve } = Promise.withResolvers<PageAnswer>();
  const fail = (error: Error) => resolve(unreachable(`could not be reached: ${error.message}`));
  const signal = AbortSignal.timeout(pageTimeoutMs);
  get(url, { agent: false, signal }, async (response) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    try {
      for await (const part of response as AsyncIterable<Buffer>) {
        parts.push(part);
        bytes += part.byteLength;
        if (bytes > mostPageBytes) break;
      }
      const contentType = response.headers['content-type'] ?? '';
      resolve({ kind: 'answer', status: response.statusCode ?? 0, contentType, body: Buffer.concat(parts) });
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  }).on('error', fail);
  return promise;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.htm': 'text/html',
  '.txt': 'text/plain',
  '.json': 'application/json',
  '.xml': 'text/xml',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
};

async function fromFolder(pagesDir: string, url: URL): Promise<PageAnswer> {
  const wanted = `${url.hostname}${url.pathname}`;
  try {
    const path = join(pagesDir, url.hostname, decodeURIComponent(url.pathname));
    const isFolder = (await stat(path)).isDirectory();
    const file = await realpath(isFolder ? join(path, 'index.html') : path);
    if (!file.startsWith(`${await realpath(pagesDir)}${sep}`))
      return unreachable(`leads out of "${pagesDir}"`);
    const code = 'sandbox/state-unreadable';
    const body = await readFileBounded(file, {
      file: wanted,
      mostBytes: mostPageBytes,
      code,
      followLinks: false,
    });
    const contentType = contentTypes[extname(file).toLowerCase()] ?? 'application/octet-stream';
    return { kind: 'answer', status: 200, contentType, body };
  } catch (error) {
    if (error instanceof ProblemError) return unreachable(error.problems[0]?.message ?? 'cannot be read');
    if (error instanceof URIError) return unreachable('is no readable path');
    return unreachable(`has no page in "${pagesDir}": ${systemReason(error)}`);
  }
}
