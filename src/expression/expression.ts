export { type Address, type AddressRange, printAddress } from './addresses.ts';
export type {
  Argument,
  CallOperand,
  Combination,
  Comparison,
  Expression,
  FieldOperand,
  Group,
  Index,
  Item,
  Literal,
  Negation,
  Operand,
  Order,
  Placed,
  Quantifier,
} from './ast.ts';
export { isMapped, isOperand } from './ast.ts';
export { fromBytes, toBytes } from './bytes.ts';
export { type Check, checkExpression, isError } from './check.ts';
export { isComputable } from './computable.ts';
export { type Context, fitsType, unknown } from './context.ts';
export type { Truth } from './evaluate.ts';
export {
  type Evaluation,
  type Explanation,
  evaluate,
  evaluateExpression,
  explain,
  printOperandValue,
} from './explain.ts';
export { type Field, fields } from './fields.ts';
export { type Lexed, lex } from './lex.ts';
export { type Parsed, parse } from './parse.ts';
export { print } from './print.ts';
export type { Fault, Token, TokenKind } from './token.ts';
export { elementOf, type Plan, type Type, typeWords } from './types.ts';
export { isWildcard, lowerAscii, matchesWildcard, readWildcard, type Wildcard } from './wildcard.ts';
