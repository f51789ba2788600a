import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Builds the Action before the tests that run it; where nothing changed, the file in git stays as it is. */
export default function setup(): void {
  const root = join(import.meta.dirname, '../..');
  const built = spawnSync(process.execPath, ['.ci/action.ts'], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);
}
