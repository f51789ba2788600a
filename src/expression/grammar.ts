import {
  type Argument,
  type Comparison,
  type Expression,
  isLiteral,
  isMapped,
  isOperand,
  isVector,
  type Operand,
  type Order,
} from './ast.ts';
import { type Cursor, nested, sees, skipBlanks, takes, takesMatch, unexpected } from './cursor.ts';
import { fields } from './fields.ts';
import { functions } from './functions.ts';
import { takeIndexes } from './indexes.ts';
import { accept, reportTail } from './literal-faults.ts';
import { callNotices, fieldNotices, functionNotices } from './notices.ts';
import { applies, isOrder, seesComparison, takeComparison, takeJoint, takeNot } from './operators.ts';
import { type Left, takeSide, undocumented } from './sides.ts';
import { argumentFaults, argumentType, returnType } from './signature.ts';
import { matchEnd } from './token.ts';
import * as complain from './type-faults.ts';
import { arrayOf, elementOf, type Type } from './types.ts';
import { readLiteral } from './values.ts';

/** The operators that join, the loosest first (wirefilter `ast/logical_expr.rs`). */
const levels = ['or', 'xor', 'and'] as const;

/** Takes an expression; undefined where the parser had to give up, which it has then said in a fault. */
export function takeExpression(cursor: Cursor, level = 0): Expression | undefined {
  const kind = levels[level];
  if (kind === undefined) return takeSimple(cursor);
  const first = takeExpression(cursor, level + 1);
  if (first === undefined) return undefined;
  const parts = [first];
  skipBlanks(cursor);
  while (takeJoint(cursor, kind)) {
    skipBlanks(cursor);
    const part = takeExpression(cursor, level + 1);
    if (part === undefined) return undefined;
    parts.push(part);
    skipBlanks(cursor);
  }
  if (parts.length === 1) return first;
  cursor.faults.push(...complain.mixed(parts));
  return { kind, parts, from: first.from, to: parts.at(-1)?.to ?? first.to };
}

function takeSimple(cursor: Cursor): Expression | undefined {
  const from = cursor.at;
  if (sees(cursor, /\(/y)) return nested(cursor, () => takeGroup(cursor));
  if (takeNot(cursor)) {
    skipBlanks(cursor);
    const part = nested(cursor, () => takeSimple(cursor));
    return part && { kind: 'not', part, from, to: part.to };
  }
  if (sees(cursor, quantifierCall)) return nested(cursor, () => takeQuantifier(cursor));
  const operand = takeOperand(cursor);
  return operand && takeComparisonWith(cursor, operand);
}

const quantifierCall = /(?:any|all)[ \r\n]*\(/y;

function takeGroup(cursor: Cursor): Expression | undefined {
  const from = cursor.at;
  takes(cursor, '(');
  skipBlanks(cursor);
  const part = takeExpression(cursor);
  if (part === undefined) return undefined;
  skipBlanks(cursor);
  if (!takes(cursor, ')')) return complain.unclosed(cursor, from, isVector(part));
  return { kind: 'group', part, from, to: cursor.at };
}

function takeQuantifier(cursor: Cursor): Expression | undefined {
  const from = cursor.at;
  const kind = takesMatch(cursor, /any|all/y) === 'any' ? 'any' : 'all';
  skipBlanks(cursor);
  takes(cursor, '(');
  skipBlanks(cursor);
  const over = takeArgument(cursor);
  if (over === undefined) return undefined;
  skipBlanks(cursor);
  if (!takes(cursor, ')')) return complain.unclosed(cursor, from, true);
  if (isLiteral(over)) return complain.notReducible(cursor, kind, over);
  const type = argumentType(over);
  if (type !== undefined && type !== 'Array<Bool>' && isSure(over)) complain.notReducible(cursor, kind, over);
  return { kind, over, from, to: cursor.at };
}

/** Takes the operator and the right-hand side for an operand; one that is true or false by itself has neither. */
function takeComparisonWith(cursor: Cursor, operand: Operand): Comparison | undefined {
  const { type, from } = operand;
  const test = { kind: 'test', operand, from, to: cursor.at } as const;
  if (type !== undefined && (type === 'Bool' || elementOf(type) === 'Bool')) {
    if (type !== 'Bool' && isMapped(operand)) complain.operator(cursor, operand, 'a test');
    complain.comparedTest(cursor, test);
    return test;
  }
  skipBlanks(cursor);
  const sign = cursor.at;
  const operator = takeComparison(cursor);
  if (operator === undefined)
    return type === undefined || complain.noOperator(cursor, operand) ? test : undefined;
  const fits = type === undefined || applies(operator, type);
  const sure = isSure(operand);
  if (!fits && sure) complain.operator(cursor, operand, cursor.text.slice(sign, cursor.at));
  skipBlanks(cursor);
  const need = { name: `"${operand.name}"`, type: fits ? type : undefined, isSure: sure };
  if (isOrder(operator) && seesName(cursor)) return takeDynamic(cursor, { operand, need, sign }, operator);
  return takeSide(cursor, { operand, need, sign }, operator);
}

/** Cloudflare docs, changelog rules, 2026-10-01-dynamic-comparison-values; the exact grammar is not public. */
function takeDynamic(cursor: Cursor, { operand, need, sign }: Left, operator: Order): Comparison | undefined {
  const value = takeOperand(cursor);
  if (value === undefined) return undefined;
  if (
    need.type !== undefined &&
    value.type !== undefined &&
    need.isSure &&
    isSure(value) &&
    need.type !== value.type
  ) {
    complain.otherType(cursor, operand, value);
  }
  if (isMapped(value)) {
    const message = '[*] on the right-hand side of a comparison is not documented';
    cursor.faults.push(undocumented(cursor, sign, { message }));
  }
  return { kind: 'order', operator, operand, value, from: operand.from, to: cursor.at };
}

const names = /\w+(?:\.\w+)*/y;

/** True where a name stands that a table knows. */
function seesName({ text, at }: Cursor): boolean {
  const name = text.slice(at, matchEnd(names, text, at) ?? at);
  return fields.has(name) || functions.has(name);
}

/** Only a field of the tables can have a type that no source states. */
function isSure(argument: Argument): boolean {
  return argument.kind !== 'field' || fields.get(argument.name)?.isSure !== false;
}

/** Takes a field or a call with the indexes behind it. */
function takeOperand(cursor: Cursor): Operand | undefined {
  const from = cursor.at;
  const name = takesMatch(cursor, names);
  if (name === undefined) return complain.noOperand(cursor);
  if (sees(cursor, /\./y)) return unexpected(cursor, 'a name without a dot at its end');
  if (functions.has(name) || (!fields.has(name) && sees(cursor, /[ \r\n]*\(/y))) {
    return nested(cursor, () => takeCall(cursor, { name, from }));
  }
  const field = fields.get(name);
  if (field === undefined) complain.unknownField(cursor, { name, from, to: cursor.at });
  const type = field?.type;
  const found = takeIndexes(cursor, { name, type, isSure: field?.isSure !== false });
  if (found === undefined) return undefined;
  const operand = { kind: 'field', name, ...found, from, to: cursor.at } as const;
  if (field !== undefined) cursor.faults.push(...fieldNotices(operand, field, cursor.plan));
  return operand;
}

function takeCall(cursor: Cursor, { name, from }: { name: string; from: number }): Operand | undefined {
  const definition = functions.get(name);
  const named = { name, from, to: cursor.at };
  if (definition === undefined) complain.unknownFunction(cursor, named);
  else cursor.faults.push(...functionNotices(name, definition, { ...named, plan: cursor.plan }));
  skipBlanks(cursor);
  if (!takes(cursor, '(')) return unexpected(cursor, `the bracket ( behind the function ${name}`);
  const given = takeArguments(cursor);
  if (given === undefined) return undefined;
  const call = { name, arguments: given, from, to: cursor.at };
  if (definition !== undefined)
    cursor.faults.push(...argumentFaults(call, definition, isSure), ...callNotices(call));
  const found = takeIndexes(cursor, { name: `${name}()`, type: callType(name, given), isSure: true });
  return found && { kind: 'call', ...call, ...found, to: cursor.at };
}

/** A call whose first argument stands for every element gives an array. */
function callType(name: string, given: readonly Argument[]): Type | undefined {
  const definition = functions.get(name);
  const type = definition && returnType(definition, given);
  const [first] = given;
  const isEach = first !== undefined && isOperand(first) && isMapped(first);
  return isEach && type !== undefined ? arrayOf(type) : type;
}

function takeArguments(cursor: Cursor): readonly Argument[] | undefined {
  const given: Argument[] = [];
  skipBlanks(cursor);
  while (!takes(cursor, ')')) {
    if (given.length > 0 && !takes(cursor, ',')) return complain.noComma(cursor);
    skipBlanks(cursor);
    const argument = takeArgument(cursor);
    if (argument === undefined) return undefined;
    given.push(argument);
    skipBlanks(cursor);
  }
  return given;
}

/** Takes an argument, telling names from values as the engine does (wirefilter `ast/function_expr.rs`). */
function takeArgument(cursor: Cursor): Argument | undefined {
  const { text, at } = cursor;
  if (sees(cursor, /"|r["#]/y)) return takeValue(cursor, 'Bytes');
  if (sees(cursor, /\(|not|!/y) || sees(cursor, quantifierCall)) return takeExpression(cursor);
  const isName = sees(cursor, /[G-Zg-z_]|\w[G-Zg-z_]|\w\w[G-Zg-z_]/y) || seesName(cursor);
  const value = (['Ip', 'Int', 'Bytes'] as const).find((type) => readLiteral(text, at, type) !== undefined);
  if (!isName && value !== undefined) return takeValue(cursor, value);
  const operand = takeOperand(cursor);
  if (operand === undefined) return undefined;
  const { at: end } = cursor;
  skipBlanks(cursor);
  if (!seesComparison(cursor)) return operand;
  cursor.at = end;
  return takeComparisonWith(cursor, operand);
}

function takeValue(cursor: Cursor, type: Type): Argument | undefined {
  const read = readLiteral(cursor.text, cursor.at, type);
  if (read === undefined) return complain.noOperand(cursor);
  const value = accept(cursor, read);
  if (value !== undefined) reportTail(cursor, value);
  return value;
}
