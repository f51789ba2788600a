import type { Order } from './ast.ts';
import { type Cursor, sees, takesMatch } from './cursor.ts';
import type { Fault } from './token.ts';
import type { Type } from './types.ts';

export type Operator = Order | 'in' | 'bits' | 'contains' | 'matches' | 'wildcard' | 'strict wildcard';

/** In the order in which the engine tries them, without looking at what follows (wirefilter `ast/field_expr.rs`). */
const spellings: Readonly<Record<string, Operator>> = {
  in: 'in',
  eq: 'eq',
  '==': 'eq',
  ne: 'ne',
  '!=': 'ne',
  ge: 'ge',
  '>=': 'ge',
  le: 'le',
  '<=': 'le',
  gt: 'gt',
  '>': 'gt',
  lt: 'lt',
  '<': 'lt',
  '&': 'bits',
  bitwise_and: 'bits',
  contains: 'contains',
  '~': 'matches',
  matches: 'matches',
  wildcard: 'wildcard',
  'strict wildcard': 'strict wildcard',
};

/** An ampersand alone: two of them are never meant as one. */
const comparison =
  /in|eq|==|ne|!=|ge|>=|le|<=|gt|>|lt|<|&(?!&)|bitwise_and|contains|~|matches|wildcard|strict wildcard/y;

/** How an operator is written by `print`. */
export const canonical: Readonly<Record<Operator, string>> = {
  eq: 'eq',
  ne: 'ne',
  lt: 'lt',
  le: 'le',
  gt: 'gt',
  ge: 'ge',
  in: 'in',
  bits: 'bitwise_and',
  contains: 'contains',
  matches: 'matches',
  wildcard: 'wildcard',
  'strict wildcard': 'strict wildcard',
};

export function isOrder(operator: Operator): operator is Order {
  return /^(?:eq|ne|lt|le|gt|ge)$/.test(operator);
}

/** True where an operator takes a type on its left; the engine takes no others. */
export function applies(operator: Operator, type: Type): boolean {
  if (operator === 'in' || isOrder(operator)) return type === 'Int' || type === 'Bytes' || type === 'Ip';
  return type === (operator === 'bits' ? 'Int' : 'Bytes');
}

/** The operators that take a type, in words. */
export function operatorsFor(type: Type): string {
  if (type === 'Int') return 'eq, ne, lt, le, gt, ge, in, bitwise_and';
  if (type === 'Ip') return 'eq, ne, in';
  if (type === 'Bytes') return 'eq, ne, lt, le, gt, ge, in, contains, matches, wildcard, strict wildcard';
  return type === 'Bool' ? 'none' : 'none; pick an element, or use [*] inside any() or all()';
}

/** Takes an operator that compares. */
export function takeComparison(cursor: Cursor): Operator | undefined {
  return spellings[takeWord(cursor, comparison) ?? ''];
}

export function seesComparison(cursor: Cursor): boolean {
  return sees(cursor, comparison);
}

/** Takes `not` or `!`. */
export function takeNot(cursor: Cursor): boolean {
  return takeWord(cursor, /not|!/y) !== undefined;
}

const joints = { or: /or|\|\|/y, xor: /xor|\^\^/y, and: /and|&&/y };

/** Takes the operator of one level of precedence. */
export function takeJoint(cursor: Cursor, kind: keyof typeof joints): boolean {
  return takeWord(cursor, joints[kind]) !== undefined;
}

/** The engine does not mind where a word begins and ends; a reader does. */
function takeWord(cursor: Cursor, pattern: RegExp): string | undefined {
  const from = cursor.at;
  const found = takesMatch(cursor, pattern);
  if (found === undefined || !/^[a-z]/.test(found)) return found;
  if (/\w/.test(cursor.text[from - 1] ?? '') || sees(cursor, /\w/y)) cursor.faults.push(glued(cursor, from));
  return found;
}

function glued({ text, at }: Cursor, from: number): Fault {
  return {
    code: 'expression/glued-word',
    message: `"${text.slice(from, at)}" has no blank on either side of it`,
    from,
    to: at,
    hint: 'Cloudflare takes it, but write a blank for the sake of readers',
  };
}
