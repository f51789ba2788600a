import { styleText } from 'node:util';
import { Command } from 'commander';
import { type ExitCode, toolVersion } from '../app/app.ts';
import { addApply } from './commands/apply.ts';
import { addDiff } from './commands/diff.ts';
import { addExplain } from './commands/explain.ts';
import { addImport } from './commands/import.ts';
import { addInit } from './commands/init.ts';
import { addPlan } from './commands/plan.ts';
import { addSandbox } from './commands/sandbox.ts';
import { addSchema } from './commands/schema.ts';
import { addTest } from './commands/test.ts';
import { addValidate } from './commands/validate.ts';
import type { Terminal } from './terminal.ts';

/** What a command is handed: the terminal, and the place for its exit code. */
export interface Shell {
  readonly terminal: Terminal;
  readonly exit: (code: ExitCode) => void;
}

const epilogue = `
Environment:
  CLOUDFLARE_API_TOKEN    an API token; or, in its place:
  CLOUDFLARE_EMAIL        the e-mail address of an account, and
  CLOUDFLARE_API_KEY      its global key
  CLOUDFLARE_BASE_URL     another API than Cloudflare's own
  NO_COLOR                no colours

Exit codes:
  0    done, or nothing to do
  1    a problem
  2    changes are waiting (plan, diff --detailed-exitcode)
  3    something was written, something was not
  4    nothing was written: the live state moved
  5    nothing was written: a hazard that nobody allowed
  130  interrupted (143 by SIGTERM)`;

/** The whole command line; parsing it runs the command. Throws CommanderError for a mistake, without a word. */
export function makeProgram(shell: Shell): Command {
  const { terminal } = shell;
  const program = new Command('cf-errors')
    .description('Keeps Cloudflare Custom Errors equal to a YAML file in git.')
    .usage('<command> [options]')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text),
      writeErr: (text) => terminal.warn(text),
      outputError: () => {},
    })
    .configureHelp({
      optionDescription: (option) => option.description,
      argumentDescription: (argument) => argument.description,
      styleTitle: (title) => styleText('bold', title, { validateStream: false }),
    })
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .version(toolVersion, '-V, --version', 'print the version')
    .addHelpText('after', epilogue);
  addInit(program, shell);
  addValidate(program, shell);
  addPlan(program, shell);
  addApply(program, shell);
  addDiff(program, shell);
  addImport(program, shell);
  addExplain(program, shell);
  addTest(program, shell);
  addSandbox(program, shell);
  addSchema(program, shell);
  program
    .command('version')
    .description('Print the version')
    .action(() => terminal.print(`${toolVersion}\n`));
  addHelp(program);
  return program;
}

/** Commander's own answers an unknown command with the help of everything. */
function addHelp(program: Command): void {
  program
    .command('help')
    .description('Print help, of a command or of everything')
    .argument('[command]')
    .action((name?: string) => {
      const found = name === undefined ? program : program.commands.find((one) => one.name() === name);
      if (found !== undefined) found.outputHelp();
      else program.error(`error: unknown command '${name}'`, { code: 'commander.unknownCommand' });
    });
}
