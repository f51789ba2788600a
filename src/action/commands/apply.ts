import {
  type Applied,
  type ApplyRequest,
  apply,
  defaultBackupDir,
  exitOfReceipt,
  type Reviewed,
  withProblems,
} from '../../app/app.ts';
import { hasChanges, planProblems } from '../../model/plan.ts';
import { ProblemError } from '../../problem/problem.ts';
import { planTerminal, receiptMarkdown, receiptTerminal } from '../../render/render.ts';
import type { MergedPull } from '../github.ts';
import { type Job, logLook, planRequestOf, titleOf } from '../job.ts';
import { addressOf } from '../marker.ts';
import { type FailureReason, reasonOf } from '../reasons.ts';
import { ending, type Result } from '../result.ts';
import { findReview } from '../reviewed.ts';

/** Plans (or opens the saved plan), requires the review that `fingerprint` asks for, and makes the plan true. */
export async function runApply(job: Job): Promise<Result> {
  let pull: MergedPull | undefined;
  const request = requestOf(job, async () => {
    const found = await findReviewOf(job);
    pull = found.pull;
    return found.reviewed;
  });
  const applied = await apply(request, job.world, async ({ plan, problems, sources }, isWriting) => {
    job.say(planTerminal(withProblems(plan, problems), logLook(job, sources)));
    return isWriting;
  });
  const result = resultOf(job, applied);
  return pull === undefined ? result : { ...result, pull };
}

function requestOf(job: Job, findReviewed: () => Promise<Reviewed>): ApplyRequest {
  const { planFile, review } = job.inputs;
  return {
    ...planRequestOf(job),
    backupDir: defaultBackupDir,
    ...(planFile === undefined ? {} : { planFile }),
    ...(review.kind === 'hash' ? { fingerprint: review.fingerprint } : {}),
    ...(review.kind === 'from-comment' ? { reviewed: findReviewed } : {}),
  };
}

async function findReviewOf({ github, event, runner, inputs }: Job): ReturnType<typeof findReview> {
  if (github === undefined) {
    throw new ProblemError({
      code: 'action/not-reviewed',
      message: 'the input github-token is empty, so the reviewed plan cannot be read',
      hint: 'leave the input out, so that the job uses its own token, or use plan-file',
    });
  }
  const isNamed = inputs.commentId !== undefined;
  return findReview(github, { event, sha: runner.sha, address: addressOf(inputs, runner), isNamed });
}

function resultOf(job: Job, { plan, receipt, problems, sources }: Applied): Result {
  const title = titleOf(job);
  if (plan !== undefined && receipt !== undefined) {
    const exitCode = exitOfReceipt(plan, receipt);
    const all = [...problems, ...planProblems(plan), ...receipt.scopes.flatMap((scope) => scope.problems)];
    job.say(receiptTerminal(receipt, logLook(job, sources)));
    return {
      kind: 'receipt',
      exitCode,
      reason: reasonsByExit[exitCode] ?? (exitCode === 0 ? undefined : reasonOf(all, 'apply-failed')),
      plan,
      problems: all,
      isNews: hasChanges(plan) || all.length > 0,
      page: (space) => receiptMarkdown(receipt, { title, sandbox: false, sources, ...space }),
    };
  }
  const ended = ending({ kind: 'receipt', title, problems, sources, otherwise: 'plan-failed' });
  return ended.reason === 'plan-changed' ? { ...ended, exitCode: 4 } : ended;
}

const reasonsByExit: Readonly<Record<number, FailureReason>> = {
  3: 'incomplete',
  4: 'stale',
  5: 'hazard',
  130: 'interrupted',
  143: 'interrupted',
};
