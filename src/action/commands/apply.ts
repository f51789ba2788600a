import {
  type Applied,
  type ApplyRequest,
  apply,
  defaultBackupDir,
  exitOfReceipt,
  type Reviewed,
  withProblems,
} from '../../app/app.ts';
import { hasChanges, type Plan, planProblems } from '../../model/plan.ts';
import type { Receipt } from '../../model/receipt.ts';
import { type Problem, ProblemError } from '../../problem/problem.ts';
import {
  planMarkdown,
  planTerminal,
  problemsTerminal,
  receiptMarkdown,
  receiptTerminal,
} from '../../render/render.ts';
import type { MergedPull } from '../github.ts';
import { inInputWords, planInInputWords, receiptInInputWords } from '../input-words.ts';
import { interruption } from '../interrupted.ts';
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
    const shown = planInInputWords(withProblems(plan, problems));
    job.say(planTerminal(shown, logLook(job, sources)));
    return isWriting;
  });
  const result = (applied.receipt === undefined ? interruption(job) : undefined) ?? resultOf(job, applied);
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

function resultOf(job: Job, applied: Applied): Result {
  const { plan, receipt, unreviewed, problems, sources } = applied;
  if (plan !== undefined && receipt !== undefined) return receiptResult(job, { ...applied, plan, receipt });
  const ended = ending({
    kind: 'receipt',
    title: titleOf(job),
    verdict: 'not applied',
    problems,
    sources,
    otherwise: 'plan-failed',
  });
  if (unreviewed === undefined) return ended;
  const shown = planInInputWords(unreviewed);
  job.say(problemsTerminal(ended.problems, logLook(job, sources)));
  job.say(`\n${planTerminal(shown, logLook(job, sources))}`);
  const exitCode = ended.reason === 'plan-changed' ? 4 : ended.exitCode;
  const now = { title: 'The plan as it is now', sandbox: false, sources };
  return {
    ...ended,
    exitCode,
    plan: shown,
    page: ({ limit = Number.POSITIVE_INFINITY, ...space }) => {
      const head = ended.page({ limit, ...space });
      const rest = limit - head.length - unfolded('').length;
      return `${head}${unfolded(planMarkdown(shown, { ...now, ...space, limit: rest }))}`;
    },
  };
}

/** What a reader opens who wants to know more. */
function unfolded(page: string): string {
  return `\n<details>\n<summary>The plan as it is now</summary>\n\n${page}\n</details>\n`;
}

type Begun = Applied & { readonly plan: Plan; readonly receipt: Receipt };

function receiptResult(job: Job, { plan, problems, sources, ...applied }: Begun): Result {
  const title = titleOf(job);
  const receipt = receiptInInputWords(applied.receipt);
  const exitCode = exitOfReceipt(plan, receipt);
  const all = distinct([
    ...problems,
    ...planProblems(plan),
    ...applied.receipt.scopes.flatMap((scope) => scope.problems),
  ]).map(inInputWords);
  job.say(`\n${receiptTerminal(receipt, logLook(job, sources))}`);
  return {
    kind: 'receipt',
    exitCode,
    reason: reasonsByExit[exitCode] ?? (exitCode === 0 ? undefined : reasonOf(all, 'apply-failed')),
    plan,
    problems: all,
    sources,
    isNews: hasChanges(plan) || all.length > 0,
    page: (space) => receiptMarkdown(receipt, { title, sandbox: false, sources, ...space }),
  };
}

/** What stopped a scope stands in its plan and in its receipt. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()];
}

const reasonsByExit: Readonly<Record<number, FailureReason>> = {
  3: 'incomplete',
  4: 'stale',
  5: 'hazard',
  130: 'interrupted',
  143: 'interrupted',
};
