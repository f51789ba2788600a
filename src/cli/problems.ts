import { exitOfProblems } from '../app/app.ts';
import { type Problem, ProblemError } from '../problem/problem.ts';
import { problemsJson, problemsTerminal } from '../render/render.ts';
import type { Shell } from './program.ts';
import type { Terminal } from './terminal.ts';

const noSources: ReadonlyMap<string, string> = new Map();

/** Says problems on stderr, beside a result; never silenced, since each of them is for the user to act on. */
export function noteProblems(
  terminal: Terminal,
  problems: readonly Problem[],
  sources: ReadonlyMap<string, string> = noSources,
): void {
  if (problems.length > 0) terminal.warn(problemsTerminal(problems, terminal.look('stderr', sources)));
}

/** Where a command ends in problems alone: they are its result, in the format that was asked for. */
export function endInProblems(
  { terminal, exit }: Shell,
  {
    problems,
    sources = noSources,
    format,
  }: { problems: readonly Problem[]; sources?: ReadonlyMap<string, string>; format: string },
): void {
  if (format === 'json') terminal.print(problemsJson(problems, terminal.look('stdout', sources)));
  else noteProblems(terminal, problems, sources);
  exit(exitOfProblems(problems));
}

/** Wraps a command's action: what it throws as a problem is said like any other. */
export function guarded<A extends readonly unknown[]>(
  shell: Shell,
  action: (...args: A) => Promise<void>,
): (...args: A) => Promise<void> {
  return async (...args) => {
    try {
      await action(...args);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      noteProblems(shell.terminal, error.problems);
      shell.exit(1);
    }
  };
}
