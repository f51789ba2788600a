import { resolve } from 'node:path';
import type { Command } from 'commander';
import { exitOfPlan, type Planned, plan, savePlan } from '../../app/app.ts';
import { planJson, planMarkdown, planTerminal } from '../../render/render.ts';
import {
  addOutputOptions,
  addPlanningOptions,
  formatOption,
  type PlanningOptions,
  planRequestOf,
  settle,
} from '../options.ts';
import { endInProblems, guarded, noteProblems } from '../problems.ts';
import type { Shell } from '../program.ts';

interface PlanOptions extends PlanningOptions {
  readonly format: PlanFormat;
  readonly out?: string;
  readonly detailedExitcode?: boolean;
}

/** How a plan can be written. */
export type PlanFormat = keyof typeof writers;

/** One way to write a plan for each format. */
const writers = { terminal: planTerminal, markdown: planMarkdown, json: planJson } as const;

export function addPlan(program: Command, shell: Shell): void {
  addOutputOptions(addPlanningOptions(program.command('plan')))
    .description('show what apply would change; reads only')
    .addOption(formatOption(...Object.keys(writers)))
    .option('--out <file>', 'save the plan for "apply <file>"; it holds pages and expressions')
    .option('--detailed-exitcode', 'exit 2 when changes are waiting')
    .action(guarded(shell, (options: PlanOptions) => runPlan(shell, options)));
}

async function runPlan(shell: Shell, options: PlanOptions): Promise<void> {
  const { terminal, exit } = shell;
  settle(terminal, options);
  const planned = await plan(planRequestOf(options), terminal.world);
  if (planned.plan === undefined) return endInProblems(shell, { ...planned, format: options.format });
  noteProblems(terminal, planned.problems, planned.sources);
  showPlan(shell, { ...planned, plan: planned.plan }, options.format);
  if (options.out !== undefined) {
    await savePlan(planned.plan, resolve(terminal.world.cwd, options.out));
    terminal.note(`Saved to ${options.out}. Apply it with: cf-errors apply ${options.out}\n`);
  }
  exit(exitOfPlan(planned.plan, planned.problems, options.detailedExitcode === true));
}

/** Prints a plan to stdout. */
export function showPlan(
  { terminal }: Shell,
  { plan: made, sources }: Planned & { readonly plan: NonNullable<Planned['plan']> },
  format: PlanFormat,
): void {
  terminal.print(writers[format](made, terminal.look('stdout', sources)));
}
