import { dirname, relative, resolve } from 'node:path';
import type { Snapshot } from '../apply/apply.ts';
import type { LiveAsset } from '../model/live.ts';
import { type Problem, ProblemError } from '../problem/problem.ts';
import { exists, writeText } from './files.ts';
import { toolVersion } from './version.ts';
import type { World } from './world.ts';

/** Where backups go unless `--backup` says otherwise, relative to the working directory. */
export const defaultBackupDir = '.cf-errors/backup';

/**
 * Makes the function that stores what apply is about to replace: one JSON file per scope and run, readable by its
 * owner alone, with the ruleset and the assets exactly as the API sent them.
 */
export function backupInto(
  directory: string,
  { cwd }: World,
  now: () => number,
): (snapshot: Snapshot) => Promise<string> {
  return async (snapshot) => {
    const path = resolve(cwd, directory, fileName(snapshot, now()));
    const document = {
      format: 'cf-errors/backup',
      version: 1,
      tool: toolVersion,
      ...contents(snapshot, now()),
    };
    try {
      if (directory === defaultBackupDir) await keepOutOfGit(cwd);
      await writeText({ path, text: `${JSON.stringify(document, null, 2)}\n`, isPrivate: true }, 'wx');
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      throw new ProblemError(...error.problems.map(asBackupProblem));
    }
    return relative(cwd, path) || path;
  };
}

/** Backups hold pages and expressions; the folder that nobody chose is not to be committed by accident. */
async function keepOutOfGit(cwd: string): Promise<void> {
  const path = resolve(cwd, dirname(defaultBackupDir), '.gitignore');
  if (!(await exists(path))) await writeText({ path, text: '*\n', isPrivate: false }, 'w');
}

function contents({ target, scope, live }: Snapshot, now: number) {
  return {
    target,
    taken_at: new Date(now).toISOString(),
    scope: { kind: scope.kind, id: scope.id, name: scope.name },
    ruleset_version: live.ruleset?.version ?? null,
    ruleset: live.ruleset?.raw ?? null,
    assets: live.assets?.map(assetDocument) ?? null,
  };
}

/** An asset as the API shows it. */
export function assetDocument({ name, url, description, lastUpdated, sizeBytes }: LiveAsset) {
  return { name, url, description, last_updated: lastUpdated, size_bytes: sizeBytes };
}

function fileName({ scope }: Snapshot, now: number): string {
  const time = new Date(now).toISOString().replaceAll(/[-:]/g, '');
  const name = scope.name.replaceAll(/[^A-Za-z0-9.-]+/g, '_').slice(0, 80);
  return `${time}-${scope.kind}-${name}-${scope.id.slice(0, 8)}.json`;
}

function asBackupProblem({ message }: Problem) {
  return {
    code: 'apply/backup-failed' as const,
    message,
    hint: 'nothing of this scope was written; choose another folder with --backup',
  };
}
