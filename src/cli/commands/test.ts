import type { Command } from 'commander';
import { exitOfProblems, test } from '../../app/app.ts';
import { testsJson, testsTerminal } from '../../render/render.ts';
import {
  addExamples,
  addOutputOptions,
  addSelectionOptions,
  gather,
  type OutputOptions,
  type SelectionOptions,
  selectionOf,
} from '../options.ts';
import { endInProblems, guarded } from '../problems.ts';
import type { Shell } from '../program.ts';

interface TestOptions extends OutputOptions, SelectionOptions {
  readonly format: 'terminal' | 'json';
  readonly allow: readonly string[];
}

export function addTest(program: Command, shell: Shell): void {
  const command = program
    .command('test')
    .description('Run the tests in the files; asks nobody')
    .argument('[files...]', 'files or folders with more tests, read besides the configuration');
  addSelectionOptions(command);
  command
    .optionsGroup('How to test:')
    .option('--allow <code>', 'let this finding pass: CODE or CODE@SCOPE; repeatable', gather, []);
  addOutputOptions(command, ['terminal', 'json']);
  command.action(guarded(shell, (options: TestOptions, files) => runTest(shell, { files, options })));
  addExamples(command, [
    'cf-errors test                        the tests of the file in this folder',
    'cf-errors test tests/                 and those of a folder',
    'cf-errors test -q --zone example.com  one zone, and only what did not pass',
  ]);
}

async function runTest(
  shell: Shell,
  { files, options }: { readonly files: readonly string[]; readonly options: TestOptions },
): Promise<void> {
  const { terminal, exit } = shell;
  const { format, allow } = options;
  const request = { selection: selectionOf(options), files, allow };
  const { report, problems, sources } = await test(request, terminal.world);
  if (report === undefined) return endInProblems(shell, { problems, sources, format });
  const brief = options.quiet === true;
  terminal.print(
    format === 'json'
      ? testsJson(report, terminal.documentLook(sources))
      : testsTerminal(report, { ...terminal.look('stdout', sources), brief }),
  );
  exit(exitOfProblems(problems));
}
