import { pageType, type RuleDocument } from '../config/config.ts';
import type { Rule } from '../model/body.ts';

/** A page that moves into a file of its own; `path` is relative to the YAML file, with `/`. */
export interface PageDocument {
  readonly path: string;
  readonly text: string;
}

/** Where pages go. */
export interface PageFolder {
  /** Relative to the YAML file, with `/`; empty for the folder of that file itself. */
  readonly path: string;
  /** The paths that one import has given away already, in lower case. */
  readonly taken: Set<string>;
}

/** A rule as the file will hold it, and its page where that moves out. */
export interface DescribedRule {
  readonly document: RuleDocument;
  readonly page?: PageDocument;
}

/** A page of more lines than this is easier to read in a file of its own. */
const mostInlineLines = 3;

/** Moves longer pages into files `<folder>/<scope>/<ref>.<type>`; without a folder all pages stay inside the rules. */
export function withPages(
  rules: readonly Rule[],
  scope: string,
  folder: PageFolder | undefined,
): readonly DescribedRule[] {
  return rules.map((rule) => {
    const text = rule.serve.source.kind === 'content' ? rule.serve.source.content : '';
    if (folder === undefined || !deservesFile(text)) return { document: { rule } };
    const parts = [...(folder.path === '' ? [] : [folder.path]), fileName(scope), fileName(rule.ref)];
    const path = freePath(parts.join('/'), extensionOf(rule), folder.taken);
    return { document: { rule, contentFile: path }, page: { path, text } };
  });
}

/** A byte order mark would be dropped when the file is read, and a lone surrogate has no UTF-8: both stay inline. */
function deservesFile(text: string): boolean {
  return text.split('\n').length > mostInlineLines && !text.startsWith('\ufeff') && text.isWellFormed();
}

const extensions = ['html', 'txt', 'json', 'xml'];

function extensionOf({ serve }: Rule): string {
  return extensions.find((extension) => pageType(`page.${extension}`) === serve.contentType) ?? 'txt';
}

/** A name without separators that begins with no dot: hidden paths are refused when the file is read. */
function fileName(text: string): string {
  const safe = text.replaceAll(/[^A-Za-z0-9_.-]+/g, '_').slice(0, 100);
  return /^[A-Za-z0-9]/.test(safe) ? safe : `page${safe.replace(/^\.+/, '_')}`;
}

/** File systems may not tell letter case apart, so paths are free only where they differ in more. */
function freePath(stem: string, extension: string, taken: Set<string>): string {
  for (let count = 1; ; count += 1) {
    const path = `${stem}${count === 1 ? '' : `-${count}`}.${extension}`;
    if (taken.has(path.toLowerCase())) continue;
    taken.add(path.toLowerCase());
    return path;
  }
}
