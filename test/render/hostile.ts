import fc from 'fast-check';

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

/** The same value with `text` in every string that a file or Cloudflare could have chosen. */
export function poisoned<T>(value: T, text: string): T {
  return walk(value, undefined, text) as T;
}

function walk(value: unknown, key: string | undefined, text: string): unknown {
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
