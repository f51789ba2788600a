import { codes } from '../problem/codes.ts';
import { type Problem, problem } from '../problem/problem.ts';
import { parse } from './parse.ts';
import type { Fault } from './token.ts';
import type { Plan } from './types.ts';

/** What the checker says of a text. */
export interface Check {
  /** True where Cloudflare is thought to take it: nothing is found, or warnings only. */
  readonly valid: boolean;
  /** The faults as problems without a place, for callers that know no file. */
  readonly problems: readonly Problem[];
  /** The same with their offsets in the text, in order. */
  readonly faults: readonly Fault[];
}

/**
 * Checks an expression offline: grammar, names, types, arguments, limits, and with a plan what it offers. Takes any text;
 * facts that are not confirmed give warnings at most (Cloudflare docs, Rules language; wirefilter).
 */
export function checkExpression(text: string, options: { readonly plan?: Plan } = {}): Check {
  const { faults } = parse(text, options.plan);
  const problems = faults.map(({ from: _from, to: _to, ...said }) => problem(said));
  return { valid: !faults.some(isError), problems, faults };
}

/** True for a fault on account of which Cloudflare is thought to refuse the expression. */
export function isError({ code, severity = codes[code].severity }: Fault): boolean {
  return severity === 'error';
}
