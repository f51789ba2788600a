import type { Command } from 'commander';
import {
  type Applied,
  type ApplyRequest,
  apply,
  defaultBackupDir,
  exitOfReceipt,
  exitOfSignal,
  type Review,
} from '../../app/app.ts';
import { ProblemError } from '../../problem/problem.ts';
import { receiptJson, receiptTerminal } from '../../render/render.ts';
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
import { showPlan } from './plan.ts';

interface ApplyOptions extends PlanningOptions {
  readonly format: 'terminal' | 'json';
  readonly autoApprove?: boolean;
  readonly fingerprint?: string;
  readonly backup: string;
}

export function addApply(program: Command, shell: Shell): void {
  addOutputOptions(addPlanningOptions(program.command('apply')))
    .description('make the live state equal to the files: plan, ask, write, verify')
    .argument('[planfile]', 'a plan saved by "plan --out", in place of planning the files')
    .addOption(formatOption('terminal', 'json'))
    .option('-y, --auto-approve', 'do not ask; needed where nobody can answer')
    .option('--fingerprint <hash>', 'go on only if the plan is the reviewed one, or what is left of it')
    .option('--backup <dir>', 'where to store what is replaced', defaultBackupDir)
    .action(
      guarded(shell, (planFile: string | undefined, options: ApplyOptions) =>
        runApply(shell, { planFile, options }),
      ),
    );
}

async function runApply(
  shell: Shell,
  { planFile, options }: { planFile: string | undefined; options: ApplyOptions },
): Promise<void> {
  const { terminal } = shell;
  settle(terminal, options);
  const request: ApplyRequest = {
    ...planRequestOf(options),
    backupDir: options.backup,
    ...(planFile === undefined ? {} : { planFile }),
    ...(options.fingerprint === undefined ? {} : { fingerprint: options.fingerprint }),
  };
  if (planFile !== undefined) refuseSelection(options);
  finish(shell, await apply(request, terminal.world, reviewIn(shell, options)), options);
}

/** A saved plan is applied whole, as it was reviewed. */
function refuseSelection({ config, zone, account, refresh }: ApplyOptions): void {
  const given = Object.entries({
    '--config': config,
    '--zone': zone,
    '--account': account,
    '--refresh': refresh,
  });
  const used = given.filter(([, values]) => values.length > 0).map(([name]) => name);
  if (used.length === 0) return;
  throw new ProblemError({
    code: 'cli/usage',
    message: `${used.join(', ')} cannot be used with a saved plan, which is applied as it was reviewed`,
    hint: 'give the option to "cf-errors plan --out" instead',
  });
}

function reviewIn(shell: Shell, options: ApplyOptions): Review {
  const { terminal } = shell;
  return async (planned, isWriting) => {
    noteProblems(terminal, planned.problems, planned.sources);
    if (options.format === 'terminal') showPlan(shell, planned, 'terminal');
    if (!isWriting || options.autoApprove) return isWriting;
    if (!terminal.canAsk) {
      throw new ProblemError({
        code: 'cli/no-answer-possible',
        message: 'there is no terminal to ask in, and --auto-approve was not given',
        hint: 'nothing was written; add --auto-approve (-y) where nobody can answer',
      });
    }
    const answer = await terminal.ask('\nApply these changes? Only "yes" goes on: ');
    return answer?.trim() === 'yes';
  };
}

function finish(shell: Shell, { plan, receipt, problems, sources }: Applied, options: ApplyOptions): void {
  const { terminal, exit } = shell;
  const { signal } = terminal.world;
  if (plan !== undefined && receipt !== undefined) {
    const look = terminal.look('stdout', sources);
    // The plan above has said already where this happens.
    const text =
      options.format === 'json'
        ? receiptJson(receipt, look)
        : `\n${receiptTerminal(receipt, { ...look, sandbox: false })}`;
    terminal.print(text);
    exit(exitOfReceipt(plan, receipt));
    return;
  }
  if (signal?.aborted) {
    terminal.warn('Interrupted before anything was written.\n');
    exit(exitOfSignal(signal));
    return;
  }
  if (plan !== undefined) {
    terminal.warn('Not applied: nothing was written.\n');
    exit(1);
    return;
  }
  endInProblems(shell, { problems, sources, format: options.format });
  if (problems.some((one) => one.code === 'apply/plan-changed')) exit(4);
}
