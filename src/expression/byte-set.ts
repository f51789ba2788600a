/** A set of bytes, as bits of a number; every class of a regular expression over bytes is one. */
export type ByteSet = bigint;

export const allBytes: ByteSet = (1n << 256n) - 1n;

/** All bytes from one to another, both included. */
export function bytesBetween(from: number, to: number): ByteSet {
  return ((1n << BigInt(to - from + 1)) - 1n) << BigInt(from);
}

export function inverted(set: ByteSet): ByteSet {
  return allBytes ^ set;
}

/** The characters and ranges of a text such as `a-z_`; a hyphen stands for itself at the end. */
function setOf(inner: string): ByteSet {
  return (inner.match(/.-.|./gs) ?? []).reduce(
    (set, range) => set | bytesBetween(range.charCodeAt(0), range.charCodeAt(range.length - 1)),
    0n,
  );
}

const upperCase = setOf('A-Z');
const lowerCase = setOf('a-z');

/** With both cases of every ASCII letter of which one is in the set. */
export function withBothCases(set: ByteSet): ByteSet {
  return set | ((set & upperCase) << 32n) | ((set & lowerCase) >> 32n);
}

/** The set as a character class in RE2 syntax. */
export function classText(set: ByteSet): string {
  const bits = Array.from(set.toString(2)).reverse().join('');
  const ranges = Array.from(bits.matchAll(/1+/g), ({ 0: run, index }) => {
    const last = index + run.length - 1;
    return run.length === 1 ? byteText(index) : `${byteText(index)}-${byteText(last)}`;
  });
  return ranges.length === 0 ? '[^\\x{0}-\\x{10FFFF}]' : `[${ranges.join('')}]`;
}

/** One byte in RE2 syntax. */
export function byteText(byte: number): string {
  return `\\x{${byte.toString(16)}}`;
}

/** Classes of one letter over bytes: `\d`, `\s`, `\w`, and their opposites in capitals. */
export const perl: Readonly<Record<string, ByteSet>> = {
  d: setOf('0-9'),
  D: inverted(setOf('0-9')),
  s: setOf('\t-\r '),
  S: inverted(setOf('\t-\r ')),
  w: setOf('0-9A-Za-z_'),
  W: inverted(setOf('0-9A-Za-z_')),
};

/** POSIX classes over bytes, as the crate `regex` names them. */
export const posix: Readonly<Record<string, ByteSet>> = {
  alnum: setOf('0-9A-Za-z'),
  alpha: setOf('A-Za-z'),
  ascii: setOf('\x00-\x7f'),
  blank: setOf('\t '),
  cntrl: setOf('\x00-\x1f\x7f'),
  digit: setOf('0-9'),
  graph: setOf('!-~'),
  lower: lowerCase,
  print: setOf(' -~'),
  punct: setOf('!-/:-@[-`{-~'),
  space: setOf('\t-\r '),
  upper: upperCase,
  word: setOf('0-9A-Za-z_'),
  xdigit: setOf('0-9A-Fa-f'),
};
