import type { Problem, ProblemCode } from '../problem/problem.ts';

/** A problem that somebody looked at and accepts: everywhere, or in one scope. */
export interface Allowance {
  readonly code: ProblemCode;
  /** A scope's name, its id, or its label such as `zone example.com`. */
  readonly scope?: string;
}

/** The allowance of a code that holds for a scope of these names; letter case of scopes counts for nothing. */
export function findAllowance(
  allow: readonly Allowance[],
  code: ProblemCode,
  names: readonly string[],
): Allowance | undefined {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return allow.find(
    (one) => one.code === code && (one.scope === undefined || known.has(one.scope.toLowerCase())),
  );
}

/** A problem that an allowance lets pass: a warning that says so. */
export function allowed(problem: Problem, allowance: Allowance): Problem {
  const what = problem.severity === 'hazard' ? 'a hazard' : 'an error';
  return {
    ...problem,
    severity: 'warning',
    message: `${problem.message} (allowed)`,
    hint: `this is ${what}, allowed here by --allow ${allowanceText(allowance)}`,
  };
}

/** An allowance as it is typed in a shell. */
export function allowanceText({ code, scope }: Allowance): string {
  const text = scope === undefined ? code : `${code}@${scope}`;
  return /^[\w./@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
