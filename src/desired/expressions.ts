import { type LocatedText, notesOf, spanWithin } from '../config/config.ts';
import { type Fault, type Parsed, parse } from '../expression/expression.ts';
import type { Report } from '../problem/problem.ts';
import { errorTypes } from './lints/error-type.ts';
import { impossibleStatuses } from './lints/status.ts';

/** Reads expressions and finds what is wrong or odd about them; lists that many zones share are read once. */
export type ReadExpression = (text: string) => Parsed;

/** A reader that remembers every text that it has read. */
export function expressionReader(): ReadExpression {
  const known = new Map<string, Parsed>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const { tree, faults } = parse(text);
    const lints: Fault[] = tree === undefined ? [] : [...impossibleStatuses(tree), ...errorTypes(tree)];
    const read = { tree, faults: [...faults, ...lints] };
    known.set(text, read);
    return read;
  };
}

/** Reports every fault at its own place in the file. */
export function reportFaults(expression: LocatedText, faults: readonly Fault[], report: Report): void {
  for (const { from, to, ...fault } of faults) {
    report({ ...fault, span: spanWithin(expression, from, to), ...notesOf(expression) });
  }
}
