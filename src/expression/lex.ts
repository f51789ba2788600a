import { readWord } from './literals.ts';
import { readList, readOperator, readPunctuation, readUnrecognised } from './signs.ts';
import { readQuoted } from './strings.ts';
import {
  type Expected,
  type Fault,
  type Found,
  matchEnd,
  type Reader,
  type Token,
  trimmed,
} from './token.ts';

/** The tokens of a text and what is wrong with its characters; every character is in one, the other, or a blank. */
export interface Lexed {
  readonly tokens: readonly Token[];
  readonly faults: readonly Fault[];
}

/**
 * Splits an expression of the Rules language into tokens, as Cloudflare's public engine does (wirefilter `lex.rs`).
 * Any text is taken; nothing that the engine accepts has a fault. Offsets count UTF-16 units.
 */
export function lex(text: string): Lexed {
  const { from, to: end } = trimmed(text);
  const source = text.slice(0, end);
  const tokens: Token[] = [];
  const faults: Fault[] = [];
  let expected: Expected = 'operand';
  let at = from;
  while (at < source.length) {
    const { kind, to, faults: found = [] } = readAt(source, at, expected);
    faults.push(...found);
    if (kind !== undefined) {
      const token: Token = { kind, text: source.slice(at, to), from: at, to };
      faults.push(...misplaced(token, tokens.at(-1), expected));
      tokens.push(token);
      expected = expectedAfter(token, expected);
    }
    at = matchEnd(/[ \r\n]+/y, source, to) ?? to;
  }
  return { tokens, faults };
}

/** Quotes come before words for the sake of `r"…"`, operators because words are operators in their place. */
const readers: readonly Reader[] = [readQuoted, readList, readOperator, readWord, readPunctuation];

function readAt(text: string, at: number, expected: Expected): Found {
  for (const read of readers) {
    const found = read(text, at, expected);
    if (found !== undefined) return found;
  }
  return readUnrecognised(text, at);
}

const following: Readonly<Record<string, Expected>> = {
  '(': 'operand',
  ',': 'operand',
  '[': 'index',
  '{': 'item',
  not: 'operand',
  '!': 'operand',
  and: 'operand',
  '&&': 'operand',
  or: 'operand',
  '||': 'operand',
  xor: 'operand',
  '^^': 'operand',
  matches: 'regex',
  '~': 'regex',
};

function expectedAfter({ kind, text }: Token, expected: Expected): Expected {
  if (expected === 'item' && text !== '}') return 'item';
  if (kind === 'operator') return following[text] ?? 'value';
  if (kind === 'punctuation') return following[text] ?? 'operator';
  // A word in the place of an operator may be one that is newer than this table.
  return kind === 'identifier' && expected === 'operator' ? 'value' : 'operator';
}

/** Two mistakes that the engine reports as something else altogether. */
function misplaced(token: Token, before: Token | undefined, expected: Expected): readonly Fault[] {
  const { text, from, to } = token;
  if (text === ',' && expected === 'item') {
    const message = 'a comma stands between values in braces';
    return [{ code: 'expression/comma-in-list', message, from, to, hint: 'separate the values by blanks' }];
  }
  const name = before?.kind === 'identifier' || before?.text === ')' || before?.text === ']';
  if (text !== '[' || before === undefined || !name || before.to === from) return [];
  const message = `a blank stands between "${before.text}" and "["`;
  return [
    { code: 'expression/blank-before-index', message, from: before.to, to: from, hint: 'remove the blank' },
  ];
}
