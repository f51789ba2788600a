import { nearest } from '../problem/nearest.ts';
import {
  type Argument,
  type Expression,
  isMapped,
  isVector,
  type Operand,
  type Placed,
  type Test,
} from './ast.ts';
import { type Cursor, foundHere, sees, takesMatch, unexpected } from './cursor.ts';
import { fields } from './fields.ts';
import { functions } from './functions.ts';
import { operatorsFor, seesComparison } from './operators.ts';
import { argumentType } from './signature.ts';
import type { Fault } from './token.ts';
import { typeWords } from './types.ts';

type Named = Placed & { readonly name: string };

/** Looking for the nearest name costs time, and nobody reads more hints than these. */
const mostHints = 20;

export function unknownField(cursor: Cursor, { name, ...place }: Named): void {
  if (name === 'any' || name === 'all') {
    const hint = `write ${name}(…[*] eq …)`;
    const message = `${name} is not followed by a bracket`;
    cursor.faults.push({ code: 'expression/unknown-field', message, ...place, hint });
    return;
  }
  reportUnknown(cursor, { name, ...place }, 'field');
}

export function unknownFunction(cursor: Cursor, named: Named): void {
  reportUnknown(cursor, named, 'function');
}

function reportUnknown(cursor: Cursor, { name, from, to }: Named, what: 'field' | 'function'): void {
  const code = `expression/unknown-${what}` as const;
  const isEarly = cursor.faults.filter((fault) => fault.code === code).length < mostHints;
  const known = what === 'field' ? fields.keys() : [...functions.keys(), 'any', 'all'];
  const near = isEarly ? nearest(name, known) : undefined;
  const hint = near === undefined ? undefined : `did you mean "${near}"?`;
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  const message = `unknown ${what} "${shown}"`;
  cursor.faults.push({ code, message, from, to, ...(hint === undefined ? {} : { hint }) });
}

/** One part of a combination has one answer, another one for each element. */
export function mixed(parts: readonly Expression[]): Fault[] {
  const vectors = parts.filter(isVector);
  if (vectors.length === 0 || vectors.length === parts.length) return [];
  return vectors.map((part) => needsQuantifier(part));
}

export function needsQuantifier({ from, to }: Placed): Fault {
  return {
    code: 'expression/needs-quantifier',
    message: '[*] gives one answer for each element here, where one answer is needed',
    from,
    to,
    hint: 'put it into any(…) or all(…)',
  };
}

/** Gives up at the place where a bracket should have been closed. */
export function unclosed(cursor: Cursor, from: number, isVector: boolean): undefined {
  const isJoint = isVector && sees(cursor, /and|or|xor|&&|\|\||\^\^/y);
  const hint = isJoint
    ? 'any and all take one comparison; put several into a second pair of brackets: any((… or …))'
    : (wordHint(cursor) ?? `the bracket was opened at character ${from + 1}`);
  return unexpected(cursor, 'the closing bracket )', hint);
}

export function noComma(cursor: Cursor): undefined {
  return unexpected(cursor, 'a comma or the closing bracket )', wordHint(cursor));
}

export function noOperand(cursor: Cursor): undefined {
  const hint = sees(cursor, /[)\]},]/y)
    ? 'remove it, or write a condition before it'
    : sees(cursor, /"/y)
      ? 'the field stands on the left: http.host eq "example.com"'
      : undefined;
  return unexpected(cursor, 'a field, a function or a bracket', hint);
}

export function notReducible(cursor: Cursor, kind: 'any' | 'all', over: Argument): undefined {
  const type = argumentType(over);
  cursor.faults.push({
    code: 'expression/argument-type',
    message: `${kind}() takes one answer for each element, and this is ${type === undefined ? 'none' : typeWords(type)}`,
    from: over.from,
    to: over.to,
    hint: `compare every element: ${kind}(…[*] eq …)`,
  });
  return undefined;
}

export function operator(cursor: Cursor, operand: Operand, spelled: string): void {
  const { name, type, from } = operand;
  if (type === undefined) return;
  const isList = /^(?:Array|Map)/.test(type);
  cursor.faults.push({
    code: 'expression/operator-type',
    message: `${spelled} does not apply to "${name}", which is ${typeWords(type)}${isMapped(operand) ? ' for each element' : ' here'}`,
    from,
    to: cursor.at,
    hint: isList
      ? 'pick an element, or use [*] inside any() or all()'
      : `its operators are ${operatorsFor(type)}`,
  });
}

export function otherType(cursor: Cursor, left: Operand, right: Operand): void {
  if (left.type === undefined || right.type === undefined) return;
  cursor.faults.push({
    code: 'expression/value-type',
    message: `"${right.name}" is ${typeWords(right.type)}, and "${left.name}" is ${typeWords(left.type)}`,
    from: right.from,
    to: right.to,
    hint: 'both sides must have one type',
  });
}

/** Takes, with a fault, a comparison with `true` or the like. */
export function comparedTest(cursor: Cursor, { operand, to }: Test): void {
  const found = takesMatch(cursor, /[ \r\n]*(?:==|!=|eq\b|ne\b)[ \r\n]*"?\w+"?/y);
  if (found === undefined) return;
  const isNegative = /!=|ne\b/.test(found) !== /false|"?0"?$/.test(found);
  cursor.faults.push({
    code: 'expression/operator-type',
    message: `"${operand.name}" is true or false by itself and takes no operator`,
    from: to,
    to: cursor.at,
    hint: `write ${isNegative ? 'not ' : ''}${operand.name}`,
  });
}

/** True where the parser can go on behind an operand without its operator. */
export function noOperator(cursor: Cursor, { name, type, from, to }: Operand): boolean {
  const isEnd = cursor.at >= cursor.text.length || sees(cursor, /[)]|and\b|or\b|xor\b|&&|\|\||\^\^/y);
  if (!isEnd) {
    unexpected(cursor, 'an operator such as eq', wordHint(cursor));
    return false;
  }
  const words = type === undefined ? 'a value' : typeWords(type);
  const hint = 'compare it, for example with eq';
  cursor.faults.push({
    code: 'expression/missing-operator',
    message: `"${name}" is ${words}, and nothing compares it`,
    from,
    to,
    hint,
  });
  return true;
}

/** What to say of whatever follows a complete expression. */
export function leftOver(cursor: Cursor): void {
  if (sees(cursor, /\)/y)) {
    const message = 'no bracket is open that this one could close';
    const from = cursor.at;
    cursor.faults.push({ code: 'expression/unexpected', message, from, to: from + 1, hint: 'remove it' });
    return;
  }
  const hint = seesComparison(cursor) ? 'what stands before it is complete already' : wordHint(cursor);
  unexpected(cursor, 'and, or, xor or the end', hint);
}

const similar: readonly (readonly [RegExp, string])[] = [
  [
    /(?:and|or|xor|not|eq|ne|lt|le|gt|ge|in|contains|matches|wildcard)\b/iy,
    'operators are written in lower case',
  ],
  [/not\b/y, 'not stands before the whole comparison: not http.host in {…}'],
  [/(?:starts|ends)_?with\b/iy, 'this is a function: starts_with(http.request.uri.path, "/api")'],
  [/(?:is|equals)\b/iy, 'equality is written eq or =='],
  [/strict\b/y, 'strict wildcard is written with exactly one space'],
  [/between\b/iy, 'a range is written in {400..499}'],
  [/like\b/iy, 'patterns with * are written with wildcard'],
];

function wordHint(cursor: Cursor): string | undefined {
  const word = foundHere(cursor).slice(1, -1);
  const isLower = word === word.toLowerCase();
  return similar.find(([pattern], at) => (at > 0 || !isLower) && sees(cursor, pattern))?.[1];
}
