import { matchEnd } from './token.ts';

/** Flags of a group: those that change what is matched, and `x`, which changes how it is read. */
export interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly u: boolean;
  readonly x: boolean;
}

/** A place in a pattern, and whether something was met that is understood but not evaluated. */
export interface Reader {
  readonly pattern: string;
  readonly names: Set<string>;
  at: number;
  depth: number;
  opaque: string | undefined;
}

/** What the engine's regular expressions do not take; it stays inside the files that read them. */
export class RegexError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'RegexError';
    this.hint = hint;
  }
}

/** Takes what a sticky pattern matches. */
export function take(reader: Reader, shape: RegExp): string | undefined {
  const to = matchEnd(shape, reader.pattern, reader.at);
  if (to === undefined) return undefined;
  const found = reader.pattern.slice(reader.at, to);
  reader.at = to;
  return found;
}

/** In verbose mode, `(?x)`, blanks and comments between the parts mean nothing. */
export function skipVerbose(reader: Reader, flags: Flags): void {
  if (flags.x) take(reader, /(?:\p{White_Space}|#[^\n]*(?:\n|$))+/uy);
}

/** One character of the pattern, whole where it is a surrogate pair; undefined at the end. */
export function character(reader: Reader): string | undefined {
  return take(reader, /./suy);
}

/** What an escape stands for. */
export type Escaped =
  | { readonly kind: 'character'; readonly code: number; readonly isByte: boolean }
  | { readonly kind: 'perl'; readonly name: string }
  | { readonly kind: 'unicode' }
  | { readonly kind: 'anchor'; readonly name: string };

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };

const digits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Takes a backslash and what belongs to it (crate `regex-syntax`, `ast/parse.rs`). */
export function takeEscape(reader: Reader, flags: Flags): Escaped {
  reader.at += 1;
  const found = character(reader);
  if (found === undefined) throw new RegexError('ends with a single backslash', 'write \\\\ for a backslash');
  if (/[0-9]/.test(found))
    throw new RegexError(`refers back with \\${found}`, 'back-references are not supported');
  const code = controls[found];
  if (code !== undefined) return { kind: 'character', code, isByte: false };
  const width = digits[found];
  if (width !== undefined) return hexadecimal(reader, width, found === 'x');
  if (/[pP]/.test(found)) return property(reader, flags);
  if (/[dswDSW]/.test(found)) return { kind: 'perl', name: found };
  if (found === 'b') return { kind: 'anchor', name: specialBoundary(reader, flags) };
  if (/[ABz<>]/.test(found)) return { kind: 'anchor', name: found };
  if (/[\x00-\x7f]/.test(found) && !/[0-9A-Za-z]/.test(found)) {
    return { kind: 'character', code: found.charCodeAt(0), isByte: false };
  }
  throw new RegexError(`knows no escape \\${found}`, 'write \\\\ for a backslash, or remove it');
}

function hexadecimal(reader: Reader, width: number, isShort: boolean): Escaped {
  const braced = take(reader, /\{[^}]*\}/y);
  const text = braced?.slice(1, -1) ?? take(reader, new RegExp(`[0-9A-Fa-f]{${width}}`, 'y'));
  const code = text === undefined || !/^[0-9A-Fa-f]+$/.test(text) ? Number.NaN : Number.parseInt(text, 16);
  if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) {
    throw new RegexError(
      'has a number behind \\x, \\u or \\U that is no character',
      'write \\x41 or \\x{41}',
    );
  }
  return { kind: 'character', code, isByte: isShort && braced === undefined };
}

function property(reader: Reader, flags: Flags): Escaped {
  const name = take(reader, /\{[^}]*\}|[^{]/uy);
  if (name === undefined) throw new RegexError('has an unfinished \\p', 'write \\p{Lu}');
  if (!flags.u)
    throw new RegexError('uses \\p without (?u)', 'switch Unicode on with (?u), or write the letters');
  if (!isProperty(name.replace(/^\{\^?|\}$/g, ''))) throw new RegexError(`knows no Unicode property ${name}`);
  reader.opaque ??= 'it uses Unicode classes';
  return { kind: 'unicode' };
}

/** Names are compared without case, blanks, hyphens and underscores; JavaScript wants them as the standard has them. */
function isProperty(name: string): boolean {
  if (/[=:]|^(?:any|assigned|ascii)$/i.test(name)) return true;
  const words = name
    .split(/[\s_-]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase());
  const spelled = [name, words.join('_'), name.toUpperCase()];
  return spelled.some((one) => ['', 'Script=', 'gc='].some((kind) => isRegExp(`\\p{${kind}${one}}`)));
}

function isRegExp(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}

/** `\b{start}` and its like; a brace that holds anything else is a repetition. */
function specialBoundary(reader: Reader, flags: Flags): string {
  const before = reader.at;
  if (take(reader, /\{/y) === undefined) return 'b';
  skipVerbose(reader, flags);
  const name = take(reader, /[A-Za-z-]+/y);
  if (name === undefined) {
    if (reader.at >= reader.pattern.length) throw new RegexError('has an unfinished \\b{');
    reader.at = before;
    return 'b';
  }
  if (take(reader, /\}/y) === undefined || !/^(?:start|end)(?:-half)?$/.test(name)) {
    throw new RegexError(
      `knows no word boundary \\b{${name}`,
      'there are start, end, start-half and end-half',
    );
  }
  return name;
}
