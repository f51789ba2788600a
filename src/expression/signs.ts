import { type Expected, type Fault, type Found, matchEnd, type Reader } from './token.ts';

/**
 * Words are operators only where the grammar has a place for one, since none is reserved; there the engine takes them
 * without looking at what follows, as in `eq500` or `notssl`.
 */
const operatorWords: Partial<Record<Expected, RegExp>> = {
  operator: /strict wildcard|wildcard|bitwise_and|contains|matches|eq|ne|ge|le|gt|lt|in|and|xor|or/y,
  operand: /not/y,
};

const operatorSigns = /==|!=|>=|<=|&&|\|\||\^\^|[><&~!]/y;

/** Reads what compares, combines or negates. */
export const readOperator: Reader = (text, at, expected) => {
  const words = operatorWords[expected];
  const wordEnd = words === undefined ? undefined : matchEnd(words, text, at);
  const to = wordEnd ?? matchEnd(operatorSigns, text, at);
  return to === undefined ? undefined : { kind: 'operator', to };
};

/** Reads brackets, commas, and the star of `[*]`. */
export const readPunctuation: Reader = (text, at, expected) => {
  const to = matchEnd(expected === 'index' ? /[()[\]{},*]/y : /[()[\]{},]/y, text, at);
  return to === undefined ? undefined : { kind: 'punctuation', to };
};

/** Reads the name of a list behind a dollar sign. */
export const readList: Reader = (text, at) => {
  if (text[at] !== '$') return undefined;
  const to = matchEnd(/\$[a-z0-9_.]*/y, text, at) ?? at + 1;
  const name = text.slice(at + 1, to);
  if (name !== '' && !name.startsWith('.') && !name.endsWith('.')) return { kind: 'list', to };
  const fault: Fault = {
    code: 'expression/bad-list-name',
    message: name === '' ? 'no list name stands behind "$"' : `"$${name}" begins or ends with a dot`,
    from: at,
    to,
    hint: 'a list name consists of lower-case letters, digits, underscores and inner dots, such as $office_networks',
  };
  return { kind: 'list', to, faults: [fault] };
};

/** Finds fault with whatever stands at a place where no other reader found anything. */
export function readUnrecognised(text: string, at: number): Found {
  const to = matchEnd(/\t+|[^\x00-\x7f]+|[-+.:/]+/y, text, at) ?? at + 1;
  const found = text.slice(at, to);
  if (found.startsWith('\t')) {
    return {
      to,
      faults: [
        {
          code: 'expression/tab',
          message: 'a tab stands between two words',
          from: at,
          to,
          hint: 'write a space',
        },
      ],
    };
  }
  const hint = hints.find(([pattern]) => pattern.test(found))?.[1];
  const fault: Fault = {
    code: 'expression/unrecognised-character',
    message: `${shown(found)} has no meaning here`,
    from: at,
    to,
    ...(hint === undefined ? {} : { hint }),
  };
  return { to, faults: [fault] };
}

const hints: readonly (readonly [RegExp, string])[] = [
  [/^['‘’‚“”„«»`]/, 'strings stand between plain double quotes: "…"'],
  [/^#/, 'the language has no comments; write them in the YAML'],
  [/^=/, 'equality is written eq or =='],
  [/^\|/, 'alternatives are joined by or, or ||'],
  [/^\^/, 'exclusive alternatives are joined by xor, or ^^'],
  [/^\*/, 'a star stands only in [*] and inside strings'],
  [/^\p{White_Space}/u, 'between words only spaces and line breaks are allowed'],
  [/^\p{C}/u, 'remove this invisible character'],
];

/** Invisible characters are named by their number, in the notation of the Unicode Standard. */
function shown(found: string): string {
  const first = found.codePointAt(0) ?? 0;
  const invisible = /^[\p{C}\p{White_Space}]/u.test(found);
  if (invisible) return `U+${first.toString(16).toUpperCase().padStart(4, '0')}`;
  return found.length > 20 ? `"${found.slice(0, 20)}…"` : `"${found}"`;
}
