export type { Address, AddressRange } from './addresses.ts';
export type {
  Argument,
  Combination,
  Comparison,
  Expression,
  Index,
  Item,
  Literal,
  Operand,
  Placed,
  Quantifier,
} from './ast.ts';
export { isMapped, isOperand, isVector } from './ast.ts';
export { type Check, checkExpression } from './check.ts';
export { type Lexed, lex } from './lex.ts';
export { type Parsed, parse } from './parse.ts';
export { print } from './print.ts';
export type { Fault, Token, TokenKind } from './token.ts';
export type { Plan, Type } from './types.ts';
