import type { ProblemCode, Severity } from '../problem/problem.ts';

/**
 * What a token is by its shape alone, since a lexer does not know the types of fields: a `number` may turn out to be an
 * address (`10` in braces), an `address` a byte string (`61.62.63.64`).
 */
export type TokenKind =
  | 'identifier'
  /** Words and signs that compare, combine or negate; `strict wildcard` is one. */
  | 'operator'
  | 'string'
  | 'raw-string'
  /** The quoted right-hand side of `matches`, which is read by other rules than a string. */
  | 'regex'
  /** An integer or a range of integers, `400..499`. */
  | 'number'
  /** An IP address, a network or a range of addresses. */
  | 'address'
  | 'bytes'
  /** The name of a list, `$name`. */
  | 'list'
  | 'punctuation';

/** One token as written; `from` and `to` are UTF-16 offsets into the text, `to` exclusive. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Something that is wrong or odd at a place of an expression; offsets as in `Token`. */
export interface Fault {
  readonly code: ProblemCode;
  /** One plain sentence that quotes what was found, without a full stop. */
  readonly message: string;
  readonly from: number;
  readonly to: number;
  readonly hint?: string;
  /** Absent: as the table of codes has it. */
  readonly severity?: Severity;
}

/** What a reader may expect next: the lexer's whole knowledge of grammar. */
export type Expected =
  /** A name, a bracket, `not`, or the argument of a call. */
  | 'operand'
  /** What stands behind a complete operand. */
  | 'operator'
  /** The right-hand side of a comparison. */
  | 'value'
  /** The right-hand side of `matches`. */
  | 'regex'
  /** One of several values in braces. */
  | 'item'
  /** What stands in square brackets. */
  | 'index';

/** What one reader found at a place: a token that ends at `to` (unless it is no token at all) and its faults. */
export interface Found {
  readonly kind?: TokenKind;
  readonly to: number;
  readonly faults?: readonly Fault[];
}

/** Looks at one place of a text; undefined where something else stands there. */
export type Reader = (text: string, at: number, expected: Expected) => Found | undefined;

/** The end of what a sticky pattern matches at a place, or undefined. */
export function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** At the two ends of an expression, and nowhere else, the engine drops every Unicode blank. */
export function trimmed(text: string): { readonly from: number; readonly to: number } {
  let to = text.length;
  while (to > 0 && /\p{White_Space}/u.test(text[to - 1] ?? '')) to -= 1;
  return { from: Math.min(matchEnd(/\p{White_Space}+/uy, text, 0) ?? 0, to), to };
}
