import { allBytes, bytesBetween, byteText, classText, inverted, perl, withBothCases } from './byte-set.ts';
import { toBytes } from './bytes.ts';
import { deepestRegex, takeClass } from './regex-class.ts';
import {
  character,
  type Flags,
  type Reader,
  RegexError,
  skipVerbose,
  take,
  takeEscape,
} from './regex-reader.ts';

/** A pattern in RE2 syntax that matches the same bytes, or why there is none although the engine takes it. */
export type Translated = { readonly re2: string } | { readonly opaque: string };

/** Why the engine refuses a pattern; undefined for one that it takes. */
export function regexFault(
  pattern: string,
): { readonly message: string; readonly hint: { readonly hint?: string } } | undefined {
  try {
    read(pattern);
    return undefined;
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    const message = `the regular expression ${error.message}`;
    return { message, hint: error.hint === undefined ? {} : { hint: error.hint } };
  }
}

/**
 * Rewrites a valid pattern over bytes, as the engine compiles it (wirefilter `rhs_types/regex/imp_real.rs`: Unicode
 * off), into RE2 over characters U+0000 to U+00FF. Everything is spelled out, so that no default of RE2 matters.
 */
export function translate(pattern: string): Translated {
  const { piece, reader } = read(pattern);
  if (reader.opaque !== undefined) return { opaque: reader.opaque };
  return piece.size > largest ? { opaque: 'its repetitions are too large' } : { re2: piece.text };
}

/** A part in RE2 syntax, and about how many steps it takes once its repetitions are written out. */
interface Piece {
  readonly text: string;
  readonly size: number;
}

const largest = 20_000;

function read(pattern: string): { readonly piece: Piece; readonly reader: Reader } {
  const reader: Reader = { pattern, names: new Set(), at: 0, depth: 0, opaque: undefined };
  const piece = takeAlternatives(reader, { i: false, m: false, s: false, u: false, x: false });
  if (reader.at < pattern.length)
    throw new RegexError('closes a group that is not open', 'write \\) for a bracket');
  return { piece, reader };
}

/** Takes up to the end of a group; flags switched on the way hold until there. */
function takeAlternatives(reader: Reader, outer: Flags): Piece {
  let flags = outer;
  let done: Piece = { text: '', size: 0 };
  let last: Piece | undefined;
  for (;;) {
    skipVerbose(reader, flags);
    const next = reader.pattern[reader.at];
    if (next === undefined || next === ')') return joined(done, last);
    const repeat = takeRepetition(reader, flags);
    if (repeat !== undefined) {
      if (last === undefined)
        throw new RegexError(`repeats nothing with ${repeat.text}`, `write \\${next} for the sign`);
      last = { text: `(?:${last.text})${repeat.text}`, size: (last.size + 1) * repeat.size };
      continue;
    }
    done = joined(done, last);
    last = undefined;
    if (take(reader, /\|/y) !== undefined) done = { text: `${done.text}|`, size: done.size + 1 };
    else if (next === '(') {
      const group = takeGroup(reader, flags);
      if ('flags' in group) flags = group.flags;
      else last = group;
    } else last = takeAtom(reader, flags);
  }
}

function joined(done: Piece, last: Piece | undefined): Piece {
  return last === undefined ? done : { text: done.text + last.text, size: done.size + last.size };
}

/** Greed does not matter where only the existence of a match does. */
function takeRepetition(reader: Reader, flags: Flags): Piece | undefined {
  const sign = take(reader, /[?*+]/y);
  if (sign !== undefined) {
    take(reader, /\?/y);
    return { text: sign, size: 1 };
  }
  if (take(reader, /\{/y) === undefined) return undefined;
  const { x } = flags;
  const found = take(reader, x ? /\s*(\d+)\s*(?:,\s*(?:\d+\s*)?)?\}/y : /\s*\d+\s*(?:,(?:\s*\d+\s*)?)?\}/y);
  const [least, most] = (found ?? '').match(/\d+/g) ?? [];
  if (
    found === undefined ||
    least === undefined ||
    Number(least) >= 2 ** 32 ||
    Number(most ?? 0) >= 2 ** 32
  ) {
    throw new RegexError(
      'has a repetition in braces without a number',
      'write {2}, {2,} or {2,5}, or \\{ for a brace',
    );
  }
  if (most !== undefined && Number(most) < Number(least))
    throw new RegexError(`repeats {${least},${most}}, downwards`);
  skipVerbose(reader, flags);
  take(reader, /\?/y);
  const text = found.includes(',')
    ? `{${Number(least)},${most === undefined ? '' : Number(most)}}`
    : `{${Number(least)}}`;
  if (Math.max(Number(least), Number(most ?? 0)) > 1000) reader.opaque ??= 'its repetitions are too large';
  return { text, size: Math.max(1, Number(least), Number(most ?? 0)) };
}

function takeGroup(reader: Reader, flags: Flags): Piece | { readonly flags: Flags } {
  reader.depth += 1;
  if (reader.depth > deepestRegex) throw new RegexError('is nested too deeply');
  take(reader, /\(/y);
  skipVerbose(reader, flags);
  if (take(reader, /\?<?[=!]/y) !== undefined) {
    throw new RegexError('looks around with (?=, (?!, (?<= or (?<!', 'look-around is not supported');
  }
  let inner = flags;
  if (take(reader, /\?P?</y) !== undefined) takeName(reader);
  else if (take(reader, /\?/y) !== undefined) {
    const set = takeFlags(reader, flags);
    if (set.isAlone) {
      reader.depth -= 1;
      return { flags: set.flags };
    }
    inner = set.flags;
  }
  const { text, size } = takeAlternatives(reader, inner);
  if (take(reader, /\)/y) === undefined)
    throw new RegexError('has an unclosed group', 'write \\( for a bracket');
  reader.depth -= 1;
  return { text: `(?:${text})`, size };
}

function takeName(reader: Reader): void {
  const name = take(reader, /[\p{Alphabetic}_][\p{Alphabetic}\p{N}_.[\]]*>/uy);
  if (name === undefined) throw new RegexError('has a group whose name is no name', 'write (?P<name>…)');
  if (reader.names.has(name)) throw new RegexError(`has two groups called ${name.slice(0, -1)}`);
  reader.names.add(name);
}

function takeFlags(reader: Reader, flags: Flags): { readonly flags: Flags; readonly isAlone: boolean } {
  const found = take(reader, /[a-zA-Z-]*[:)]/y);
  const letters = found?.slice(0, -1) ?? '';
  const isAlone = found?.endsWith(')') ?? false;
  const isDouble = new Set(letters).size < letters.length;
  if (
    found === undefined ||
    !/^[imsUuRx]*(?:-[imsUuRx]+)?$/.test(letters) ||
    isDouble ||
    (isAlone && letters === '')
  ) {
    throw new RegexError(
      'has a group that begins with (? and goes on oddly',
      'the flags are i, m, s, U, u, R and x',
    );
  }
  const [on = '', off = ''] = letters.split('-');
  if (on.includes('R')) reader.opaque ??= 'it uses the flag R';
  if (on.includes('u')) reader.opaque ??= 'it uses Unicode';
  const value = (flag: keyof Flags) => (flags[flag] || on.includes(flag)) && !off.includes(flag);
  return { flags: { i: value('i'), m: value('m'), s: value('s'), u: value('u'), x: value('x') }, isAlone };
}

const anyByte = classText(allBytes);
const noLineFeed = classText(inverted(bytesBetween(10, 10)));

function takeAtom(reader: Reader, flags: Flags): Piece {
  if (reader.pattern[reader.at] === '[') return { text: classText(takeClass(reader, flags)), size: 1 };
  if (reader.pattern[reader.at] === '\\') return { text: escapedText(reader, flags), size: 1 };
  const found = character(reader) ?? '';
  if (found === '.') return { text: flags.s ? anyByte : noLineFeed, size: 1 };
  if (found === '^') return { text: flags.m ? '(?m:^)' : '\\A', size: 1 };
  if (found === '$') return { text: flags.m ? '(?m:$)' : '\\z', size: 1 };
  return { text: characterText(found, flags), size: 1 };
}

function escapedText(reader: Reader, flags: Flags): string {
  const escaped = takeEscape(reader, flags);
  if (escaped.kind === 'unicode') return anyByte;
  if (escaped.kind === 'perl') return classText(perl[escaped.name] ?? 0n);
  if (escaped.kind === 'character') {
    return escaped.isByte
      ? literalByte(escaped.code, flags)
      : characterText(String.fromCodePoint(escaped.code), flags);
  }
  if (!/^[ABbz]$/.test(escaped.name)) reader.opaque ??= 'it uses special word boundaries';
  return `\\${escaped.name}`;
}

/** The bytes of one character, as a whole that can be repeated. */
function characterText(found: string, flags: Flags): string {
  const bytes = Array.from(toBytes(found), (byte) => byte.charCodeAt(0));
  const [first = 0] = bytes;
  if (bytes.length === 1) return literalByte(first, flags);
  return `(?:${bytes.map(byteText).join('')})`;
}

function literalByte(byte: number, flags: Flags): string {
  const letter = String.fromCharCode(byte);
  return flags.i && /[A-Za-z]/.test(letter)
    ? classText(withBothCases(bytesBetween(byte, byte)))
    : byteText(byte);
}
