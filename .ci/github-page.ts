import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';

/** GitHub's two looks. */
export type Scheme = 'light' | 'dark';

const sheets: Readonly<Record<Scheme, string>> = {
  light: import.meta.resolve('github-markdown-css/github-markdown-light.css'),
  dark: import.meta.resolve('github-markdown-css/github-markdown-dark.css'),
};

/** What GitHub lets through of HTML, as far as we write any; everything else is shown as text, so that it is seen. */
const allowed = /^<\/?(?:details|summary|code|br|sub|sup)(?: open)?\s*\/?>$/;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const markdown = new MarkdownIt({ html: true, linkify: true, highlight });
for (const rule of ['html_block', 'html_inline'] as const) {
  markdown.renderer.rules[rule] = (tokens, at) => harmless(tokens[at]?.content ?? '');
}

/**
 * A page that shows Markdown as GitHub does below a pull request (GitHub Flavored Markdown with its alerts and colours of
 * diffs), framed by a head line.
 */
export function githubPage(text: string, head: string, scheme: Scheme): string {
  const sheet = readFileSync(fileURLToPath(sheets[scheme]), 'utf8');
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(head)}</title>
<style>${sheet}${frame}</style></head>
<body class="${scheme}"><main><header>${escaped(head)}</header>
<article class="markdown-body">${withAlerts(markdown.render(text))}</article></main></body></html>`;
}

/** GitHub's own frame, roughly; a comment is as wide there on a common screen. */
const frame = `
body { margin: 0; padding: 16px; background: #ffffff; }
body.dark { background: #0d1117; }
main { box-sizing: border-box; width: 820px; border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
.dark main { border-color: #3d444d; }
header { font: 14px -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; padding: 8px 16px;
  background: #f6f8fa; color: #59636e; border-bottom: 1px solid #d1d9e0; }
.dark header { background: #151b23; color: #9198a1; border-color: #3d444d; }
article.markdown-body { padding: 16px; font-size: 14px; }
.added { display: inline-block; background: #dafbe1; color: #116329; }
.removed { display: inline-block; background: #ffebe9; color: #82071e; }
.dark .added { background: #033a16; color: #aff5b4; }
.dark .removed { background: #67060c; color: #ffdcd7; }`;

function harmless(html: string): string {
  const bare = html.replaceAll(/<!--[\s\S]*?-->/g, '');
  return bare.replaceAll(/<[^>]*>?/g, (tag) => (allowed.test(tag) ? tag : escaped(tag)));
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>]/g, (sign) => escapes[sign] ?? sign);
}

function highlight(text: string, language: string): string {
  if (language !== 'diff') return escaped(text);
  return text.split('\n').map(diffLine).join('\n');
}

function diffLine(line: string): string {
  if (line.startsWith('+')) return `<span class="added">${escaped(line)}</span>`;
  return line.startsWith('-') ? `<span class="removed">${escaped(line)}</span>` : escaped(line);
}

function withAlerts(html: string): string {
  return html.replaceAll(
    /<blockquote>\n<p>\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\n([\s\S]*?)<\/blockquote>/g,
    (_, word: string, rest: string) => {
      const title = word.charAt(0) + word.slice(1).toLowerCase();
      const kind = `markdown-alert markdown-alert-${word.toLowerCase()}`;
      return `<div class="${kind}"><p class="markdown-alert-title">${title}</p><p>${rest}</div>`;
    },
  );
}
