import { CommanderError } from 'commander';
import { type Problem, problem } from '../problem/problem.ts';
import { hidden, withoutTokens } from '../problem/tokens.ts';
import { endInProblems, noteProblems } from './problems.ts';
import { makeProgram, type Shell } from './program.ts';
import { openTerminal } from './terminal.ts';
import { askedFormat, usageProblem } from './usage.ts';

/** Runs one command line to its end and answers its exit code; a bug is reported with its stack and answers 1. */
export async function run(host: NodeJS.Process): Promise<number> {
  const terminal = openTerminal(host);
  const args = host.argv.slice(2);
  let exitCode = 0;
  const shell: Shell = {
    terminal,
    exit: (code) => {
      exitCode = code;
    },
  };
  try {
    await makeProgram(shell).parseAsync(args, { from: 'user' });
  } catch (error) {
    exitCode = 1;
    if (!(error instanceof CommanderError)) terminal.warn(bugReport(error, host.env));
    else if (isHelp(error)) exitCode = error.exitCode;
    else endInProblems(shell, { problems: [usageProblem(error)], format: askedFormat(args) });
  }
  const trouble = await terminal.close();
  if (trouble !== undefined) {
    exitCode ||= 1;
    noteProblems(terminal, [outputLost(trouble)]);
  }
  return terminal.interruption() ?? exitCode;
}

function outputLost(why: string): Problem {
  return problem({
    code: 'cli/output-lost',
    message: `the result could not be written to standard output: ${why}`,
    hint: 'what the command did is done; only the report of it is missing',
  });
}

/** Commander ends help and version this way too, when it has printed them. */
function isHelp({ code }: CommanderError): boolean {
  return ['commander.help', 'commander.helpDisplayed', 'commander.version'].includes(code);
}

const secrets = ['CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_API_KEY'];

function bugReport(error: unknown, env: NodeJS.ProcessEnv): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const values = secrets.map((name) => env[name]?.trim() ?? '').filter((value) => value !== '');
  const masked = values.reduce((text, value) => text.replaceAll(value, hidden), stack);
  return `${withoutTokens(masked)}\n\nThis is a bug in cf-errors. Please report it with the lines above and the command that you ran.\n`;
}
