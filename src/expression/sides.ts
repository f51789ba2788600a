import type { Comparison, Item, Operand, Order } from './ast.ts';
import { type Cursor, skipBlanks, takes, unexpected } from './cursor.ts';
import { accept, type Need, reportTail, takeItem, takeLiteral } from './literal-faults.ts';
import { isOrder, type Operator } from './operators.ts';
import { regexFault } from './regex-syntax.ts';
import { readList } from './signs.ts';
import type { Fault } from './token.ts';
import { plans } from './types.ts';
import { readPattern, readText } from './values.ts';
import { isWildcard, readWildcard } from './wildcard.ts';

/** The left-hand side of a comparison, where it begins, and what is needed on the right. */
export interface Left {
  readonly operand: Operand;
  readonly need: Need;
  /** Where the operator begins. */
  readonly sign: number;
}

/** Takes what stands behind an operator that compares with a value written out; undefined where the parser gives up. */
export function takeSide(cursor: Cursor, left: Left, operator: Operator): Comparison | undefined {
  if (isOrder(operator)) return takeOrdering(cursor, left, operator);
  if (operator === 'in') return takeSet(cursor, left);
  if (operator === 'bits') return takeMask(cursor, left);
  if (operator === 'matches') return takePattern(cursor, left);
  return operator === 'contains' ? takePart(cursor, left) : takeWildcard(cursor, left, operator);
}

function takeOrdering(
  cursor: Cursor,
  { operand, need, sign }: Left,
  operator: Order,
): Comparison | undefined {
  const value = takeLiteral(cursor, need);
  if (value === undefined) return undefined;
  reportTail(cursor, value);
  if (need.type === 'Ip' && operator !== 'eq' && operator !== 'ne') {
    const message = 'the docs do not let IP addresses be ordered';
    const hint = 'write in with a range: in {192.0.2.0..192.0.2.9}';
    cursor.faults.push(undocumented(cursor, sign, { message, hint }));
  }
  return { kind: 'order', operator, operand, value, from: operand.from, to: cursor.at };
}

/** A form that the public engine takes and the docs do not show. */
export function undocumented(cursor: Cursor, from: number, said: Pick<Fault, 'message' | 'hint'>): Fault {
  return { code: 'expression/undocumented', ...said, from, to: cursor.at };
}

function takeSet(cursor: Cursor, { operand, need }: Left): Comparison | undefined {
  const { from } = operand;
  const list = readList(cursor.text, cursor.at, 'value');
  if (list !== undefined) {
    const name = cursor.text.slice(cursor.at + 1, list.to);
    cursor.faults.push(...(list.faults ?? []));
    cursor.at = list.to;
    return { kind: 'in-list', operand, list: name, from, to: cursor.at };
  }
  if (!takes(cursor, '{'))
    return unexpected(cursor, 'a set in braces or a list', 'write in {…} with blanks between the values');
  const items: Item[] = [];
  for (;;) {
    skipBlanks(cursor);
    if (takes(cursor, '}')) return { kind: 'in', operand, items, from, to: cursor.at };
    if (skipComma(cursor)) continue;
    if (cursor.at >= cursor.text.length) return unexpected(cursor, 'the closing brace }');
    const item = takeItem(cursor, need);
    if (item === undefined) return undefined;
    items.push(item);
  }
}

function skipComma(cursor: Cursor): boolean {
  const from = cursor.at;
  if (!takes(cursor, ',')) return false;
  const message = 'a comma stands between values in braces';
  const hint = 'separate the values by blanks';
  cursor.faults.push({ code: 'expression/comma-in-list', message, from, to: cursor.at, hint });
  return true;
}

function takeMask(cursor: Cursor, { operand, need, sign }: Left): Comparison | undefined {
  const value = takeLiteral(cursor, { ...need, type: 'Int', isSure: true });
  if (value === undefined) return undefined;
  reportTail(cursor, value);
  const message = 'the docs do not show the operator & or bitwise_and';
  cursor.faults.push(
    undocumented(cursor, sign, { message, hint: 'it is true where one bit of both numbers is set' }),
  );
  const mask = value.kind === 'int' ? value.value : 0n;
  return { kind: 'bits', operand, mask, from: operand.from, to: cursor.at };
}

function takePart(cursor: Cursor, { operand, need }: Left): Comparison | undefined {
  const value = takeLiteral(cursor, { ...need, type: 'Bytes', isSure: true });
  if (value === undefined) return undefined;
  reportTail(cursor, value);
  const bytes = value.kind === 'bytes' ? value.bytes : '';
  return { kind: 'contains', operand, bytes, from: operand.from, to: cursor.at };
}

const patternHint = 'write it in double quotes, or as a raw string r"…"';

function takeWildcard(cursor: Cursor, { operand }: Left, operator: Operator): Comparison | undefined {
  const from = cursor.at;
  const read = readText(cursor.text, from);
  if (read === undefined) return unexpected(cursor, 'a wildcard in quotes', patternHint);
  const pattern = accept(cursor, read);
  if (pattern === undefined) return undefined;
  const checked = readWildcard(pattern);
  if (!isWildcard(checked))
    cursor.faults.push({ code: 'expression/bad-wildcard', ...checked, from, to: cursor.at });
  const isStrict = operator === 'strict wildcard';
  return { kind: 'wildcard', operand, pattern, isStrict, from: operand.from, to: cursor.at };
}

function takePattern(cursor: Cursor, { operand, sign }: Left): Comparison | undefined {
  const from = cursor.at;
  const read = readPattern(cursor.text, from);
  if (read === undefined) return unexpected(cursor, 'a regular expression in quotes', patternHint);
  const pattern = accept(cursor, read);
  if (pattern === undefined) return undefined;
  const fault = regexFault(pattern);
  if (fault !== undefined) {
    cursor.faults.push({
      code: 'expression/bad-regex',
      message: fault.message,
      from,
      to: cursor.at,
      ...fault.hint,
    });
  }
  cursor.regexes += 1;
  if (cursor.regexes === mostRegexes + 1) cursor.faults.push(tooMany(operand.from, cursor.at));
  cursor.faults.push(...planFault(cursor, sign));
  return { kind: 'matches', operand, pattern, from: operand.from, to: cursor.at };
}

/** Cloudflare docs, Rules language, expressions: regular expressions per rule. */
const mostRegexes = 64;

function tooMany(from: number, to: number): Fault {
  const message = `the expression has more than ${mostRegexes} regular expressions`;
  return { code: 'expression/too-many-regexes', message, from, to, hint: 'split it into several rules' };
}

/** Cloudflare docs, Rules language, operators: `matches` is for Business and Enterprise. */
function planFault({ plan, at }: Cursor, from: number): Fault[] {
  if (plan === undefined || plans.indexOf(plan) >= plans.indexOf('business')) return [];
  const message = `matches needs the business or enterprise plan, and the plan is ${plan}`;
  return [{ code: 'expression/plan', message, from, to: at, hint: 'wildcard is available on every plan' }];
}
