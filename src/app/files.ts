import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ProblemError } from '../problem/problem.ts';

/** How a new file is written. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  /** Readable by its owner alone: backups and plan files hold pages and expressions. */
  readonly isPrivate: boolean;
}

/** Writes files that must not exist yet, with the folders they need; writes none where one of them exists. */
export async function writeNewFiles(files: readonly NewFile[]): Promise<void> {
  const existing = await Promise.all(files.map(async ({ path }) => ((await exists(path)) ? [path] : [])));
  const problems = existing.flat().map((path) => ({
    code: 'app/file-exists' as const,
    message: `${path} exists already and was left as it is`,
    hint: 'remove it first, or choose another name',
  }));
  if (problems.length > 0) throw new ProblemError(...problems);
  for (const file of files) await writeNew(file);
}

/** Writes one file, over what was there unless `flag` is `wx`. Throws ProblemError with the system's words. */
export async function writeText({ path, text, isPrivate }: NewFile, flag: 'w' | 'wx'): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag, mode: isPrivate ? 0o600 : 0o666 });
  } catch (error) {
    throw new ProblemError({
      code: 'app/file-not-written',
      message: `${path} could not be written: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
}

async function writeNew(file: NewFile): Promise<void> {
  await writeText(file, 'wx');
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
