import type { Command } from 'commander';
import { exitOfProblems, type Validated, validate } from '../../app/app.ts';
import { problemsJson, problemsOfTestsTerminal, sandboxLine, testsLine } from '../../render/render.ts';
import {
  addExamples,
  addOutputOptions,
  addSelectionOptions,
  addTargetOptions,
  gather,
  type OutputOptions,
  type SelectionOptions,
  selectionOf,
  type TargetOptions,
  targetOf,
} from '../options.ts';
import { guarded } from '../problems.ts';
import type { Shell } from '../program.ts';

interface ValidateOptions extends OutputOptions, SelectionOptions, TargetOptions {
  readonly format: 'terminal' | 'json';
  readonly online?: boolean;
  readonly allow: readonly string[];
}

export function addValidate(program: Command, shell: Shell): void {
  const command = program.command('validate').description('Check the files; asks nobody unless --online');
  addSelectionOptions(command);
  command
    .optionsGroup('How to check:')
    .option('--allow <code>', 'let this finding pass: CODE or CODE@SCOPE; repeatable', gather, [])
    .option('--online', "add Cloudflare's own verdict on the rules (a dry run)");
  addTargetOptions(command);
  addOutputOptions(command, ['terminal', 'json']);
  command.action(guarded(shell, (options: ValidateOptions) => runValidate(shell, options)));
  addExamples(command, [
    'cf-errors validate                           the file in this folder',
    'cf-errors validate -c zones/ --format json   a folder, for a program',
    'cf-errors validate --online                  ask Cloudflare; writes nothing',
  ]);
}

async function runValidate({ terminal, exit }: Shell, options: ValidateOptions): Promise<void> {
  const isOnline = options.online || options.sandbox !== undefined;
  const checked = await validate(
    {
      selection: selectionOf(options),
      allow: options.allow,
      ...(isOnline ? { online: targetOf(options) } : {}),
    },
    terminal.world,
  );
  const { problems, sources } = checked;
  if (options.format === 'json') terminal.print(problemsJson(problems, terminal.documentLook(sources)));
  else {
    const look = terminal.look('stdout', sources);
    const head = look.sandbox && problems.length === 0 ? `${sandboxLine}\n` : '';
    const parts = [head, problemsOfTestsTerminal(problems, checked.results, look), verdict(checked)];
    terminal.print(parts.filter((part) => part !== '').join('\n'));
  }
  exit(exitOfProblems(problems));
}

function verdict({ problems, counts, tests }: Validated): string {
  if (counts === undefined || exitOfProblems(problems) !== 0) return '';
  const parts = [
    amount(counts.scopes, 'scope'),
    amount(counts.rules, 'rule'),
    amount(counts.assets, 'asset'),
  ];
  return `Valid: ${parts.join(', ')}${tests === undefined ? '' : `; ${testsLine(tests)}`}.\n`;
}

function amount(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
