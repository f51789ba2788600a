import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ConfigSource } from '../config/config.ts';
import { collection } from '../problem/collection.ts';
import { type Checked, hasErrors, ProblemError, type Report } from '../problem/problem.ts';
import { decodeText, readFileBounded, systemReason, tooLarge } from './text-files.ts';

export { readPages } from './page-files.ts';

/** Which files to read, and from where. */
export interface ConfigPaths {
  /** As given with `-c`: files, directories, `-` for standard input; none means that the file is looked for. */
  readonly paths: readonly string[];
  /** Files, directories or `-`, read after those of `paths`; where `paths` is empty, after the file that is found, if there is one. */
  readonly more?: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** Reads standard input to its end, or until it is longer than allowed; called only where `-` is among the paths. */
  readonly readStdin: (mostBytes: number) => Promise<Uint8Array>;
}

const mostBytes = 5_000_000;

const defaultFiles = ['custom-errors.yaml', 'custom-errors.yml'] as const;

/**
 * Reads the configuration files: each once, in the order given, those of a directory by name. UTF-8 of at most 5 MB
 * each; a byte order mark is dropped. Every file that cannot be read is a problem; then there is no value.
 */
export async function readConfigSources({
  paths,
  more = [],
  cwd,
  readStdin,
}: ConfigPaths): Promise<Checked<ConfigSource[]>> {
  const { report, problems } = collection();
  const sources: ConfigSource[] = [];
  const seen = new Set<string>();
  const named =
    paths.length > 0
      ? await expand(paths, cwd, report)
      : await discover(cwd, { report, mayBeNone: more.length > 0 });
  named.push(...(await expand(more, cwd, report)));
  for (const file of named) {
    const full = file === '-' ? file : resolve(cwd, file);
    const identity = file === '-' ? file : await realpath(full).catch(() => full);
    if (seen.has(identity)) continue;
    seen.add(identity);
    const source = await guarded(report, () =>
      file === '-' ? standardInput(readStdin, cwd) : readSource(file, full),
    );
    if (source !== undefined) sources.push(source);
  }
  return { value: hasErrors(problems()) ? undefined : sources, problems: problems() };
}

async function guarded<T>(report: Report, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    for (const problem of error.problems) report(problem);
    return undefined;
  }
}

async function readSource(file: string, full: string): Promise<ConfigSource> {
  const bytes = await readFileBounded(full, {
    file,
    code: 'config/unreadable',
    mostBytes,
    followLinks: true,
  });
  return { file, text: decodeText(bytes, file), directory: dirname(full) };
}

async function standardInput(readStdin: ConfigPaths['readStdin'], cwd: string): Promise<ConfigSource> {
  const file = '<stdin>';
  const bytes = await readStdin(mostBytes);
  if (bytes.length > mostBytes) throw tooLarge(file, mostBytes);
  return { file, text: decodeText(bytes, file), directory: cwd };
}

interface Discovery {
  readonly report: Report;
  /** Whether other files were named, so that there need not be a default one. */
  readonly mayBeNone: boolean;
}

async function discover(cwd: string, { report, mayBeNone }: Discovery): Promise<string[]> {
  const found: string[] = [];
  for (const file of defaultFiles) {
    const exists = await stat(join(cwd, file)).then(
      () => true,
      (error: unknown) => systemReason(error) !== 'it does not exist',
    );
    if (exists) found.push(file);
  }
  const [yaml, yml] = defaultFiles;
  if (found.length === 0 && !mayBeNone) {
    const message = `there is neither ${yaml} nor ${yml} in ${cwd}`;
    report({
      code: 'config/no-file',
      message,
      hint: 'name the file with -c, or write a first one: cf-errors init',
    });
  }
  if (found.length < 2) return found;
  const message = `there is both ${yaml} and ${yml} in ${cwd}`;
  report({ code: 'config/two-files', message, hint: 'delete one of them, or name the right one with -c' });
  return [];
}

/** Puts the files of a directory in its place. */
async function expand(paths: readonly string[], cwd: string, report: Report): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const kind = path === '-' ? undefined : await stat(resolve(cwd, path)).catch(() => undefined);
    if (kind?.isDirectory() === true) files.push(...(await directoryFiles(path, cwd, report)));
    else files.push(path);
  }
  return files;
}

async function directoryFiles(path: string, cwd: string, report: Report): Promise<string[]> {
  try {
    const entries = await readdir(resolve(cwd, path), { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
    const chosen = names.filter((name) => /^[^.].*\.ya?ml$/s.test(name)).sort();
    if (chosen.length > 0) return chosen.map((name) => join(path, name));
    const message = `the directory ${path} holds no configuration`;
    const hint =
      'its files that end with .yaml or .yml are read; subdirectories, hidden files and symbolic links are not';
    report({ code: 'config/empty-directory', message, hint });
  } catch (error) {
    const message = `the directory ${path} cannot be read: ${systemReason(error)}`;
    report({ code: 'config/unreadable', message, hint: 'look at its permissions' });
  }
  return [];
}
