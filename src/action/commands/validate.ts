import { type Validated, validate } from '../../app/app.ts';
import { hasErrors } from '../../problem/problem.ts';
import { type Job, planRequestOf, titleOf } from '../job.ts';
import { ending, type Result } from '../result.ts';

/** Checks the files; asks Cloudflare only with the input `online`. */
export async function runValidate(job: Job): Promise<Result> {
  const { online } = job.inputs;
  const { selection, target, allow } = planRequestOf(job);
  const request = { selection, allow, ...(online ? { online: target } : {}) };
  return checkedResult(job, await validate(request, job.world));
}

const whyOffline = {
  fork: 'This pull request comes from a fork, whose jobs get no secrets, so Cloudflare was not asked.',
  token: 'This job has no Cloudflare token, so Cloudflare was not asked.',
} as const;

/** What can be said of a pull request without a Cloudflare token. */
export async function runOffline(job: Job): Promise<Result> {
  const { selection, allow } = planRequestOf(job);
  const isFork = job.event.kind === 'pull-request' && job.event.isFork;
  return checkedResult(
    job,
    await validate({ selection, allow }, job.world),
    whyOffline[isFork ? 'fork' : 'token'],
  );
}

function checkedResult(job: Job, checked: Validated, why = ''): Result {
  const { problems, sources } = checked;
  const isValid = !hasErrors(problems);
  const lead = [why, isValid ? claimWords(checked) : ''].filter((part) => part !== '').join(' ');
  const verdict = [why === '' ? '' : 'reviewed offline', isValid ? 'valid' : ''];
  if (lead !== '') job.say(lead);
  return ending({
    title: titleOf(job),
    lead,
    verdict: verdict.filter((part) => part !== '').join(', '),
    problems,
    sources,
    otherwise: 'validation',
  });
}

/** `The files hold 2 scopes, 3 rules, 1 asset.` */
function claimWords({ counts }: Validated): string {
  if (counts === undefined) return '';
  const words = (['scope', 'rule', 'asset'] as const).map((thing) => {
    const number = counts[`${thing}s`];
    return `${number} ${thing}${number === 1 ? '' : 's'}`;
  });
  return `The files hold ${words.join(', ')}.`;
}
