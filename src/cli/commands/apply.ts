import { type Command, InvalidArgumentError } from 'commander';
import {
  type Applied,
  type ApplyRequest,
  apply,
  defaultBackupDir,
  exitOfReceipt,
  type Review,
  withProblems,
} from '../../app/app.ts';
import { ProblemError, problem } from '../../problem/problem.ts';
import { planTerminal, receiptJson, receiptTerminal } from '../../render/render.ts';
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

interface ApplyOptions extends PlanningOptions {
  readonly format: 'terminal' | 'json';
  readonly autoApprove?: boolean;
  readonly fingerprint?: string;
  readonly backup: string;
}

export function addApply(program: Command, shell: Shell): void {
  const command = program
    .command('apply')
    .description('Plan, ask, make live equal to the files, verify')
    .argument('[planfile]', 'a plan saved by "cf-errors plan --out"');
  addSelectionOptions(command);
  addPlanningOptions(command);
  command
    .optionsGroup('How to apply:')
    .option('-y, --auto-approve', 'do not ask; needed where nobody can answer')
    .option('--fingerprint <hash>', 'only the plan that was reviewed, or what is left of it', fingerprint)
    .option('--backup <dir>', `where to store what is replaced (${defaultBackupDir})`, defaultBackupDir);
  addTargetOptions(command);
  addOutputOptions(command, ['terminal', 'json']);
  command.action(
    guarded(shell, (options: ApplyOptions, [planFile]) => runApply(shell, { planFile, options })),
  );
  addExamples(command, [
    'cf-errors apply                              plan, ask, apply',
    'cf-errors apply plan.json                    exactly what was saved',
    'cf-errors apply -y --fingerprint cfe1:…      only what was reviewed',
    'cf-errors apply --allow plan/empty@example.com',
  ]);
}

function fingerprint(text: string): string {
  if (/^cfe1:[0-9a-f]+$/.test(text)) return text;
  throw new InvalidArgumentError('It must be "cfe1:" and hexadecimal digits, as a plan shows it.');
}

async function runApply(
  shell: Shell,
  { planFile, options }: { planFile: string | undefined; options: ApplyOptions },
): Promise<void> {
  const { terminal } = shell;
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
function refuseSelection({ config, zone, account, refresh, online }: ApplyOptions): void {
  const given = {
    '--config': config.length,
    '--zone': zone.length,
    '--account': account.length,
    '--refresh': refresh.length,
    '--online': online ? 1 : 0,
  };
  const used = Object.entries(given).filter(([, times]) => times > 0);
  if (used.length === 0) return;
  const names = used.map(([name]) => name).join(', ');
  throw new ProblemError({
    code: 'cli/usage',
    message: `${names} cannot be used with a saved plan, which is applied as it was reviewed`,
    hint: `give ${names} to "cf-errors plan --out" instead`,
  });
}

/** Shows the plan where somebody reads it, and asks where somebody can answer. */
function reviewIn({ terminal }: Shell, options: ApplyOptions): Review {
  const isDocument = options.format === 'json';
  const asks = options.autoApprove !== true;
  return async ({ plan, problems, sources }, isWriting) => {
    const shown = withProblems(plan, problems);
    const page = (stream: 'stdout' | 'stderr') => planTerminal(shown, terminal.look(stream, sources));
    if (!isDocument) terminal.print(page('stdout'));
    else if (isWriting && asks && terminal.canAsk) terminal.warn(page('stderr'));
    if (!isWriting || !asks) return isWriting;
    if (!terminal.canAsk) throw new ProblemError(nobodyAnswers);
    const answer = await terminal.ask('\nApply these changes? Only "yes" goes on: ');
    return answer?.trim() === 'yes';
  };
}

const nobodyAnswers = problem({
  code: 'cli/no-answer-possible',
  message: 'nobody can be asked whether to apply, because this is no terminal',
  hint: 'nothing was written; add --auto-approve (-y) where nobody can answer',
});

const answeredNo = problem({
  code: 'cli/not-applied',
  message: 'the plan was not applied, because the answer was not "yes"',
  hint: 'nothing was written',
});

function finish(shell: Shell, { plan, receipt, problems, sources }: Applied, options: ApplyOptions): void {
  const { terminal, exit } = shell;
  const { format } = options;
  if (plan !== undefined && receipt !== undefined) {
    const isDocument = format === 'json';
    const text = isDocument
      ? receiptJson(receipt, terminal.documentLook(sources))
      : receiptTerminal(receipt, terminal.look('stdout', sources));
    if (text !== '') terminal.print(isDocument ? text : `\n${text}`);
    exit(exitOfReceipt(plan, receipt));
    return;
  }
  const isInterrupted = terminal.interruption() !== undefined;
  const ending = isInterrupted ? [interrupted] : plan === undefined ? problems : [answeredNo];
  endInProblems(shell, { problems: ending, sources, format });
  if (problems.some((one) => one.code === 'apply/plan-changed')) exit(4);
}
