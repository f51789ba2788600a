import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where Debian's package `chromium` puts it, and where GitHub's runners have one. */
const usual = ['/usr/bin/chromium', '/usr/bin/google-chrome'] as const;
const executablePath = process.env.CHROMIUM ?? usual.find((path) => existsSync(path)) ?? usual[0];

/** Why no browser can be run here; undefined where one can. */
export function missingBrowser(): string | undefined {
  return existsSync(executablePath)
    ? undefined
    : `there is no ${executablePath}: install Debian's package "chromium", or name another one in CHROMIUM`;
}

/** Starts a browser without a window that asks nobody for anything of its own accord; the caller closes it. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--font-render-hinting=none',
    ],
  });
}

/** Opens an empty page as wide as a comment with its margins, without a network. */
export async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 852, height: 600 }, offline: true });
  return context.newPage();
}
