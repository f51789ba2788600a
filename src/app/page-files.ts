import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type Config, notesOf, type PageFile, type Pages, pageFileKey, pageFiles } from '../config/config.ts';
import { collection } from '../problem/collection.ts';
import { type Checked, hasErrors, ProblemError, type ProblemInput } from '../problem/problem.ts';
import { decodeText, readFileBounded, systemReason } from './text-files.ts';

const mostBytes = 1_000_000;

/**
 * Reads the files that `content_file` names. What they hold becomes public, so a file is read only where it lies,
 * symbolic links resolved, under the working directory `cwd`, on no hidden path, with an extension of a page. UTF-8 of
 * at most 1 MB; a byte order mark is dropped. Each refusal is a problem at the value's place.
 */
export async function readPages(config: Config, cwd: string): Promise<Checked<Pages>> {
  const { report, problems } = collection();
  const pages = new Map<string, string>();
  const root = await realpath(cwd);
  for (const page of pageFiles(config)) {
    try {
      pages.set(pageFileKey(page), await readPage(page, root));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      for (const problem of error.problems)
        report({ ...problem, span: page.path.span, ...notesOf(page.path) });
    }
  }
  return { value: hasErrors(problems()) ? undefined : pages, problems: problems() };
}

async function readPage({ path, directory }: PageFile, root: string): Promise<string> {
  const file = path.value;
  const real = await realpath(resolve(directory, file)).catch((error: unknown) => {
    const message = `the page ${JSON.stringify(file)} cannot be found: ${systemReason(error)}`;
    throw new ProblemError({
      code: 'config/page-not-found',
      message,
      hint: 'the path is relative to this YAML file',
    });
  });
  const refusal = pageRefusal(relative(root, real), file);
  if (refusal !== undefined) throw new ProblemError(refusal);
  // The path was resolved a moment ago: a link that has taken the file's place since is not followed.
  const bounds = {
    file: `the page ${file}`,
    code: 'config/page-unreadable',
    mostBytes,
    followLinks: false,
  } as const;
  return decodeText(await readFileBounded(real, bounds), bounds.file);
}

/** Why a page may not lie at a path, given from the working directory; undefined where it may. */
export function pageRefusal(place: string, file: string): ProblemInput | undefined {
  const parts = place.split(sep);
  if (parts[0] === '..' || isAbsolute(place) || place === '') {
    const message = `the page ${file} lies outside the working directory`;
    return {
      code: 'config/page-outside',
      message,
      hint: 'move it, or run the command in a directory above it',
    };
  }
  const hidden = parts.find((part) => part.startsWith('.'));
  if (hidden !== undefined) {
    const message = `the page ${file} lies on a hidden path, "${hidden}"`;
    return { code: 'config/page-hidden', message, hint: 'no part of its path may begin with a dot' };
  }
  if (/\.(html|htm|txt|json|xml)$/.test(place)) return undefined;
  const message = `the page ${file} is really ${place}, which does not end like a page`;
  return {
    code: 'config/page-extension',
    message,
    hint: 'a page ends with .html, .htm, .txt, .json or .xml',
  };
}
