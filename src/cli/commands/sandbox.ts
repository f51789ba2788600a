import { type Command, InvalidArgumentError } from 'commander';
import { hostSandbox } from '../../app/app.ts';
import { addExamples, addOutputOptions, gather, type OutputOptions } from '../options.ts';
import { guarded } from '../problems.ts';
import type { Shell } from '../program.ts';

interface SandboxOptions extends OutputOptions {
  readonly port: number;
  readonly state?: string;
  readonly pages?: string;
  readonly zone: readonly string[];
  readonly account: readonly string[];
}

export function addSandbox(program: Command, shell: Shell): void {
  const command = program
    .command('sandbox')
    .description('Run an embedded Cloudflare API on loopback')
    .optionsGroup('What it holds:')
    .option('--zone <name>', 'a zone that exists; repeatable', gather, [])
    .option('--account <name>', 'an account that exists, the first with the zones; repeatable', gather, [])
    .option('--state <file>', 'keep the state in this file; without it, in memory')
    .option('--pages <dir>', 'pages of assets, as <dir>/<host>/<path>')
    .optionsGroup('Where it listens:')
    .option('--port <n>', 'on this port of 127.0.0.1, 0 for a free one (8787)', portNumber, 8787);
  addOutputOptions(command);
  command.action(guarded(shell, (options: SandboxOptions) => runSandbox(shell, options)));
  addExamples(command, [
    'cf-errors sandbox --zone example.com --state sandbox.json --pages pages',
    'cf-errors plan --sandbox=sandbox.json        the same state, no server',
  ]);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('It must be a port number, 0 to 65535.');
  }
  return port;
}

async function runSandbox({ terminal }: Shell, options: SandboxOptions): Promise<void> {
  const sandbox = await hostSandbox(
    {
      port: options.port,
      zones: options.zone,
      accounts: options.account,
      ...(options.state === undefined ? {} : { stateFile: options.state }),
      ...(options.pages === undefined ? {} : { pagesDir: options.pages }),
    },
    terminal.world,
  );
  terminal.print(`SANDBOX  listening on ${sandbox.baseUrl}\n`);
  terminal.note(`Use it from another terminal (any token will do):
  export CLOUDFLARE_BASE_URL=${sandbox.baseUrl} CLOUDFLARE_API_TOKEN=sandbox
Ctrl-C ends it.
`);
  await terminal.stopped();
  await sandbox.close();
}
