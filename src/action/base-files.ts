import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { namedPages } from '../app/app.ts';
import { ProblemError, type ProblemInput } from '../problem/problem.ts';
import type { PullRequestEvent } from './event.ts';
import type { Content, GitHub } from './github.ts';
import { type Job, planRequestOf } from './job.ts';

/** More files than this are not fetched: a review offline is then one without a comparison. */
const mostFiles = 200;

export const defaultFiles = ['custom-errors.yaml', 'custom-errors.yml'] as const;

/** Files of the base branch, beside each other as in the repository. */
interface Copy {
  /** Absolute path of the folder that stands for the root of the repository. */
  readonly root: string;
  readonly read: (path: string) => Promise<Content | undefined>;
}

/** The files of the base branch as a use case is to read them. */
export interface BaseFiles {
  /** Absolute path of the folder that stands for the working directory. */
  readonly cwd: string;
  /** As the input `config`, without what the base does not have. */
  readonly config: readonly string[];
}

/**
 * Fetches the configuration of the base branch, with the pages that it names, into a folder of this step. Undefined
 * where the base has no such configuration. Throws ProblemError where GitHub refuses.
 */
export async function fetchBase(
  job: Job,
  github: GitHub,
  pull: PullRequestEvent,
): Promise<BaseFiles | undefined> {
  const copy = copyInto(join(job.folder, 'base'), (path) => github.content(path, pull.baseSha));
  const { cwd } = job.world;
  const place = slashed(relative(job.runner.workspace, cwd)) || '.';
  const { selection } = planRequestOf(job);
  const given = selection.config.map((path) => slashed(relative(cwd, resolve(cwd, path))) || '.');
  const found: string[] = [];
  for (const path of given.length > 0 ? given : defaultFiles)
    if (await copyConfig(copy, posix.join(place, path))) found.push(path);
  if (found.length === 0) return undefined;
  const base = { cwd: resolve(copy.root, place), config: given.length > 0 ? found : [] };
  await mkdir(base.cwd, { recursive: true });
  const pages = await namedPages({ ...selection, config: base.config }, { ...job.world, cwd: base.cwd });
  await Promise.all(pages.map((page) => copyFile(copy, posix.join(place, slashed(page)))));
  return base;
}

/** Reads at most so many files, and none outside the repository. */
function copyInto(root: string, read: (path: string) => Promise<Content | undefined>): Copy {
  let left = mostFiles;
  return {
    root,
    read: async (path) => {
      left -= 1;
      if (left < 0) throw new ProblemError(tooMany);
      return isInside(path) ? read(path) : undefined;
    },
  };
}

const tooMany: ProblemInput = {
  code: 'action/github-failed',
  message: `the configuration of the base branch has more than ${mostFiles} files`,
  hint: 'nothing is compared; divide it by the input config',
};

function slashed(path: string): string {
  return path.split(sep).join('/');
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
