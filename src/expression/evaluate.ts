import {
  type Argument,
  type CallOperand,
  type Combination,
  type Comparison,
  type Expression,
  type FieldOperand,
  type Index,
  type Item,
  isMapped,
  isOperand,
  isVector,
  type Literal,
  type Operand,
  type Ordering,
} from './ast.ts';
import { calls } from './calls.ts';
import {
  type Context,
  compareValues,
  contextValue,
  elementsOf,
  isAddress,
  isArray,
  isMap,
  isValue,
  type Known,
  unknownReason,
  type Value,
} from './context.ts';
import { fields } from './fields.ts';
import { matcherOf } from './regex.ts';
import { isWildcard, matchesWildcard, readWildcard } from './wildcard.ts';

/** `null`: cannot be evaluated here. */
export type Truth = boolean | null;

/** What evaluation runs on, and why some of it could not be evaluated. */
export interface Run {
  readonly context: Context;
  readonly reasons: Set<string>;
}

/** What an expression with one answer gives; and, or and xor as far as their parts are known (Kleene's logic). */
export function answer(expression: Expression, run: Run): Truth {
  if ('parts' in expression) return joined(expression, run);
  if ('part' in expression) {
    const inner = answer(expression.part, run);
    return expression.kind === 'not' ? negated(inner) : inner;
  }
  if ('over' in expression) return reduced(expression.kind, expression.over, run);
  return tested(expression, operandValue(expression.operand, run), run);
}

/** One part may decide alone: nobody needs the others then. */
function joined({ kind, parts: [first, ...others] }: Combination, run: Run): Truth {
  const decisive = kind === 'xor' ? undefined : kind === 'or';
  let all = first === undefined ? null : answer(first, run);
  for (const part of others) {
    if (all === decisive) return all;
    all = joiners[kind](all, answer(part, run));
  }
  return all;
}

const joiners: Readonly<Record<'and' | 'or' | 'xor', (one: Truth, other: Truth) => Truth>> = {
  and: (one, other) =>
    one === false || other === false ? false : one === null || other === null ? null : true,
  or: (one, other) => (one === true || other === true ? true : one === null || other === null ? null : false),
  xor: (one, other) => (one === null || other === null ? null : one !== other),
};

function negated(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

/** An operand without a value makes both false; a comparison of its elements makes `all` true, as of an empty array. */
function reduced(kind: 'any' | 'all', over: Operand | Expression, run: Run): Truth {
  const answers = isOperand(over) ? truthsOf(operandValue(over, run)) : answersOf(over, run);
  if (answers === undefined) return false;
  if (answers === null) return null;
  return answers.reduce(joiners[kind === 'any' ? 'or' : 'and'], kind === 'all');
}

function truthsOf(known: Known): readonly Truth[] | undefined | null {
  return isArray(known) ? known.map((one) => one === true) : isValue(known) ? null : known;
}

/** What an expression gives for each element; null where the elements are not known. */
export function answersOf(expression: Expression, run: Run): readonly Truth[] | null {
  if ('parts' in expression) {
    const all = expression.parts.map((part) => answersOf(part, run));
    return all.reduce((one, other) => zipped(one, other, joiners[expression.kind]));
  }
  if ('part' in expression) {
    const inner = answersOf(expression.part, run);
    return expression.kind === 'not' ? (inner?.map(negated) ?? null) : inner;
  }
  if ('over' in expression) throw new Error(`${expression.kind} has one answer`);
  if (!isMapped(expression.operand)) return truthsOf(operandValue(expression.operand, run) ?? []) ?? null;
  const elements = mappedValues(expression.operand, run);
  return elements === null ? null : (elements ?? []).map((one) => tested(expression, one, run));
}

type Answers = readonly Truth[] | null;

/** Cut to the shorter one, as the engine does (wirefilter `ast/logical_expr.rs`). */
function zipped(one: Answers, other: Answers, join: (a: Truth, b: Truth) => Truth): Answers {
  if (one === null || other === null) return null;
  return one.slice(0, other.length).map((truth, at) => join(truth, other[at] ?? null));
}

/** What an operand stands for; for each element where it is mapped. */
export function operandValue(operand: Operand, run: Run): Known {
  if (isMapped(operand)) return mappedValues(operand, run);
  return operand.indexes.reduce<Known>(step, baseOf(operand, run));
}

function step(known: Known, index: Index): Known {
  if (index.kind === 'position')
    return isArray(known) ? known[index.position] : isValue(known) ? null : known;
  if (index.kind === 'key') return isMap(known) ? known.get(index.key) : isValue(known) ? null : known;
  throw new Error('[*] leads to several values');
}

/** Undefined where the whole thing has no value; an element that has none is left out. */
function mappedValues(operand: Operand, run: Run): readonly Value[] | undefined | null {
  const base = baseOf(operand, run);
  const first = operand.indexes.findIndex(({ kind }) => kind === 'each');
  const container = operand.indexes.slice(0, first).reduce<Known>(step, base);
  if (!isValue(container)) return container;
  let values: readonly Value[] = elementsOf(container);
  for (const index of operand.indexes.slice(first + 1)) {
    const next = index.kind === 'each' ? values.flatMap(elementsOf) : values.map((one) => step(one, index));
    if (next.includes(null)) return null;
    values = next.filter(isValue);
  }
  return values;
}

function baseOf(operand: Operand, run: Run): Known {
  return operand.kind === 'field' ? fieldValue(operand, run) : callValue(operand, run);
}

function fieldValue({ name }: FieldOperand, { context, reasons }: Run): Known {
  const field = fields.get(name);
  if (typeof field?.always === 'boolean') return field.always;
  if (field === undefined) {
    reasons.add(`the field "${name}" is not known`);
    return null;
  }
  const given = Object.hasOwn(context, name) ? context[name] : undefined;
  const value = contextValue(given, field.type);
  if (value === null) {
    reasons.add(unknownReason(given) ?? `the value given for "${name}" is not of type ${field.type}`);
  }
  return value;
}

function callValue({ name, arguments: given }: CallOperand, run: Run): Known {
  const call = calls.get(name);
  if (call === undefined) {
    run.reasons.add(`what ${name}() gives cannot be computed here`);
    return null;
  }
  const computed = (values: readonly Known[]): Known => {
    const result = values.includes(null) ? null : call(values);
    if (result === null) run.reasons.add(`what ${name}() gives here is not known`);
    return result;
  };
  const [first, ...others] = given;
  const rest = others.map((one) => argumentValue(one, run));
  if (first === undefined) return computed([]);
  if (!isOperand(first) || !isMapped(first)) return computed([argumentValue(first, run), ...rest]);
  const results = mappedValues(first, run)?.map((one) => computed([one, ...rest]));
  if (results === undefined) return mappedValues(first, run) === null ? null : undefined;
  return results.includes(null) ? null : results.filter(isValue);
}

function argumentValue(argument: Argument, run: Run): Known {
  if (isOperand(argument)) return operandValue(argument, run);
  if (argument.kind === 'int' || argument.kind === 'bytes' || argument.kind === 'ip')
    return literalValue(argument);
  if (!isVector(argument)) return answer(argument, run);
  const answers = answersOf(argument, run);
  return answers?.every((one) => one !== null) ? answers : null;
}

function literalValue(literal: Literal): Value {
  if (literal.kind === 'int') return literal.value;
  return literal.kind === 'bytes' ? literal.bytes : literal.address;
}

/** What a comparison says of one value. Without a value it is false, whatever the operator (Cloudflare docs). */
function tested(comparison: Comparison, known: Known, run: Run): Truth {
  if (known === undefined) return false;
  if (comparison.kind === 'in-list') run.reasons.add(`what the list $${comparison.list} holds is not known`);
  if (known === null) return null;
  switch (comparison.kind) {
    case 'test':
      return typeof known === 'boolean' ? known : null;
    case 'order':
      return ordered(comparison, known, run);
    case 'in':
      return comparison.items.some((item) => holds(item, known));
    case 'in-list':
      return null;
    case 'bits':
      return typeof known === 'bigint' ? (known & comparison.mask) !== 0n : null;
    default:
      return typeof known === 'string' ? matched(comparison, known, run) : null;
  }
}

function ordered({ operator, value }: Ordering, known: Value, run: Run): Truth {
  const isDynamic = value.kind === 'field' || value.kind === 'call';
  const other = isDynamic ? operandValue(value, run) : literalValue(value);
  if (other === undefined) run.reasons.add('what a comparison with a missing value gives is not documented');
  if (!isValue(other) || typeof other !== typeof known || isArray(other)) return null;
  const place = compareValues(known, other);
  if (place === undefined) return operator === 'ne';
  return orders[operator](place);
}

const orders: Readonly<Record<Ordering['operator'], (place: number) => boolean>> = {
  eq: (place) => place === 0,
  ne: (place) => place !== 0,
  lt: (place) => place < 0,
  le: (place) => place <= 0,
  gt: (place) => place > 0,
  ge: (place) => place >= 0,
};

function holds(item: Item, value: Value): boolean {
  if (item.kind === 'bytes') return item.bytes === value;
  if (item.kind === 'ints') return typeof value === 'bigint' && item.first <= value && value <= item.last;
  const { version, first, last } = item.range;
  return isAddress(value) && value.version === version && first <= value.value && value.value <= last;
}

type TextTest = Extract<Comparison, { kind: 'contains' | 'matches' | 'wildcard' }>;

function matched(comparison: TextTest, bytes: string, run: Run): Truth {
  if (comparison.kind === 'contains') return bytes.includes(comparison.bytes);
  if (comparison.kind === 'wildcard') {
    const wildcard = readWildcard(comparison.pattern);
    return isWildcard(wildcard) ? matchesWildcard(wildcard, bytes, comparison.isStrict) : null;
  }
  const matcher = matcherOf(comparison);
  if ('matches' in matcher) return matcher.matches(bytes);
  run.reasons.add(`a regular expression cannot be evaluated here: ${matcher.opaque}`);
  return null;
}
