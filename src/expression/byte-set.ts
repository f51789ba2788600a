/** A set of bytes, one flag for each of the 256; every class of a regular expression over bytes is one. */
export type ByteSet = readonly boolean[];

const every = Array.from({ length: 256 }, (_, byte) => byte);

/** The bytes that a JavaScript character class holds. */
export function bytesOf(inner: string): ByteSet {
  const pattern = new RegExp(`^[${inner}]$`);
  return every.map((byte) => pattern.test(String.fromCharCode(byte)));
}

/** All bytes from one to another, both included. */
export function bytesBetween(from: number, to: number): ByteSet {
  return every.map((byte) => from <= byte && byte <= to);
}

export const noBytes: ByteSet = every.map(() => false);

/** Combines two sets byte by byte. */
export function combined(one: ByteSet, other: ByteSet, keep: (a: boolean, b: boolean) => boolean): ByteSet {
  return one.map((has, byte) => keep(has, other[byte] ?? false));
}

export function inverted(set: ByteSet): ByteSet {
  return set.map((has) => !has);
}

/** With both cases of every ASCII letter of which one is in the set. */
export function withBothCases(set: ByteSet): ByteSet {
  return set.map((has, byte) => {
    const letter = String.fromCharCode(byte);
    return has || (/[A-Za-z]/.test(letter) && (set[byte ^ 0x20] ?? false));
  });
}

/** The set as a character class in RE2 syntax. */
export function classText(set: ByteSet): string {
  const ranges: string[] = [];
  for (let from = set.indexOf(true); from >= 0; ) {
    const end = set.indexOf(false, from);
    const to = end < 0 ? 255 : end - 1;
    ranges.push(to === from ? byteText(from) : `${byteText(from)}-${byteText(to)}`);
    from = end < 0 ? -1 : set.indexOf(true, end);
  }
  return ranges.length === 0 ? '[^\\x{0}-\\x{10FFFF}]' : `[${ranges.join('')}]`;
}

/** One byte in RE2 syntax. */
export function byteText(byte: number): string {
  return `\\x{${byte.toString(16)}}`;
}

/** Classes of one letter over bytes: `\d`, `\s`, `\w`. */
export const perl: Readonly<Record<string, ByteSet>> = {
  d: bytesOf('0-9'),
  s: bytesOf('\\t-\\r '),
  w: bytesOf('0-9A-Za-z_'),
};

/** POSIX classes over bytes, as the crate `regex` names them. */
export const posix: Readonly<Record<string, ByteSet>> = {
  alnum: bytesOf('0-9A-Za-z'),
  alpha: bytesOf('A-Za-z'),
  ascii: bytesOf('\\x00-\\x7f'),
  blank: bytesOf('\\t '),
  cntrl: bytesOf('\\x00-\\x1f\\x7f'),
  digit: bytesOf('0-9'),
  graph: bytesOf('!-~'),
  lower: bytesOf('a-z'),
  print: bytesOf(' -~'),
  punct: bytesOf('!-\\/:-@\\[-`{-~'),
  space: bytesOf('\\t-\\r '),
  upper: bytesOf('A-Z'),
  word: bytesOf('0-9A-Za-z_'),
  xdigit: bytesOf('0-9A-Fa-f'),
};
