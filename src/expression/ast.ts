import type { Address, AddressRange } from './addresses.ts';
import type { Type } from './types.ts';

/** UTF-16 offsets into the text, `to` exclusive. */
export interface Placed {
  readonly from: number;
  readonly to: number;
}

export interface IntLiteral extends Placed {
  readonly kind: 'int';
  readonly value: bigint;
}

/** A string, one character for each byte (U+0000 to U+00FF), so that JavaScript compares and counts as the engine does. */
export interface BytesLiteral extends Placed {
  readonly kind: 'bytes';
  readonly bytes: string;
}

export interface IpLiteral extends Placed {
  readonly kind: 'ip';
  readonly address: Address;
}

export type Literal = IntLiteral | BytesLiteral | IpLiteral;

/** An integer of a set, or a range of them with both ends. */
export interface IntItem extends Placed {
  readonly kind: 'ints';
  readonly first: bigint;
  readonly last: bigint;
}

/** An address of a set, a network or a range of addresses of one family. */
export interface IpItem extends Placed {
  readonly kind: 'ips';
  readonly range: AddressRange;
}

export type Item = IntItem | IpItem | BytesLiteral;

/** What stands in brackets behind a name: a place in an array, a key of a map, or `*` for every element. */
export type Index =
  | { readonly kind: 'position'; readonly position: number }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'each' };

interface Indexed extends Placed {
  readonly name: string;
  readonly indexes: readonly Index[];
  /** The type of one value behind all indexes; undefined where no table tells. */
  readonly type: Type | undefined;
}

export interface FieldOperand extends Indexed {
  readonly kind: 'field';
}

export interface CallOperand extends Indexed {
  readonly kind: 'call';
  readonly arguments: readonly Argument[];
}

export type Operand = FieldOperand | CallOperand;

export type Argument = Operand | Literal | Expression;

interface Joined<Kind extends 'and' | 'or' | 'xor'> extends Placed {
  readonly kind: Kind;
  readonly parts: readonly Expression[];
}

/** Two or more parts under one operator, joined as far as no brackets part them. */
export type Combination = Joined<'and'> | Joined<'or'> | Joined<'xor'>;

export interface Negation extends Placed {
  readonly kind: 'not';
  readonly part: Expression;
}

/** Round brackets. They are kept: inside `any` and `all` they change what a missing value means. */
export interface Group extends Placed {
  readonly kind: 'group';
  readonly part: Expression;
}

interface Reduction<Kind extends 'any' | 'all'> extends Placed {
  readonly kind: Kind;
  readonly over: Operand | Expression;
}

/** One answer made of those for the elements. */
export type Quantifier = Reduction<'any'> | Reduction<'all'>;

/** An operand that is true or false by itself. */
export interface Test extends Placed {
  readonly kind: 'test';
  readonly operand: Operand;
}

export type Order = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';

/** The right-hand side may be another operand (Cloudflare changelog, 2026-10-01, dynamic comparison values). */
export interface Ordering extends Placed {
  readonly kind: 'order';
  readonly operator: Order;
  readonly operand: Operand;
  readonly value: Literal | Operand;
}

export interface Membership extends Placed {
  readonly kind: 'in';
  readonly operand: Operand;
  readonly items: readonly Item[];
}

export interface ListMembership extends Placed {
  readonly kind: 'in-list';
  readonly operand: Operand;
  /** Without the dollar sign. */
  readonly list: string;
}

/** True where one bit at least of the mask is set. */
export interface BitTest extends Placed {
  readonly kind: 'bits';
  readonly operand: Operand;
  readonly mask: bigint;
}

export interface Containment extends Placed {
  readonly kind: 'contains';
  readonly operand: Operand;
  readonly bytes: string;
}

export interface RegexMatch extends Placed {
  readonly kind: 'matches';
  readonly operand: Operand;
  /** As the engine gets it, without the quotes. */
  readonly pattern: string;
}

export interface WildcardMatch extends Placed {
  readonly kind: 'wildcard';
  readonly operand: Operand;
  /** Bytes as in `BytesLiteral`, with the escapes of wildcards still in it. */
  readonly pattern: string;
  /** True where upper and lower case of ASCII letters differ. */
  readonly isStrict: boolean;
}

export type Comparison =
  | Test
  | Ordering
  | Membership
  | ListMembership
  | BitTest
  | Containment
  | RegexMatch
  | WildcardMatch;

export type Expression = Combination | Negation | Group | Quantifier | Comparison;

/** True for an operand that stands for every element of an array or a map. */
export function isMapped({ indexes }: Operand): boolean {
  return indexes.some(({ kind }) => kind === 'each');
}

/** True for an expression with one answer for each element, which `any` or `all` must reduce to one. */
export function isVector(expression: Expression): boolean {
  if ('parts' in expression) return expression.parts.some(isVector);
  if ('part' in expression) return isVector(expression.part);
  if ('over' in expression) return false;
  if (isMapped(expression.operand)) return true;
  return expression.kind === 'test' && /^(?:Array|Map)/.test(expression.operand.type ?? '');
}

/** Tells operands from the other things that can be an argument. */
export function isOperand(argument: Argument): argument is Operand {
  return argument.kind === 'field' || argument.kind === 'call';
}

export function isLiteral(argument: Argument): argument is Literal {
  return argument.kind === 'int' || argument.kind === 'bytes' || argument.kind === 'ip';
}
