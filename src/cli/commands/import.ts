import type { Command } from 'commander';
import { exitOfProblems, importScopes } from '../../app/app.ts';
import type { Imported } from '../../model/imported.ts';
import { importJson, sandboxLine } from '../../render/render.ts';
import {
  addExamples,
  addOutputOptions,
  addTargetOptions,
  gather,
  type OutputOptions,
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
  const command = program
    .command('import')
    .description('Write what is live as YAML, and prove it')
    .optionsGroup('What to read:')
    .option('--zone <name>', 'this zone, by name or id; repeatable', gather, [])
    .option('--account <name>', 'this account, by name or id; repeatable', gather, [])
    .optionsGroup('What to write:')
    .option('--out <file>', 'the YAML to this new file, not to stdout')
    .option('--pages <dir>', 'long pages to files below this folder')
    .option('--new-refs', 'readable refs for dashboard rules (new Cloudflare ids)');
  addTargetOptions(command);
  addOutputOptions(command, ['terminal', 'json']);
  command.action(guarded(shell, (options: ImportOptions) => runImport(shell, options)));
  addExamples(command, [
    'cf-errors import --zone example.com                look at it first',
    'cf-errors import --zone example.com --out custom-errors.yaml --pages pages',
  ]);
}

async function runImport({ terminal, exit }: Shell, options: ImportOptions): Promise<void> {
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
    terminal.print(importJson(imported, terminal.documentLook(new Map())));
  } else {
    if (options.out === undefined) terminal.print(imported.text ?? '');
    noteProblems(terminal, imported.problems);
    const head = terminal.look('stderr', new Map()).sandbox ? `${sandboxLine}\n\n` : '';
    terminal.note(head + summary(imported));
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
