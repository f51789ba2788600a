import { relative, resolve } from 'node:path';
import { pageFiles, parseConfig } from '../config/config.ts';
import { readConfigSources } from './config-files.ts';
import { pageRefusal } from './page-files.ts';
import type { Selection } from './request.ts';
import type { World } from './world.ts';

/**
 * The paths, from the working directory, of the pages that the files name with `content_file`, where a page may lie;
 * none where the files cannot be understood. The pages themselves need not be there.
 */
export async function namedPages(
  { config }: Selection,
  { cwd, readStdin }: World,
): Promise<readonly string[]> {
  const files = await readConfigSources({ paths: config, cwd, readStdin });
  const { value } = parseConfig(files.value ?? []);
  if (value === undefined) return [];
  const paths = pageFiles(value).map(({ path, directory }) => relative(cwd, resolve(directory, path.value)));
  return [...new Set(paths)].filter((path) => pageRefusal(path, path) === undefined);
}
