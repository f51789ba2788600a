import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The command as it is published; the tests here run it as a process. */
export const command = join(root, 'dist/cf-errors.js');

/** Builds the command before the tests where a source is newer than it; `npm ci` has built it in a clean clone. */
export default function setup(): void {
  const sources = globSync(['src/**/*.ts', 'schemas/*.json', 'package.json', '.ci/*.ts'], { cwd: root });
  const newest = Math.max(...sources.map((path) => statSync(join(root, path)).mtimeMs));
  if ((statSync(command, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= newest) return;
  const built = spawnSync(process.execPath, ['.ci/build.ts'], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);
}
