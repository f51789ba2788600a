import type { Command } from 'commander';
import { exitOfProblems, importScopes } from '../../app/app.ts';
import type { Imported } from '../../model/imported.ts';
import { importJson } from '../../render/render.ts';
import {
  addOutputOptions,
  addTargetOptions,
  formatOption,
  gather,
  type OutputOptions,
  settle,
  type TargetOptions,
  targetOf,
} from '../options.ts';
import { guarded, noteProblems } from '../problems.ts';
import type { Shell } from '../program.ts';

interface ImportOptions extends OutputOptions, TargetOptions {
  readonly zone: readonly string[];
  readonly account: readonly string[];
  readonly out?: string;
  readonly pages?: string;
  readonly newRefs?: boolean;
  readonly format: 'terminal' | 'json';
}

export function addImport(program: Command, shell: Shell): void {
  addOutputOptions(addTargetOptions(program.command('import')))
    .description('write what is live as YAML, and prove that a plan of it is empty')
    .option('--zone <name>', 'a zone to read, by name or id; repeatable', gather, [])
    .option('--account <name>', 'an account to read, by name or id; repeatable', gather, [])
    .option('--out <file>', 'write the YAML to this new file, not to stdout')
    .option('--pages <dir>', 'put pages of more than a few lines into files below this folder')
    .option('--new-refs', 'give rules made in the dashboard readable refs (and new Cloudflare ids)')
    .addOption(formatOption('terminal', 'json'))
    .action(guarded(shell, (options: ImportOptions) => runImport(shell, options)));
}

async function runImport({ terminal, exit }: Shell, options: ImportOptions): Promise<void> {
  settle(terminal, options);
  const imported = await importScopes(
    {
      target: targetOf(options),
      zones: options.zone,
      accounts: options.account,
      newRefs: options.newRefs === true,
      ...(options.out === undefined ? {} : { out: options.out }),
      ...(options.pages === undefined ? {} : { pagesDir: options.pages }),
    },
    terminal.world,
  );
  if (options.format === 'json') {
    terminal.print(importJson(imported, terminal.look('stdout', new Map())));
  } else {
    if (options.out === undefined) terminal.print(imported.text ?? '');
    noteProblems(terminal, imported.problems);
    terminal.note(summary(imported));
  }
  exit(exitOfProblems(imported.problems));
}

function summary({ written, isProven, renames }: Imported): string {
  const lines = written.map((path) => `wrote ${path}\n`);
  if (!isProven) return lines.join('');
  const proof =
    renames === 0
      ? 'a plan of this file is empty'
      : `a plan of this file holds ${renames} rename${renames === 1 ? '' : 's'} and nothing else`;
  return `${lines.join('')}Proven: ${proof}.\n`;
}
