import { type Validated, validate } from '../../app/app.ts';
import { hasErrors } from '../../problem/problem.ts';
import { problemsTerminal } from '../../render/render.ts';
import { type Job, logLook, planRequestOf, titleOf } from '../job.ts';
import { ending, type Result } from '../result.ts';

/** Checks the files; asks Cloudflare only with the input `online`. */
export async function runValidate(job: Job): Promise<Result> {
  const { online } = job.inputs;
  const { selection, target, allow } = planRequestOf(job);
  return checkedResult(
    job,
    await validate({ selection, allow, ...(online ? { online: target } : {}) }, job.world),
  );
}

const whyOffline = {
  fork: 'This pull request comes from a fork, whose jobs get no secrets, so Cloudflare was not asked: the files were reviewed offline.',
  token: 'This job has no Cloudflare token, so Cloudflare was not asked: the files were reviewed offline.',
} as const;

/** What can be said of a pull request without a Cloudflare token. */
export async function runOffline(job: Job): Promise<Result> {
  const { selection, allow } = planRequestOf(job);
  const checked = await validate({ selection, allow }, job.world);
  const isFork = job.event.kind === 'pull-request' && job.event.isFork;
  return checkedResult(job, checked, whyOffline[isFork ? 'fork' : 'token']);
}

function checkedResult(job: Job, checked: Validated, lead?: string): Result {
  const { problems, sources } = checked;
  const verdict = verdictOf(checked);
  const text = problemsTerminal(problems, logLook(job, sources));
  job.say([...(lead === undefined ? [] : [lead]), text, verdict].filter((part) => part !== '').join('\n'));
  return ending({
    title: titleOf(job),
    verdict,
    problems,
    sources,
    otherwise: 'validation',
    ...(lead === undefined ? {} : { lead }),
  });
}

/** `valid: 2 scopes, 3 rules, 1 asset`; empty where there is an error. */
function verdictOf({ problems, counts }: Validated): string {
  if (counts === undefined || hasErrors(problems)) return '';
  const words = (['scope', 'rule', 'asset'] as const).map((thing) => {
    const number = counts[`${thing}s`];
    return `${number} ${thing}${number === 1 ? '' : 's'}`;
  });
  return `valid: ${words.join(', ')}`;
}
