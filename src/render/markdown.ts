import type { Phrase } from '../model/phrase.ts';
import { visible } from '../problem/printable.ts';
import type { MarkdownLook } from './look.ts';
import { uncommanding } from './page.ts';
import { count } from './words.ts';

/**
 * Any text as code inside a paragraph or a table cell of GitHub Flavored Markdown: nothing in it is markup, and GitHub
 * makes no mention or reference of what stands in code. Empty text gives an empty element.
 */
export function code(text: string): string {
  const shown = visible(text);
  return /^[^`|\\\s](?:[^`|\\]*[^`|\\\s])?$/.test(shown) ? `\`${shown}\`` : codeElement(text);
}

/** The same as an HTML element, for places where Markdown is not read, such as `<summary>`. */
export function codeElement(text: string): string {
  const shown = visible(text).replace(/[^\p{L}\p{M}\p{N} .,-]/gu, (sign) => `&#${sign.codePointAt(0)};`);
  return `<code>${shown}</code>`;
}

/** A sentence whose foreign words are code; our own hold no markup. */
export function phrase(words: Phrase): string {
  return words.map((word) => ('own' in word ? word.own : code(word.theirs))).join('');
}

/**
 * Lines as a fenced block of a language. The fence is longer than any run of backticks inside, and no line is a command
 * where the Markdown goes to a runner's log.
 */
export function fence(language: 'diff' | 'text', lines: readonly string[]): string {
  const longest = Math.max(0, ...(lines.join('\n').match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(Math.max(3, longest + 1));
  const harmless = lines.map(uncommanding);
  return [`${ticks}${language}`, ...harmless, ticks].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A table with these column heads; the cells are Markdown already. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');
}

/** A part of a page that can be told at several lengths, the longest first; `''` leaves it out. */
export interface Block {
  readonly versions: readonly [string, ...string[]];
}

/** A part that has one length. */
export function fixed(text: string): Block {
  return { versions: [text] };
}

/** The heading of a page. */
export function headBlock(words: string, { title = 'Custom errors' }: MarkdownLook): Block {
  return fixed(words === '' ? `### ${title}` : `### ${title}: ${words}`);
}

/**
 * Joins blocks by blank lines. Where the text would be longer than `limit` UTF-16 units, the longest block that has a shorter
 * version takes it, again and again, and a last paragraph says how much that was; blocks of one length are never touched.
 */
export function joined(
  blocks: readonly Block[],
  { limit = Number.POSITIVE_INFINITY, whole }: Pick<MarkdownLook, 'limit' | 'whole'>,
): string {
  const choices = blocks.map(({ versions: [text, ...shorter] }) => ({ text, shorter, isCut: false }));
  let length = choices.reduce((sum, { text }) => sum + lengthOf(text), -1);
  if (length <= limit) return page(choices.map(({ text }) => text));
  length += lengthOf(shortened(choices.length, choices.length, whole));
  while (length > limit) {
    const longest = choices.reduce((most, one) => (weight(one) > weight(most) ? one : most));
    const text = longest.shorter.shift();
    if (text === undefined) break;
    length += lengthOf(text) - lengthOf(longest.text);
    longest.text = text;
    longest.isCut = true;
  }
  const cut = choices.filter(({ isCut }) => isCut);
  const gone = cut.filter(({ text }) => text === '').length;
  return page([...choices.map(({ text }) => text), shortened(cut.length - gone, gone, whole)]);
}

/** Said at the end of a text that had to be shortened. */
function shortened(told: number, gone: number, whole = 'The plan itself is whole.'): string {
  const words = [
    ...(told > 0 ? [`${count(told, 'part')} told in fewer words`] : []),
    ...(gone > 0 ? [`${count(gone, 'part')} left out`] : []),
  ].join(', ');
  return `_Shortened to fit${words === '' ? '' : `: ${words}`}._ ${whole}`;
}

/** What a block adds to the page with the empty line after it, which is one newline at the end of the page. */
function lengthOf(text: string): number {
  return text === '' ? 0 : text.length + 2;
}

/** How much could be won by shortening a block. */
function weight({ text, shorter }: { readonly text: string; readonly shorter: readonly string[] }): number {
  return shorter.length === 0 ? -1 : text.length;
}

function page(texts: readonly string[]): string {
  return `${texts.filter((text) => text !== '').join('\n\n')}\n`;
}
