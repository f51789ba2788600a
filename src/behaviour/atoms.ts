import {
  type Comparison,
  type Expression,
  evaluate,
  isComputable,
  isOperand,
  print,
  type Quantifier,
} from '../expression/expression.ts';
import type { Formula } from './formula.ts';
import { no, yes } from './formula.ts';
import { type Place, placesOf, rootOf } from './place.ts';
import { type ElementQuestion, elementQuestionOf, type Question, questionOf } from './predicate.ts';
import { walk } from './walk.ts';

/** One condition: a comparison, or `any` or `all` as a whole. Conditions of one text are one atom. */
export interface Atom {
  readonly id: number;
  /** Undefined for a text that cannot be read. */
  readonly condition: Comparison | Quantifier | undefined;
  /** In canonical spelling, if it can be read. */
  readonly text: string;
  /** What is asked of one operand, where that is known; `subject` is the operand's canonical text. */
  readonly question: (Question & { readonly subject: string }) | undefined;
  /** What `any` or `all` asks of every element, where that is known; `subject` as above. */
  readonly elements: (ElementQuestion & { readonly subject: string }) | undefined;
  /** The only place that the answer depends on, by its canonical text and as such, where there is one only. */
  readonly base: { readonly key: string; readonly place: Place } | undefined;
  /** Everything that must be known to answer, by canonical text; empty for what no context can settle. */
  readonly roots: ReadonlyMap<string, Place>;
}

/** All conditions of some expressions. */
export interface Atoms {
  readonly list: readonly Atom[];
  /** The formula of an expression; the same text gives the same atoms. */
  formulaOf(expression: Expression): Formula;
  /** One condition for a whole text that cannot be read. */
  unreadable(text: string): Formula;
}

/** An empty table, which fills as formulas are asked for. */
export function makeAtoms(): Atoms {
  const list: Atom[] = [];
  const known = new Map<string, Formula>();

  const atomFor = (condition: Comparison | Quantifier): Formula => {
    const text = print(condition);
    const before = known.get(text);
    if (before !== undefined) return before;
    const isFresh = changesWithin(text);
    const constant = isFresh ? undefined : constantOf(condition);
    const formula = constant ?? ({ kind: 'atom', atom: list.length } as const);
    if (formula.kind === 'atom') list.push(atomOf(list.length, condition, isFresh));
    if (!isFresh) known.set(text, formula);
    return formula;
  };

  const formulaOf = (expression: Expression): Formula => {
    if (expression.kind === 'group') return formulaOf(expression.part);
    if (expression.kind === 'not') return { kind: 'not', part: formulaOf(expression.part) };
    if (expression.kind === 'and' || expression.kind === 'or' || expression.kind === 'xor') {
      return { kind: expression.kind, parts: expression.parts.map(formulaOf) };
    }
    return atomFor(expression);
  };

  const unreadable = (text: string): Formula => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const formula = { kind: 'atom', atom: list.length } as const;
    list.push({
      id: list.length,
      condition: undefined,
      text,
      question: undefined,
      elements: undefined,
      base: undefined,
      roots: new Map(),
    });
    known.set(text, formula);
    return formula;
  };

  return { list, formulaOf, unreadable };
}

/** Nobody says that two occurrences of these agree within one request. */
function changesWithin(text: string): boolean {
  return /\buuidv4\(|\bcf\.random_seed\b/.test(text);
}

function constantOf(condition: Comparison | Quantifier): Formula | undefined {
  if (placesOf(condition).length > 0) return undefined;
  const { result } = evaluate(condition, {});
  return result === null ? undefined : { kind: 'constant', value: result ? yes : no };
}

function atomOf(id: number, condition: Comparison | Quantifier, isFresh: boolean): Atom {
  const text = print(condition);
  const nothing = { question: undefined, elements: undefined, base: undefined, roots: new Map() };
  if (isFresh) return { id, condition, text, ...nothing };
  const places = placesOf(condition);
  const [only] = places;
  const isOne =
    only !== undefined && places.length === 1 && only.indexes.every(({ kind }) => kind !== 'each');
  const question = 'over' in condition ? undefined : questionOf(condition);
  const elements = 'over' in condition ? elementQuestionOf(condition) : undefined;
  return {
    id,
    condition,
    text,
    question: question && { ...question, subject: print(question.operand) },
    elements: elements && { ...elements, subject: print(elements.operand) },
    base: isOne ? { key: print(only), place: only } : undefined,
    roots: new Map(places.map(rootOf).map((root) => [print(root), root])),
  };
}

/** The answer to a condition in a context, where it can be computed. */
export function truthOf({ condition }: Atom, context: Parameters<typeof evaluate>[1]): boolean | undefined {
  return condition === undefined ? undefined : (evaluate(condition, context).result ?? undefined);
}

/** True for a condition that nobody here can compute, whatever is known of the response. */
export function isOpaque({ condition, text }: Atom): boolean {
  return condition === undefined || changesWithin(text) || !walk(condition).every(isComputable);
}

/** The same condition asked with `eq` in place of `ne`; undefined for every other condition. */
export function equalTwin(atom: Atom): Atom | undefined {
  const { condition } = atom;
  if (condition?.kind !== 'order' || condition.operator !== 'ne' || isOperand(condition.value))
    return undefined;
  return { ...atom, condition: { ...condition, operator: 'eq' } };
}
