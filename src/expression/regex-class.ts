import { type ByteSet, bytesBetween, inverted, perl, posix, withBothCases } from './byte-set.ts';
import {
  character,
  type Flags,
  type Reader,
  RegexError,
  skipVerbose,
  take,
  takeEscape,
} from './regex-reader.ts';

type Combine = (one: ByteSet, other: ByteSet) => ByteSet;

const setOperators: Readonly<Record<string, Combine>> = {
  '&&': (one, other) => one & other,
  '--': (one, other) => one & inverted(other),
  '~~': (one, other) => one ^ other,
};

/** The deepest nesting that the crate `regex-syntax` takes by default. */
export const deepestRegex = 250;

/** Takes a class in square brackets, nested ones and set operations included, as the set of bytes that it holds. */
export function takeClass(reader: Reader, flags: Flags): ByteSet {
  reader.depth += 1;
  if (reader.depth > deepestRegex) throw new RegexError('is nested too deeply');
  reader.at += 1;
  skipVerbose(reader, flags);
  const isNegated = take(reader, /\^/y) !== undefined;
  skipVerbose(reader, flags);
  let left: ByteSet | undefined;
  let combine: Combine | undefined;
  let set = leading(reader, flags);
  for (;;) {
    skipVerbose(reader, flags);
    if (take(reader, /\]/y) !== undefined) break;
    const operator = take(reader, /&&|--|~~/y);
    if (operator === undefined) {
      set |= takeMember(reader, flags);
      continue;
    }
    left = left === undefined || combine === undefined ? set : combine(left, set);
    combine = setOperators[operator];
    set = 0n;
  }
  reader.depth -= 1;
  const whole = left === undefined || combine === undefined ? set : combine(left, set);
  return isNegated ? inverted(whole) : whole;
}

/** Hyphens at the start stand for themselves, and so does a bracket that comes first. */
function leading(reader: Reader, flags: Flags): ByteSet {
  let set = 0n;
  while (take(reader, /-/y) !== undefined) {
    set = single(0x2d);
    skipVerbose(reader, flags);
  }
  if (set !== 0n || take(reader, /\]/y) === undefined) return set;
  return single(0x5d);
}

function single(byte: number): ByteSet {
  return bytesBetween(byte, byte);
}

function takeMember(reader: Reader, flags: Flags): ByteSet {
  const named = takePosix(reader);
  if (named !== undefined) return flags.i ? withBothCases(named) : named;
  if (reader.pattern[reader.at] === '[') return takeClass(reader, flags);
  const first = takeItem(reader, flags);
  skipVerbose(reader, flags);
  // A hyphen before the end of the class, or before another one, is none of a range.
  if (take(reader, flags.x ? /-(?!\s*[\]-])/y : /-(?![\]-])/y) === undefined) {
    const set = typeof first === 'number' ? single(first) : first;
    return flags.i ? withBothCases(set) : set;
  }
  skipVerbose(reader, flags);
  const last = takeItem(reader, flags);
  if (typeof first !== 'number' || typeof last !== 'number') {
    throw new RegexError(
      'has a range in […] with a class at one end',
      'a range goes from one character to another',
    );
  }
  if (first > last) throw new RegexError('has a range in […] that runs downwards');
  const range = bytesBetween(first, last);
  return flags.i ? withBothCases(range) : range;
}

/** Names that exist only; anything else in `[:…:]` is a class of those characters. */
function takePosix(reader: Reader): ByteSet | undefined {
  const before = reader.at;
  const found = take(reader, /\[:\^?[a-z]+:\]/y);
  if (found === undefined) return undefined;
  const set = posix[found.replace(/[^a-z]/g, '')];
  if (set === undefined) reader.at = before;
  else if (found.startsWith('[:^')) return inverted(set);
  return set;
}

function takeItem(reader: Reader, flags: Flags): number | ByteSet {
  if (reader.pattern[reader.at] !== '\\') {
    const found = character(reader);
    if (found === undefined) throw new RegexError('has an unclosed character class', 'close it with ]');
    return asByte(reader, found.codePointAt(0) ?? 0, flags);
  }
  const escaped = takeEscape(reader, flags);
  if (escaped.kind === 'anchor') throw new RegexError('has a position such as \\b in a character class');
  if (escaped.kind === 'unicode') return 0n;
  if (escaped.kind === 'character')
    return escaped.isByte ? escaped.code : asByte(reader, escaped.code, flags);
  return perl[escaped.name] ?? 0n;
}

/** Without Unicode a class holds bytes, and a character beyond ASCII has several. */
function asByte(reader: Reader, code: number, flags: Flags): number {
  if (code < 0x80) return code;
  if (!flags.u) {
    throw new RegexError(
      `has ${String.fromCodePoint(code)} in a character class`,
      'only ASCII characters can stand there',
    );
  }
  reader.opaque ??= 'it uses Unicode classes';
  return 0xff;
}
