import type {
  Address,
  Comparison,
  Expression,
  Item,
  Literal,
  Operand,
  Quantifier,
} from '../expression/expression.ts';
import { isMapped, isOperand } from '../expression/expression.ts';
import { literalOf, type Pattern, patternOf, plainRegex, wildcardTexts } from './pattern.ts';

/** Whole numbers from the first to the last, both included; addresses are numbers too, see `pointOf`. */
export interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/** What a comparison asks of one value that is there. `opaque`: only an evaluator can tell. */
export type Predicate =
  | { readonly kind: 'truth' }
  | { readonly kind: 'ranges'; readonly ranges: readonly Range[]; readonly isNegated: boolean }
  | { readonly kind: 'patterns'; readonly patterns: readonly Pattern[]; readonly isNegated: boolean }
  | { readonly kind: 'order'; readonly operator: 'lt' | 'le' | 'gt' | 'ge'; readonly bytes: string }
  | { readonly kind: 'opaque' };

/** A comparison as a question about one operand. */
export interface Question {
  readonly operand: Operand;
  readonly predicate: Predicate;
}

/** The two ends of all integers of the Rules language (64 bits). */
export const integers: Range = { first: -(2n ** 63n), last: 2n ** 63n - 1n };

/** Both families of addresses lie on one line, IPv4 first, with a gap between them that no range touches. */
const families = {
  4: { first: 0n, last: 2n ** 32n - 1n },
  6: { first: 2n ** 33n, last: 2n ** 33n + 2n ** 128n - 1n },
};

/** All addresses, as ranges of points. */
export const addresses: readonly Range[] = [families[4], families[6]];

export function pointOf({ version, value }: Address): bigint {
  return families[version].first + value;
}

/** The address at a point that lies in one of the ranges of `addresses`. */
export function addressAt(point: bigint): Address {
  const version = point < families[6].first ? 4 : 6;
  return { version, value: point - families[version].first };
}

/**
 * What a comparison asks, and of what: `starts_with(f, "x")` and `lower(f) eq "x"` are questions about `f` that a
 * pattern answers. Undefined where the right-hand side is no value written out.
 */
export function questionOf(comparison: Comparison): Question | undefined {
  const predicate = predicateOf(comparison);
  if (predicate === undefined) return undefined;
  const { operand } = comparison;
  if (predicate.kind === 'patterns') return withoutCase(ofWhole({ operand, predicate }));
  if (predicate.kind !== 'truth' || operand.kind !== 'call') return { operand, predicate };
  return affix(operand) ?? { operand, predicate };
}

/** What `any` or `all` asks of every element of an operand. */
export interface ElementQuestion extends Question {
  readonly kind: 'any' | 'all';
  /** True for a call that stands there by itself, which is false where there is nothing to call it with. */
  readonly isBare: boolean;
}

/** The question behind `any` or `all`; undefined where it is none about one value after the other. */
export function elementQuestionOf({ kind, over }: Quantifier): ElementQuestion | undefined {
  const isBare = isOperand(over);
  const { from, to } = over;
  let comparison: Expression = isBare ? { kind: 'test', operand: over, from, to } : over;
  let isNegated = false;
  while ('part' in comparison) {
    if (comparison.kind === 'not') isNegated = !isNegated;
    comparison = comparison.part;
  }
  if (!('operand' in comparison)) return undefined;
  const question = questionOf({ ...comparison, operand: withoutStar(comparison.operand) });
  if (question === undefined || !('isNegated' in question.predicate)) return undefined;
  // An element is there, so what is not true of it is false of it.
  const predicate = { ...question.predicate, isNegated: question.predicate.isNegated !== isNegated };
  return { ...question, predicate, kind, isBare };
}

/** `lower(f[*])[*]` as the same call of one element. */
function withoutStar(operand: Operand): Operand {
  if (operand.kind !== 'call' || operand.indexes.length !== 1 || operand.indexes[0]?.kind !== 'each')
    return operand;
  const [first] = operand.arguments;
  const isEach = first !== undefined && isOperand(first) && isMapped(first);
  return isEach ? { ...operand, indexes: [] } : operand;
}

function predicateOf(comparison: Comparison): Predicate | undefined {
  switch (comparison.kind) {
    case 'test':
      return { kind: 'truth' };
    case 'order':
      return isOperand(comparison.value) ? undefined : ordering(comparison.operator, comparison.value);
    case 'in':
      return membership(comparison.items);
    case 'contains':
      return oneOf([{ texts: ['', comparison.bytes, ''], isStrict: true }]);
    case 'wildcard':
      return oneOf([patternOf(wildcardTexts(comparison.pattern), comparison.isStrict)]);
    case 'matches': {
      const plain = plainRegex(comparison.pattern);
      return plain === undefined ? { kind: 'opaque' } : oneOf([plain]);
    }
    default:
      return { kind: 'opaque' };
  }
}

function oneOf(patterns: readonly Pattern[], isNegated = false): Predicate {
  return { kind: 'patterns', patterns, isNegated };
}

type Operator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';

function ordering(operator: Operator, value: Literal): Predicate {
  const isNegated = operator === 'ne';
  if (value.kind === 'int')
    return { kind: 'ranges', ranges: [bounds(operator, value.value, integers)], isNegated };
  if (value.kind === 'ip') {
    const ranges = [bounds(operator, pointOf(value.address), families[value.address.version])];
    return { kind: 'ranges', ranges, isNegated };
  }
  if (operator !== 'eq' && operator !== 'ne') return { kind: 'order', operator, bytes: value.bytes };
  return oneOf([{ texts: [value.bytes], isStrict: true }], isNegated);
}

function bounds(operator: Operator, at: bigint, { first, last }: Range): Range {
  switch (operator) {
    case 'lt':
      return { first, last: at - 1n };
    case 'le':
      return { first, last: at };
    case 'gt':
      return { first: at + 1n, last };
    case 'ge':
      return { first: at, last };
    default:
      return { first: at, last: at };
  }
}

function membership(items: readonly Item[]): Predicate {
  const [first] = items;
  if (first?.kind === 'bytes' || first === undefined) {
    return oneOf(
      items.flatMap((item) => (item.kind === 'bytes' ? [{ texts: [item.bytes], isStrict: true }] : [])),
    );
  }
  const ranges = items.flatMap((item): Range[] => {
    if (item.kind === 'ints') return [item];
    if (item.kind === 'bytes') return [];
    const { version, first: from, last: to } = item.range;
    return [{ first: pointOf({ version, value: from }), last: pointOf({ version, value: to }) }];
  });
  return { kind: 'ranges', ranges, isNegated: false };
}

/** `starts_with` and `ends_with` with a text written out. */
function affix(call: Extract<Operand, { kind: 'call' }>): Question | undefined {
  const [operand, text] = call.arguments;
  if (operand === undefined || text?.kind !== 'bytes' || !isOperand(operand) || call.indexes.length > 0)
    return undefined;
  const texts = { starts_with: [text.bytes, ''], ends_with: ['', text.bytes] }[call.name];
  if (texts === undefined) return undefined;
  return withoutCase({
    operand,
    predicate: { kind: 'patterns', patterns: [{ texts, isStrict: true }], isNegated: false },
  });
}

/** What is asked of the first or the last bytes of a string is asked of the string by its start or its end. */
function ofWhole(question: PatternQuestion): PatternQuestion {
  const { operand, predicate } = question;
  if (operand.kind !== 'call' || operand.name !== 'substring' || operand.indexes.length > 0) return question;
  const [inner, from, to] = operand.arguments;
  const texts = predicate.patterns.map(literalOf).filter((text) => text !== undefined);
  if (inner === undefined || !isOperand(inner) || from?.kind !== 'int') return question;
  if (texts.length < predicate.patterns.length) return question;
  const isHead = from.value === 0n && to?.kind === 'int' && to.value > 0n;
  const isTail = from.value < 0n && to === undefined;
  if (!isHead && !isTail) return question;
  const length = Number(isHead ? to.value : -from.value);
  const patterns = texts
    .filter((text) => text.length <= length)
    .map((text): Pattern => {
      const whole = text.length < length ? [text] : isHead ? [text, ''] : ['', text];
      return { texts: whole, isStrict: true };
    });
  return { operand: inner, predicate: { ...predicate, patterns } };
}

type PatternQuestion = Question & { readonly predicate: Extract<Predicate, { kind: 'patterns' }> };

/** What is asked of `lower(f)` is asked of `f` by a pattern for which case does not count. */
function withoutCase(question: PatternQuestion): Question {
  const { operand, predicate } = question;
  if (operand.kind !== 'call' || operand.indexes.length > 0) return question;
  const wrong = { lower: /[A-Z]/, upper: /[a-z]/ }[operand.name];
  const [inner] = operand.arguments;
  if (wrong === undefined || inner === undefined || !isOperand(inner)) return question;
  const possible = predicate.patterns.filter(
    ({ texts, isStrict }) => !isStrict || !wrong.test(texts.join('')),
  );
  const patterns = possible.map(({ texts }) => patternOf(texts, false));
  return withoutCase({ operand: inner, predicate: { ...predicate, patterns } });
}
