import { access, mkdir, open, stat } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { ProblemError } from '../problem/problem.ts';
import { systemReason } from './text-files.ts';

/** How a new file is written. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  /** Readable by its owner alone: backups and plan files hold pages and expressions. */
  readonly isPrivate: boolean;
}

/**
 * Writes files that must not exist yet, with the folders they need; writes none where one of them exists, which a
 * message names from `cwd`.
 */
export async function writeNewFiles(files: readonly NewFile[], cwd: string): Promise<void> {
  const existing = await Promise.all(files.map(async ({ path }) => ((await exists(path)) ? [path] : [])));
  const problems = existing.flat().map((path) => ({
    code: 'app/file-exists' as const,
    message: `${relative(cwd, path)} exists already and was left as it is`,
    hint: 'remove it first, or write to another place',
  }));
  if (problems.length > 0) throw new ProblemError(...problems);
  for (const file of files) await writeNew(file);
}

/** Writes one file, over what was there unless `flag` is `wx`. Throws ProblemError with the system's words. */
export async function writeText({ path, text, isPrivate }: NewFile, flag: 'w' | 'wx'): Promise<void> {
  try {
    await makeFolder(dirname(path));
    const file = await open(path, flag, isPrivate ? 0o600 : 0o666);
    try {
      // A file that was there before keeps its mode otherwise.
      if (isPrivate && (await file.stat()).isFile()) await file.chmod(0o600);
      await file.writeFile(text);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new ProblemError({
      code: 'app/file-not-written',
      message: `${path} could not be written: ${systemReason(error)}`,
      hint: 'look at the folder and at its permissions, or choose another name',
    });
  }
}

/**
 * Makes a folder and those that it lies in. Level by level, because Node's own recursion never ends where a file system
 * answers that a folder does not exist and lets nobody make it, as /proc does.
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path).catch(async (error: unknown) => {
    if (!(await isFolder(path))) throw error;
  });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function writeNew(file: NewFile): Promise<void> {
  await writeText(file, 'wx');
}

/** True where something is at a path. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
