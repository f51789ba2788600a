import { diff, type Planned, type Validated, validate, withProblems } from '../../app/app.ts';
import { hasChanges, planProblems } from '../../model/plan.ts';
import { visible } from '../../problem/printable.ts';
import { type Problem, ProblemError } from '../../problem/problem.ts';
import { planMarkdown, planTerminal } from '../../render/render.ts';
import { type BaseFiles, fetchBase } from '../base-files.ts';
import { planInInputWords } from '../input-words.ts';
import { type Job, logLook, planRequestOf, titleOf } from '../job.ts';
import type { Result } from '../result.ts';
import { checkedResult } from './validate.ts';

const whyOffline = {
  fork: 'This pull request comes from a fork, whose jobs get no secrets, so Cloudflare was not asked.',
  token: 'This job has no Cloudflare token, so Cloudflare was not asked.',
} as const;

/** What can be said of a pull request without a Cloudflare token: the files checked, and compared with their base. */
export async function runOffline(job: Job): Promise<Result> {
  const { selection, allow } = planRequestOf(job);
  const isFork = job.event.kind === 'pull-request' && job.event.isFork;
  const why = whyOffline[isFork ? 'fork' : 'token'];
  const validated = await validate({ selection, allow }, job.world);
  const checked = checkedResult(job, validated, why);
  if (checked.exitCode !== 0) return checked;
  const compared = await comparison(job);
  if (typeof compared === 'string') return { ...checked, page: (space) => checked.page(space) + compared };
  return compared === undefined ? checked : comparedResult(job, { why, validated, checked, compared });
}

/** The difference to the base branch, or a Markdown line that says why there is none. */
async function comparison(job: Job): Promise<Planned | string | undefined> {
  const { event, github } = job;
  if (event.kind !== 'pull-request' || github === undefined) return undefined;
  try {
    const base = await fetchBase(job, github, event);
    return base === undefined
      ? '\nThe base branch has no such files, so everything here is new.\n'
      : await differenceOf(job, base);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    for (const { message, hint = '' } of error.problems) job.say(visible(`${message}; ${hint}`));
    return '\nThe files of the base branch could not be read, so nothing was compared; the log says why.\n';
  }
}

/** The files of the base against those of this job, as a plan. */
function differenceOf(job: Job, base: BaseFiles): Promise<Planned> {
  const { selection, allow } = planRequestOf(job);
  const before = { name: 'the base branch', ...base };
  const after = { name: 'this pull request', cwd: job.world.cwd, config: selection.config };
  return diff({ ...selection, before, after, allow }, job.world);
}

/** What the files of this job are has been checked, so it is the base that cannot be understood. */
function uncompared(job: Job, checked: Result, problems: readonly Problem[]): Result {
  for (const { message } of problems) job.say(visible(message));
  const words =
    '\nThe files of the base branch cannot be understood, so nothing was compared; the log says why.\n';
  return { ...checked, page: (space) => checked.page(space) + words };
}

interface Comparison {
  readonly why: string;
  readonly validated: Validated;
  readonly checked: Result;
  readonly compared: Planned;
}

/** Nothing was compared with Cloudflare, so the plan is only shown: it is none that could be applied or counted. */
function comparedResult(job: Job, { why, validated: { tests }, checked, compared }: Comparison): Result {
  const { plan, problems, sources } = compared;
  if (plan === undefined) return uncompared(job, checked, problems);
  const shown = planInInputWords(withProblems(tests === undefined ? plan : { ...plan, tests }, problems));
  job.say(planTerminal(shown, logLook(job, sources)));
  const lead = `${why} These are the changes to the files of the base branch:`;
  const look = { title: `${titleOf(job)}, reviewed offline`, lead, sandbox: false, sources };
  return {
    ...checked,
    isTold: true,
    problems: planProblems(shown),
    isNews: checked.isNews || hasChanges(shown),
    page: (space) => planMarkdown(shown, { ...look, ...space }),
  };
}
