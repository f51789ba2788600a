import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { missingBrowser, openBrowser, openPage } from './browser.ts';
import { githubPage, type Scheme } from './github-page.ts';

interface Picture {
  readonly name: string;
  /** The Markdown that it shows, which a test keeps. */
  readonly source: string;
  readonly head: string;
}

const pictures: readonly Picture[] = [
  {
    name: 'comment',
    source: 'test/action/story/2-pushed-again.comment.md',
    head: 'github-actions bot commented',
  },
  {
    name: 'summary',
    source: 'test/action/story/7-half-applied.summary.md',
    head: 'apply summary',
  },
  {
    name: 'offline',
    source: 'test/action/story/9-fork.summary.md',
    head: 'plan summary',
  },
];

const folder = process.argv[2] ?? 'docs/pictures';
const mostBytes = 150_000;

/** Takes the pictures of docs/ anew, from the Markdown that the tests keep, as GitHub would show it, with all parts open. */
const missing = missingBrowser();
if (missing !== undefined) throw new Error(missing);
mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
const page = await openPage(browser);
try {
  for (const picture of pictures)
    for (const scheme of ['light', 'dark'] satisfies readonly Scheme[]) await take(picture, scheme);
} finally {
  await browser.close();
}

async function take({ name, source, head }: Picture, scheme: Scheme): Promise<void> {
  await page.setContent(githubPage(readFileSync(source, 'utf8'), head, scheme));
  await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
  const path = `${folder}/${name}-${scheme}.png`;
  await page.locator('main').screenshot({ path });
  const { size } = statSync(path);
  if (size > mostBytes) throw new Error(`${path} has ${size} bytes, more than ${mostBytes}`);
  console.log(`wrote ${path}, ${size} bytes`);
}
