import { once } from 'node:events';
import { type Command, InvalidArgumentError } from 'commander';
import { hostSandbox } from '../../app/app.ts';
import { addOutputOptions, gather, type OutputOptions, settle } from '../options.ts';
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
  addOutputOptions(program.command('sandbox'))
    .description('run an embedded Cloudflare API on loopback until interrupted')
    .option('--port <n>', 'the port to listen on, 0 for a free one', portNumber, 8787)
    .option('--state <file>', 'keep the state in this file; without it, in memory')
    .option('--pages <dir>', "where assets' pages of other hosts are found: <dir>/<host>/<path>")
    .option('--zone <name>', 'a zone that exists; repeatable', gather, [])
    .option('--account <name>', 'an account that exists; zones belong to the first; repeatable', gather, [])
    .action(guarded(shell, (options: SandboxOptions) => runSandbox(shell, options)));
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('It must be a port number, 0 to 65535.');
  }
  return port;
}

async function runSandbox({ terminal }: Shell, options: SandboxOptions): Promise<void> {
  settle(terminal, options);
  const { signal } = terminal.world;
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
  terminal.note(
    `Use it from another terminal:\n  export CLOUDFLARE_BASE_URL=${sandbox.baseUrl} CLOUDFLARE_API_TOKEN=sandbox\nCtrl-C ends it.\n`,
  );
  if (signal !== undefined && !signal.aborted) await once(signal, 'abort');
  await sandbox.close();
}
