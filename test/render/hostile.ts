import fc from 'fast-check';
import { expect } from 'vitest';

/** Keys whose strings are words of this program, which nobody outside can choose. */
const ownKeys = new Set([
  'kind',
  'code',
  'severity',
  'outcome',
  'interrupted',
  'id',
  'digest',
  'fingerprint',
  'field',
  'target',
]);

/** Keys that hold kinds of scopes in some places and labels of scopes in others. */
const kindKeys = new Set(['scope', 'lists']);

/** The same value with `text` in every string that a file or Cloudflare could have chosen. */
export function poisoned<T>(value: T, text: string): T {
  return walk(value, undefined, text) as T;
}

function walk(value: unknown, key: string | undefined, text: string): unknown {
  if (key !== undefined && kindKeys.has(key) && (value === 'zone' || value === 'account')) return value;
  if (typeof value === 'string')
    return key !== undefined && ownKeys.has(key) ? value : `${text}${value}${text}`;
  if (Array.isArray(value)) return value.map((one) => walk(one, key, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name, text)]));
}

/** Pieces that mean something to a terminal, to Markdown, to HTML or to a runner. */
const pieces = fc.constantFrom(
  ...[
    '\u001b[2J',
    '\u001b]8;;http://x\u0007',
    '\u009b31m',
    '\r',
    '\n',
    '\t',
    '\u0000',
    '\u202e',
    '\u2066',
    '\u200b',
    '\u2028',
    '\ud800',
  ],
  ...[
    '```',
    '````',
    '~~~',
    '`',
    '|',
    '\\',
    '\\|',
    '</details>',
    '</code>',
    '<!--',
    '-->',
    '<script>',
    '&#64;',
    '](x)',
    '**',
    '$$',
  ],
  ...[
    '@octocat',
    '#12',
    'GH-12',
    'https://github.com/o/r/issues/1',
    '::error::',
    '\n::add-mask::x\n',
    '##[group]',
    '##vso[task]',
  ],
  ...['EVIL', ' ', 'a', '本', '👩‍🚒', 'e\u0301'],
);

/** Hostile text, mostly of such pieces. */
export const hostileText = fc.oneof(
  fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

const acting =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|##\[|##vso\[/u;

/** Fails for a text in which anything acts on a terminal or on a runner's log. */
export function expectHarmless(text: string): void {
  expect(text.replaceAll('\n', '')).not.toMatch(acting);
  expect(text).not.toMatch(/^\s*::/m);
}

/** What Markdown says outside of fences and code (CommonMark 4.5: a fence may be indented); throws where one stays open. */
function prose(markdown: string): string {
  let open: string | undefined;
  const lines = markdown.split('\n').filter((line) => {
    const ticks = /^ {0,3}(`{3,})/.exec(line)?.[1];
    if (open === undefined) {
      open = ticks;
      return ticks === undefined;
    }
    if (ticks !== undefined && ticks.length >= open.length && line.trim() === ticks) open = undefined;
    return false;
  });
  if (open !== undefined) throw new Error('a fence is open at the end');
  return lines
    .map((line) => line.replace(/`[^`]*`/g, 'CODE').replace(/<code>[^<]*<\/code>/g, 'CODE'))
    .join('\n');
}

/** Fails for Markdown in which a fence, a section, a table or a mention comes from outside. */
export function expectSound(markdown: string): void {
  const text = prose(markdown);
  expect(text).not.toMatch(/EVIL|octocat|#12|GH-12|https?:|::|\\\||[~`]{2}|<!--|<script/);
  expect(text.match(/<details/g)?.length ?? 0).toBe(text.match(/<\/details>/g)?.length ?? 0);
  const tables = text.match(/^\|.*(?:\n\|.*)*/gm) ?? [];
  const widths = tables.map((table) => new Set(table.split('\n').map((line) => line.split('|').length)).size);
  expect(widths.filter((number) => number !== 1)).toEqual([]);
}
