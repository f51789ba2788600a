import { globSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingBrowser, openBrowser, openPage } from '../../.ci/browser.ts';
import { githubPage } from '../../.ci/github-page.ts';

const pages = globSync('test/action/story/*.md').sort();
const missing = missingBrowser();

/** What is read outside of code, where a file's own markup may stand. */
const ownWords = `(() => {
  const article = document.querySelector('article').cloneNode(true);
  for (const code of article.querySelectorAll('pre, code')) code.remove();
  return article.textContent;
})()`;

describe.skipIf(missing !== undefined)(`what the story leaves, in a browser ${missing ?? ''}`, () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    page = await openPage(browser);
  });
  afterAll(() => browser.close());

  it.each(pages)('%s is shown as it is meant', async (path) => {
    const text = readFileSync(path, 'utf8');
    await page.setContent(githubPage(text, 'github-actions bot commented', 'light'));
    const seen = await page.evaluate(ownWords);
    expect(seen).not.toMatch(/<\/?\w+|\[!\w+\]|\*\*|```|\|\s*---/);
    expect(await page.locator('h3').count()).toBe(text.includes('### ') ? 1 : 0);
    expect(await page.locator('details').count()).toBe(text.match(/^<details/gm)?.length ?? 0);
    expect(await page.locator('.markdown-alert').count()).toBe(text.match(/^> \[!/gm)?.length ?? 0);
    const sticksOut = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    expect(await page.evaluate(sticksOut)).toBe(false);
    const picture = await page.locator('main').screenshot();
    expect(picture.length).toBeGreaterThan(3_000);
  });
});
