import type { Command } from 'commander';
import { init } from '../../app/app.ts';
import { addOutputOptions, type OutputOptions } from '../options.ts';
import { guarded } from '../problems.ts';
import type { Shell } from '../program.ts';

export function addInit(program: Command, shell: Shell): void {
  const command = program
    .command('init')
    .description('Write a commented starter file and its schema')
    .argument('[directory]', 'where to; without it, here')
    .option('--github', 'a GitHub workflow as well');
  addOutputOptions(command);
  command.action(
    guarded(shell, (options: InitOptions, [directory = '.']) => runInit(shell, options, directory)),
  );
}

interface InitOptions extends OutputOptions {
  readonly github?: boolean;
}

async function runInit(
  { terminal }: Shell,
  { github = false }: InitOptions,
  directory: string,
): Promise<void> {
  const paths = await init({ directory, github }, terminal.world);
  terminal.print(paths.map((path) => `wrote ${path}\n`).join(''));
  if (paths.some((path) => path.endsWith('custom-errors.yaml')))
    terminal.note(
      `Next: put your zone in place of example.com, then run "cf-errors plan", or "cf-errors plan --sandbox" to try it.\n`,
    );
  if (github)
    terminal.note(
      'Next: the first lines of the workflow say what to put in it, and which secrets it needs.\n',
    );
}
