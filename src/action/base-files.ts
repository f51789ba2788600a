import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { namedPages, type Selection, type World } from '../app/app.ts';
import type { PullRequestEvent } from './event.ts';
import type { Content, GitHub } from './github.ts';
import { type Job, planRequestOf } from './job.ts';

/** More files than this are not fetched: a review offline is then one without a comparison. */
const mostFiles = 200;

const defaultFiles = ['custom-errors.yaml', 'custom-errors.yml'] as const;

/** Files of the base branch, beside each other as in the repository. */
interface Copy {
  /** Absolute path of the folder that stands for the root of the repository. */
  readonly root: string;
  readonly read: (path: string) => Promise<Content | undefined>;
}

/**
 * Fetches the configuration of the base branch, with the pages that it names, into a folder of this step. Answers the
 * working directory there, or undefined where the base has no such configuration. Throws ProblemError where GitHub refuses.
 */
export async function fetchBase(
  job: Job,
  github: GitHub,
  pull: PullRequestEvent,
): Promise<string | undefined> {
  let left = mostFiles;
  const copy: Copy = {
    root: join(job.folder, 'base'),
    read: async (path) => {
      left -= 1;
      return left < 0 || !isInside(path) ? undefined : github.content(path, pull.baseSha);
    },
  };
  const { cwd } = job.world;
  const inRepository = (path: string): string =>
    posix.normalize(relative(job.runner.workspace, resolve(cwd, path)).split(sep).join('/'));
  const { selection } = planRequestOf(job);
  const paths = selection.config.length > 0 ? selection.config : defaultFiles;
  const copied = await Promise.all(paths.map((path) => copyConfig(copy, inRepository(path))));
  if (!copied.includes(true)) return undefined;
  const world: World = { ...job.world, cwd: resolve(copy.root, inRepository('.')) };
  await copyPages(copy, selection, world);
  return world.cwd;
}

function isInside(path: string): boolean {
  return path !== '..' && !path.startsWith('../') && !path.startsWith('/');
}

/** Copies a file, or the YAML files that lie in a folder; answers whether there was any. */
async function copyConfig(copy: Copy, path: string): Promise<boolean> {
  const found = await copy.read(path);
  if (found === undefined) return false;
  if (found.kind === 'file') {
    await write(copy, path, found.bytes);
    return true;
  }
  const names = found.names.filter((name) => /^[^.].*\.ya?ml$/.test(name));
  const copied = await Promise.all(names.map((name) => copyFile(copy, posix.join(path, name))));
  return copied.includes(true);
}

async function copyPages(copy: Copy, selection: Selection, world: World): Promise<void> {
  const pages = await namedPages(selection, world);
  const from = relative(copy.root, world.cwd).split(sep).join('/');
  await Promise.all(pages.map((page) => copyFile(copy, posix.join(from, page.split(sep).join('/')))));
}

async function copyFile(copy: Copy, path: string): Promise<boolean> {
  const found = await copy.read(path);
  if (found?.kind !== 'file') return false;
  await write(copy, path, found.bytes);
  return true;
}

async function write({ root }: Copy, path: string, bytes: Uint8Array): Promise<void> {
  const full = join(root, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, bytes);
}
