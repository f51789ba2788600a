import { codes, type ProblemCode } from './codes.ts';
import { withoutTokens } from './tokens.ts';

export type { ProblemCode } from './codes.ts';

/**
 * A place in a text file: 1-based lines and columns, columns counted in characters (Unicode code points),
 * the end exclusive. `file` is the path as the user gave it, `<stdin>` for standard input.
 */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * `error`: the command cannot go on. `hazard`: a plan may be shown, but apply stops before its first write
 * unless the code is allowed. `warning`: said, and nothing else.
 */
export type Severity = 'error' | 'hazard' | 'warning';

/** A second place that helps to understand a problem, such as the first of two definitions. */
export interface Note {
  readonly message: string;
  readonly span?: Span;
}

/**
 * Everything that a user can act on. `message` is one plain sentence without a full stop at its end; `hint`
 * says what to do next; `scope` is the label of the scope it belongs to, such as `zone example.com`.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly message: string;
  readonly span?: Span;
  readonly hint?: string;
  readonly notes?: readonly Note[];
  readonly scope?: string;
}

/** What a caller says of a problem; the severity comes from the table of codes unless it is given. */
export type ProblemInput = Omit<Problem, 'severity'> & { readonly severity?: Severity };

/** Receives the problems of one stage; a stage is handed one and never throws what a user did wrong. */
export type Report = (input: ProblemInput) => void;

/** The result of a stage: a value that can be used, or undefined beside at least one error. */
export interface Checked<T> {
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Completes a problem with the severity that the table of codes gives it. Whatever looks like a token is taken out of
 * its words: every problem is made here, whoever said what it quotes.
 */
export function problem(input: ProblemInput): Problem {
  const { code, message, hint, notes, scope } = input;
  return {
    severity: codes[code].severity,
    ...input,
    message: withoutTokens(message),
    ...(hint === undefined ? {} : { hint: withoutTokens(hint) }),
    ...(notes === undefined
      ? {}
      : { notes: notes.map((note) => ({ ...note, message: withoutTokens(note.message) })) }),
    ...(scope === undefined ? {} : { scope: withoutTokens(scope) }),
  };
}

/** True when at least one problem keeps the command from going on. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((one) => one.severity === 'error');
}

/** Carries problems out of the places that touch the world (files, HTTP); nothing else throws a Problem. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[];

  constructor(...problems: readonly ProblemInput[]) {
    const complete = problems.map(problem);
    super(complete.map((one) => `${one.message} [${one.code}]`).join('; '));
    this.name = 'ProblemError';
    this.problems = complete;
  }
}

/**
 * `refused`: Cloudflare said no, nothing was written. `unknown`: the answer was lost; it may have been written. `held`: it
 * had to pause, and so it was not sent: what it rests on may have changed meanwhile.
 */
export type Fate = 'refused' | 'unknown' | 'held';

/** A write that failed. */
export class WriteError extends ProblemError {
  readonly fate: Fate;

  constructor(fate: Fate, ...problems: readonly ProblemInput[]) {
    super(...problems);
    this.name = 'WriteError';
    this.fate = fate;
  }
}
