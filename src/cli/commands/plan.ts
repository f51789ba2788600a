import { resolve } from 'node:path';
import type { Command } from 'commander';
import { exitOfPlan, type Planned, plan, savePlan, withProblems } from '../../app/app.ts';
import type { Plan } from '../../model/plan.ts';
import { type Problem, ProblemError } from '../../problem/problem.ts';
import { planJson, planMarkdown, planTerminal } from '../../render/render.ts';
import {
  addExamples,
  addOutputOptions,
  addPlanningOptions,
  addSelectionOptions,
  addTargetOptions,
  type PlanningOptions,
  planRequestOf,
} from '../options.ts';
import { endInProblems, guarded, interrupted } from '../problems.ts';
import type { Shell } from '../program.ts';
import type { Terminal } from '../terminal.ts';

interface PlanOptions extends PlanningOptions {
  readonly format: PlanFormat;
  readonly out?: string;
  readonly detailedExitcode?: boolean;
}

type Sources = Planned['sources'];

/** One way to write a plan for each format. */
const writers = {
  terminal: (made: Plan, terminal: Terminal, sources: Sources) =>
    planTerminal(made, terminal.look('stdout', sources)),
  markdown: (made: Plan, terminal: Terminal, sources: Sources) =>
    planMarkdown(made, terminal.documentLook(sources)),
  json: (made: Plan, terminal: Terminal, sources: Sources) => planJson(made, terminal.documentLook(sources)),
} as const;

export type PlanFormat = keyof typeof writers;

/** The formats of a plan, the default first. */
export const planFormats: readonly string[] = Object.keys(writers);

/** Prints a plan as the result of a command. */
export function writePlan(
  made: Plan,
  terminal: Terminal,
  { format, sources }: { readonly format: PlanFormat; readonly sources: Sources },
): void {
  terminal.print(writers[format](made, terminal, sources));
}

export function addPlan(program: Command, shell: Shell): void {
  const command = program.command('plan').description('Show what apply would change; reads only');
  addSelectionOptions(command);
  addPlanningOptions(command);
  addTargetOptions(command);
  command
    .optionsGroup('What comes of it:')
    .option('--out <file>', 'save the plan for apply; it holds pages and expressions')
    .option('--detailed-exitcode', 'exit 2 when changes are waiting');
  addOutputOptions(command, planFormats);
  command.action(guarded(shell, (options: PlanOptions) => runPlan(shell, options)));
  addExamples(command, [
    'cf-errors plan                               the file in this folder',
    'cf-errors plan --sandbox                     against an embedded Cloudflare',
    'cf-errors plan -c zones/ --zone example.com  one zone of a folder of files',
    'cf-errors plan --out plan.json               to apply exactly this later',
    'cf-errors plan --refresh error_5xx           fetch a page again',
  ]);
}

async function runPlan(shell: Shell, options: PlanOptions): Promise<void> {
  const { terminal, exit } = shell;
  const planned = await plan(planRequestOf(options), terminal.world);
  if (terminal.interruption() !== undefined) {
    return endInProblems(shell, { problems: [interrupted], format: options.format });
  }
  if (planned.plan === undefined) return endInProblems(shell, { ...planned, format: options.format });
  const unsaved = options.out === undefined ? [] : await save(planned.plan, options.out, terminal);
  const shown = withProblems(planned.plan, [...unsaved, ...planned.problems]);
  writePlan(shown, terminal, { ...planned, format: options.format });
  if (options.out !== undefined && unsaved.length === 0) {
    terminal.note(
      `\nSaved to ${options.out}. Apply it with: cf-errors apply ${options.out}${sandboxWords(options)}\n`,
    );
  }
  exit(exitOfPlan(shown, [], options.detailedExitcode === true));
}

/** A saved plan belongs to the sandbox that it was made on. */
function sandboxWords({ sandbox, sandboxPages }: PlanOptions): string {
  if (sandbox === undefined) return '';
  const state = sandbox === true ? ' --sandbox' : ` --sandbox=${sandbox}`;
  return sandboxPages === undefined ? state : `${state} --sandbox-pages ${sandboxPages}`;
}

/** A plan that could not be saved is worth showing all the same. */
async function save(made: Plan, path: string, { world }: Terminal): Promise<readonly Problem[]> {
  try {
    await savePlan(made, resolve(world.cwd, path));
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems;
  }
}
