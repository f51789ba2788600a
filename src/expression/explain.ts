import { type Expression, isVector, type Operand } from './ast.ts';
import { isError } from './check.ts';
import { type Context, printValue } from './context.ts';
import { answer, answersOf, operandValue, type Run, type Truth } from './evaluate.ts';
import { parse } from './parse.ts';

/** The answer for one context; `null` with the reason where it cannot be evaluated. */
export interface Evaluation {
  readonly result: Truth;
  readonly reason?: string;
}

/**
 * What an expression gives for one request and its response. `null`: it is not valid, or something in it cannot be computed
 * here, and the answer depends on that; it is never guessed.
 */
export function evaluateExpression(text: string, context: Context): Evaluation {
  const { tree, faults } = parse(text);
  const wrong = faults.find(isError);
  if (tree !== undefined && wrong === undefined) return evaluate(tree, context);
  return { result: null, reason: `the expression is not valid: ${wrong?.message ?? 'it cannot be read'}` };
}

/** The same for a tree that `parse` gave. */
export function evaluate(tree: Expression, context: Context): Evaluation {
  const run: Run = { context, reasons: new Set() };
  const result = isVector(tree) ? null : answer(tree, run);
  if (result !== null) return { result };
  return { result, reason: [...run.reasons].join('; ') || 'it does not have one answer' };
}

/** An expression with its answer and those of its parts, for a reader who wants to know which part decided. */
export interface Explanation extends Evaluation {
  readonly expression: Expression;
  /** What the operand of a comparison was, as `printValue` writes it. */
  readonly value?: string;
  /** The answers for the elements, inside `any` and `all`. */
  readonly answers?: readonly Truth[];
  readonly parts: readonly Explanation[];
}

/** Evaluates a tree and every part of it down to the comparisons. */
export function explain(tree: Expression, context: Context): Explanation {
  const run: Run = { context, reasons: new Set() };
  const isMany = isVector(tree);
  const answers = isMany ? (answersOf(tree, run) ?? undefined) : undefined;
  const result = isMany ? null : answer(tree, run);
  const value = 'operand' in tree ? printValue(operandValue(tree.operand, run)) : undefined;
  const reason = [...run.reasons].join('; ');
  return {
    expression: tree,
    result,
    ...(reason === '' || (result !== null && !isMany) ? {} : { reason }),
    ...(value === undefined ? {} : { value }),
    ...(answers === undefined ? {} : { answers }),
    parts: partsOf(tree).map((part) => explain(part, context)),
  };
}

/** What an operand is in a context, as `printValue` writes it. */
export function printOperandValue(operand: Operand, context: Context): string {
  return printValue(operandValue(operand, { context, reasons: new Set() }));
}

function partsOf(tree: Expression): readonly Expression[] {
  if ('parts' in tree) return tree.parts;
  if ('part' in tree) return [tree.part];
  if (!('over' in tree) || tree.over.kind === 'field' || tree.over.kind === 'call') return [];
  return [tree.over];
}
