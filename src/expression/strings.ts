import { type Fault, type Found, matchEnd, type Reader } from './token.ts';

/**
 * Reads the three kinds of text between quotes: `"…"` with escapes, `r#"…"#` without, and the regular expression
 * behind `matches`, in which only `\"` is an escape and a quote inside `[…]` is a plain character.
 */
export const readQuoted: Reader = (text, at, expected) => {
  if (text[at] === '"') return expected === 'regex' ? readRegex(text, at) : readString(text, at);
  return readRaw(text, at);
};

function readString(text: string, at: number): Found {
  const faults: Fault[] = [];
  let to = at + 1;
  while (to < text.length && text[to] !== '"') {
    const end = text[to] === '\\' ? matchEnd(goodEscape, text, to) : to + 1;
    const fault = end === undefined ? badEscape(text, to) : undefined;
    if (fault !== undefined) faults.push(fault);
    to = end ?? fault?.to ?? text.length;
  }
  if (to < text.length) return { kind: 'string', to: to + 1, faults };
  return { kind: 'string', to: text.length, faults: [...faults, unterminated(text, at, '"')] };
}

/** The engine reads the two digits behind `\x` as a number, whose first character may be a plus sign. */
const goodEscape = /\\(?:["\\]|x[+0-9A-Fa-f][0-9A-Fa-f]|[0-3][0-7]{2})/y;

const meantAsEscape = /\\(?:[x0-9][^"\\]{0,2}|.)?/suy;

function badEscape(text: string, from: number): Fault {
  const to = matchEnd(meantAsEscape, text, from) ?? from + 1;
  return {
    code: 'expression/bad-escape',
    message: `a string knows no escape ${text.slice(from, to)}`,
    from,
    to,
    hint: 'the escapes are \\", \\\\, \\x and two hexadecimal digits, \\ and three octal digits up to 377; in r"…" a backslash is a backslash',
  };
}

function readRegex(text: string, at: number): Found {
  let inClass = false;
  let to = at + 1;
  for (; to < text.length; to += 1) {
    const character = text[to];
    if (character === '\\') to += 1;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '"' && !inClass) return { kind: 'regex', to: to + 1 };
  }
  return { kind: 'regex', to: text.length, faults: [unterminated(text, at, '"')] };
}

function readRaw(text: string, at: number): Found | undefined {
  const opened = matchEnd(/r#*"/y, text, at);
  if (opened !== undefined) {
    const closing = `"${'#'.repeat(opened - at - 2)}`;
    const end = closing.length > 256 ? -1 : text.indexOf(closing, opened);
    if (end >= 0) return { kind: 'raw-string', to: end + closing.length };
    return { kind: 'raw-string', to: text.length, faults: [unterminated(text, at, closing)] };
  }
  const hashes = matchEnd(/r#+/y, text, at);
  return hashes === undefined ? undefined : { to: hashes, faults: [unopened(text, at, hashes)] };
}

function unterminated(text: string, from: number, closing: string): Fault {
  const shown = text.slice(from, from + 20);
  return {
    code: 'expression/unterminated-string',
    message: `the string that begins with ${shown} has no end`,
    from,
    to: text.length,
    hint: closing.length > 256 ? 'a raw string takes at most 255 number signs' : `close it with ${closing}`,
  };
}

function unopened(text: string, from: number, to: number): Fault {
  const found = text.slice(from, to);
  return {
    code: 'expression/unterminated-string',
    message: `${found} is not followed by a double quote`,
    from,
    to,
    hint: `a raw string is written ${found}"…"${found.slice(1)}`,
  };
}
