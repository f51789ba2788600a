import type { Command } from 'commander';
import { exitOfProblems, type Validated, validate } from '../../app/app.ts';
import { problemsJson, problemsTerminal } from '../../render/render.ts';
import {
  addOutputOptions,
  addSelectionOptions,
  addTargetOptions,
  formatOption,
  type OutputOptions,
  type SelectionOptions,
  selectionOf,
  settle,
  type TargetOptions,
  targetOf,
} from '../options.ts';
import { guarded } from '../problems.ts';
import type { Shell } from '../program.ts';

interface ValidateOptions extends OutputOptions, SelectionOptions, TargetOptions {
  readonly format: 'terminal' | 'json';
  readonly online?: boolean;
}

export function addValidate(program: Command, shell: Shell): void {
  addOutputOptions(addTargetOptions(addSelectionOptions(program.command('validate'))))
    .description('check the files; offline unless --online')
    .addOption(formatOption('terminal', 'json'))
    .option('--online', "add Cloudflare's own verdict on the rules (dry run)")
    .action(guarded(shell, (options: ValidateOptions) => runValidate(shell, options)));
}

async function runValidate({ terminal, exit }: Shell, options: ValidateOptions): Promise<void> {
  settle(terminal, options);
  const online = options.online || options.sandbox !== undefined ? { online: targetOf(options) } : {};
  const checked = await validate({ selection: selectionOf(options), ...online }, terminal.world);
  const { problems, sources } = checked;
  const look = terminal.look('stdout', sources);
  terminal.print(
    options.format === 'json'
      ? problemsJson(problems, look)
      : `${problemsTerminal(problems, look)}${verdict(checked)}`,
  );
  exit(exitOfProblems(problems));
}

function verdict({ problems, counts }: Validated): string {
  if (counts === undefined || exitOfProblems(problems) !== 0) return '';
  const parts = [
    amount(counts.scopes, 'scope'),
    amount(counts.rules, 'rule'),
    amount(counts.assets, 'asset'),
  ];
  return `Valid: ${parts.join(', ')}.\n`;
}

function amount(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
