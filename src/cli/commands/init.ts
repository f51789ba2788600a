import type { Command } from 'commander';
import { init } from '../../app/app.ts';
import { addOutputOptions, type OutputOptions, settle } from '../options.ts';
import { guarded } from '../problems.ts';
import type { Shell } from '../program.ts';

export function addInit(program: Command, shell: Shell): void {
  addOutputOptions(program.command('init'))
    .description('write a commented starter file and its schema')
    .argument('[directory]', 'where to', '.')
    .action(
      guarded(shell, (directory: string, options: OutputOptions) => runInit(shell, directory, options)),
    );
}

async function runInit({ terminal }: Shell, directory: string, options: OutputOptions): Promise<void> {
  settle(terminal, options);
  const paths = await init({ directory }, terminal.world);
  terminal.print(paths.map((path) => `wrote ${path}\n`).join(''));
  terminal.note(
    'Next: put your zone in place of example.com, then run "cf-errors plan" (or "cf-errors plan --sandbox").\n',
  );
}
