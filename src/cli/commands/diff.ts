import type { Command } from 'commander';
import { diff, diffSide, exitOfPlan, withProblems } from '../../app/app.ts';
import { ProblemError } from '../../problem/problem.ts';
import { addExamples, addOutputOptions, addScopeOptions, gather, type OutputOptions } from '../options.ts';
import { endInProblems, guarded, interrupted } from '../problems.ts';
import type { Shell } from '../program.ts';
import { type PlanFormat, planFormats, writePlan } from './plan.ts';

interface DiffOptions extends OutputOptions {
  readonly zone: readonly string[];
  readonly account: readonly string[];
  readonly allow: readonly string[];
  readonly format: PlanFormat;
  readonly detailedExitcode?: boolean;
}

export function addDiff(program: Command, shell: Shell): void {
  const command = program
    .command('diff')
    .description('Compare two configurations as a plan; asks nobody')
    .argument('<old>', 'a file, a folder, or - for standard input: what was said')
    .argument('<new>', 'the same: what is said now');
  command.optionsGroup('What to look at:');
  addScopeOptions(command);
  command
    .optionsGroup('What comes of it:')
    .option('--allow <code>', 'let this finding pass: CODE or CODE@SCOPE; repeatable', gather, [])
    .option('--detailed-exitcode', 'exit 2 when there is a difference');
  addOutputOptions(command, planFormats);
  command.action(guarded(shell, (options: DiffOptions, paths) => runDiff(shell, options, paths)));
  addExamples(command, [
    'cf-errors diff old.yaml new.yaml             what the new file changes',
    'cf-errors diff ../main/zones zones           of two checkouts',
    'git show main:custom-errors.yaml | cf-errors diff - custom-errors.yaml',
  ]);
}

async function runDiff(shell: Shell, options: DiffOptions, paths: readonly string[]): Promise<void> {
  const { terminal, exit } = shell;
  const [old = '', now = ''] = paths;
  if (old === '-' && now === '-') throw new ProblemError(bothFromStdin);
  const compared = await diff(
    {
      before: await diffSide(old, terminal.world),
      after: await diffSide(now, terminal.world),
      zones: options.zone,
      accounts: options.account,
      allow: options.allow,
    },
    terminal.world,
  );
  const { format } = options;
  if (terminal.interruption() !== undefined) return endInProblems(shell, { problems: [interrupted], format });
  if (compared.plan === undefined) return endInProblems(shell, { ...compared, format });
  const shown = withProblems(compared.plan, compared.problems);
  writePlan(shown, terminal, { ...compared, format });
  exit(exitOfPlan(shown, [], options.detailedExitcode === true));
}

const bothFromStdin = {
  code: 'cli/usage',
  message: 'standard input cannot be both sides of a comparison',
  hint: 'give a file or a folder for one of them',
} as const;
