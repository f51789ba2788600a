import { printAddress, printRange } from './addresses.ts';
import {
  type Argument,
  type Comparison,
  type Expression,
  type Index,
  type Item,
  isLiteral,
  isOperand,
  type Literal,
  type Operand,
} from './ast.ts';
import { quote, quoteRaw, toBytes } from './bytes.ts';
import { canonical } from './operators.ts';

/**
 * An expression, or a part of one, in one canonical spelling: words for operators, one blank between words, decimal
 * numbers, quoted strings. Brackets stay as they are. Parsed again it is the same tree but for the offsets.
 */
export function print(part: Argument): string {
  if (isOperand(part)) return printOperand(part);
  return isLiteral(part) ? printLiteral(part) : printExpression(part);
}

function printExpression(expression: Expression): string {
  if ('parts' in expression) return expression.parts.map(printExpression).join(` ${expression.kind} `);
  if ('over' in expression) return `${expression.kind}(${print(expression.over)})`;
  if (expression.kind === 'group') return `(${printExpression(expression.part)})`;
  if (expression.kind === 'not') return `not ${printExpression(expression.part)}`;
  return printComparison(expression);
}

function printComparison(comparison: Comparison): string {
  const left = printOperand(comparison.operand);
  switch (comparison.kind) {
    case 'test':
      return left;
    case 'order':
      return `${left} ${comparison.operator} ${print(comparison.value)}`;
    case 'in':
      return `${left} in {${comparison.items.map(printItem).join(' ')}}`;
    case 'in-list':
      return `${left} in $${comparison.list}`;
    case 'bits':
      return `${left} ${canonical.bits} ${comparison.mask}`;
    case 'contains':
      return `${left} contains ${quote(comparison.bytes)}`;
    case 'matches':
      return `${left} matches ${quoteRaw(comparison.pattern)}`;
    case 'wildcard':
      return `${left} ${comparison.isStrict ? 'strict wildcard' : 'wildcard'} ${quote(comparison.pattern)}`;
  }
}

function printOperand(operand: Operand): string {
  const base =
    operand.kind === 'field' ? operand.name : `${operand.name}(${operand.arguments.map(print).join(', ')})`;
  return base + operand.indexes.map(printIndex).join('');
}

function printIndex(index: Index): string {
  if (index.kind === 'each') return '[*]';
  return index.kind === 'key' ? `[${quote(toBytes(index.key))}]` : `[${index.position}]`;
}

function printLiteral(literal: Literal): string {
  if (literal.kind === 'int') return `${literal.value}`;
  return literal.kind === 'ip' ? printAddress(literal.address) : quote(literal.bytes);
}

function printItem(item: Item): string {
  if (item.kind === 'bytes') return quote(item.bytes);
  if (item.kind === 'ips') return printRange(item.range);
  return item.first === item.last ? `${item.first}` : `${item.first}..${item.last}`;
}
