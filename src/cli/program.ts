import { Command } from 'commander';
import { type ExitCode, toolVersion } from '../app/app.ts';
import { addApply } from './commands/apply.ts';
import { addImport } from './commands/import.ts';
import { addInit } from './commands/init.ts';
import { addPlan } from './commands/plan.ts';
import { addSandbox } from './commands/sandbox.ts';
import { addSchema } from './commands/schema.ts';
import { addValidate } from './commands/validate.ts';
import type { Terminal } from './terminal.ts';

/** What a command is handed: the terminal, and the place for its exit code. */
export interface Shell {
  readonly terminal: Terminal;
  readonly exit: (code: ExitCode) => void;
}

const epilogue = `
Environment:
  CLOUDFLARE_API_TOKEN                      an API token (recommended)
  CLOUDFLARE_EMAIL, CLOUDFLARE_API_KEY      the global key, with its e-mail address
  CLOUDFLARE_BASE_URL                       another API than Cloudflare's own
  NO_COLOR                                  no colours

Exit codes:
  0  done, or nothing to do                 4  nothing written: the live state moved
  1  a problem                              5  nothing written: a hazard that nobody allowed
  2  changes are waiting (plan --detailed-exitcode)
  3  something written, something not       130, 143  interrupted`;

/** The whole command line; parsing it runs the command. */
export function makeProgram(terminal: Terminal, exit: (code: ExitCode) => void): Command {
  const shell: Shell = { terminal, exit };
  const program = new Command('cf-errors')
    .description(
      'Keeps Cloudflare Custom Errors equal to a YAML file: validate, plan, review, apply, verify.',
    )
    .exitOverride()
    .configureOutput({ writeOut: terminal.print, writeErr: (text) => terminal.note(text) })
    .showSuggestionAfterError()
    .showHelpAfterError('(see cf-errors --help)')
    .version(toolVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print help, of a command or of everything')
    .addHelpText('after', epilogue);
  addInit(program, shell);
  addValidate(program, shell);
  addPlan(program, shell);
  addApply(program, shell);
  addImport(program, shell);
  addSandbox(program, shell);
  addSchema(program, shell);
  program
    .command('version')
    .description('print the version')
    .action(() => terminal.print(`${toolVersion}\n`));
  return program;
}
