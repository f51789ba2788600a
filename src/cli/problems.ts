import type { Command } from 'commander';
import { exitOfProblems } from '../app/app.ts';
import { type Problem, ProblemError, problem } from '../problem/problem.ts';
import { problemsJson, problemsTerminal } from '../render/render.ts';
import { type CommonOptions, settle } from './options.ts';
import type { Shell } from './program.ts';
import type { Terminal } from './terminal.ts';

const noSources: ReadonlyMap<string, string> = new Map();

/** Says problems on stderr, beside a result; never silenced, since each of them is for the user to act on. */
export function noteProblems(
  terminal: Terminal,
  problems: readonly Problem[],
  sources: ReadonlyMap<string, string> = noSources,
): void {
  terminal.warn(problemsTerminal(problems, terminal.look('stderr', sources)));
}

/** Said in place of whatever else an interrupted command came to, as long as it wrote nothing. */
export const interrupted = problem({
  code: 'cli/interrupted',
  message: 'interrupted before anything was written',
  hint: 'run it again when it suits',
});

/** What a command ends with that has no other result. */
export interface Ending {
  readonly problems: readonly Problem[];
  readonly sources?: ReadonlyMap<string, string>;
  readonly format: string | undefined;
}

/** Where a command ends in problems alone: said on stderr, or the document on stdout where JSON was asked for. */
export function endInProblems({ terminal, exit }: Shell, { problems, sources, format }: Ending): void {
  if (format === 'json') terminal.print(problemsJson(problems, terminal.documentLook(noSources)));
  else noteProblems(terminal, problems, sources);
  exit(exitOfProblems(problems));
}

/** Makes the action of a command: hands it its options and arguments; what it throws as a problem is its ending. */
export function guarded<O extends CommonOptions>(
  shell: Shell,
  action: (options: O, args: readonly string[]) => Promise<void>,
): (this: Command) => Promise<void> {
  return async function () {
    const options = this.opts<O>();
    try {
      settle(shell.terminal, options);
      await action(options, this.args);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      endInProblems(shell, { problems: error.problems, format: options.format });
    }
  };
}
