import { CommanderError } from 'commander';
import { makeProgram } from './program.ts';
import { openTerminal } from './terminal.ts';

/**
 * Runs one command line to its end and answers its exit code. Whatever is not a problem of the user's is a bug: it is
 * thrown on, with its stack.
 */
export async function run(host: NodeJS.Process): Promise<number> {
  const terminal = openTerminal(host);
  let exitCode = 0;
  const program = makeProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(host.argv.slice(2), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has said what is wrong; help and version end with 0.
    exitCode = error.exitCode;
  } finally {
    terminal.close();
  }
  return exitCode;
}
