import { notesOf, type Page, type Pages, pageFileKey, pageType } from '../config/config.ts';
import type { ContentType } from '../model/body.ts';
import type { ProblemInput, Report } from '../problem/problem.ts';

/** Cloudflare documents 10 KB and does not say which; above this some reading of it is passed. */
const safeBytes = 10_000;

/** In characters; above this every reading of 10 KB is passed. */
const mostCharacters = 10_240;

const larger = 'serve a larger page as an asset (asset_name)';

type Inline = Exclude<Page, { kind: 'asset' }>;

/** A page's content, within Cloudflare's limits, and the type that its file's name gives it. */
export interface PageContent {
  readonly content: string;
  readonly type?: ContentType;
}

/** The content of a page; undefined for a file that `pages` does not hold. */
export function pageContent(page: Inline, pages: Pages, report: Report): PageContent | undefined {
  const at = page.kind === 'file' ? page.path : page.content;
  const content = page.kind === 'file' ? pages.get(pageFileKey(page)) : at.value;
  if (content === undefined) return undefined;
  const what = page.kind === 'file' ? `the page ${at.value}` : 'this content';
  const wrong = sizeProblem(content, what);
  if (wrong !== undefined) report({ ...wrong, span: at.span, ...notesOf(at) });
  const type = page.kind === 'file' ? pageType(at.value) : undefined;
  return { content, ...(type === undefined ? {} : { type }) };
}

function sizeProblem(content: string, what: string): ProblemInput | undefined {
  if (content === '') {
    return { code: 'config/empty-page', message: `${what} is empty`, hint: 'write at least one character' };
  }
  const characters = [...content].length;
  if (characters > mostCharacters) {
    const message = `${what} has ${count(characters)} characters, ${count(mostCharacters)} are allowed`;
    return { code: 'config/too-long', message, hint: larger };
  }
  const bytes = Buffer.byteLength(content);
  if (bytes <= safeBytes) return undefined;
  const message = `${what} has ${count(bytes)} bytes, and Cloudflare may refuse more than ${count(safeBytes)}`;
  return { code: 'config/large-content', message, hint: `shorten it; ${larger}` };
}

function count(number: number): string {
  return number.toLocaleString('en');
}
