import type { Command } from 'commander';
import { init } from '../../app/app.ts';
import { addOutputOptions, type OutputOptions } from '../options.ts';
import { guarded } from '../problems.ts';
import type { Shell } from '../program.ts';

export function addInit(program: Command, shell: Shell): void {
  const command = program
    .command('init')
    .description('Write a commented starter file and its schema')
    .argument('[directory]', 'where to; without it, here');
  addOutputOptions(command);
  command.action(guarded(shell, (_options: OutputOptions, [directory = '.']) => runInit(shell, directory)));
}

async function runInit({ terminal }: Shell, directory: string): Promise<void> {
  const paths = await init({ directory }, terminal.world);
  terminal.print(paths.map((path) => `wrote ${path}\n`).join(''));
  terminal.note(
    `Next: put your zone in place of example.com, then run "cf-errors plan", or "cf-errors plan --sandbox" to try it.\n`,
  );
}
