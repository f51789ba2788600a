import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** The licence texts of all packages that these modules (absolute paths) come from; throws where one has none. */
export function thirdPartyNotice(modules: readonly string[]): string {
  const folders = modules.flatMap(
    (path) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path)?.[0] ?? [],
  );
  const notices = [...new Set(folders)].sort().map(notice);
  return ['Parts of these packages are copied into the files beside this one.\n', ...notices].join(
    `\n${'-'.repeat(80)}\n\n`,
  );
}

function notice(folder: string): string {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [file] = globSync('{LICENSE,LICENCE,license}*', { cwd: folder });
  if (file === undefined) throw new Error(`${manifest.name} has no licence text that could be passed on`);
  const text = readFileSync(join(folder, file), 'utf8').trim();
  return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${text}\n`;
}
