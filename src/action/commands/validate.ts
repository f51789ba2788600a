import { type Validated, validate } from '../../app/app.ts';
import { hasErrors } from '../../problem/problem.ts';
import { testsLine } from '../../render/render.ts';
import { type Job, kindOf, planRequestOf, titleOf } from '../job.ts';
import { ending, type Result } from '../result.ts';

/** Checks the files; asks Cloudflare only with the input `online`. */
export async function runValidate(job: Job): Promise<Result> {
  const { online } = job.inputs;
  const { selection, target, allow } = planRequestOf(job);
  const request = { selection, allow, ...(online ? { online: target } : {}) };
  return checkedResult(job, await validate(request, job.world));
}

/** The result of a check; `why` says why it is a review offline, where it is one. */
export function checkedResult(job: Job, checked: Validated, why = ''): Result {
  const { problems, sources } = checked;
  const isValid = !hasErrors(problems);
  const lead = [why, isValid ? claimWords(checked) : ''].filter((part) => part !== '').join(' ');
  const verdict = [why === '' ? '' : 'reviewed offline', isValid ? 'valid' : ''];
  if (lead !== '') job.say(lead);
  return ending({
    kind: kindOf(job),
    title: titleOf(job),
    lead,
    verdict: verdict.filter((part) => part !== '').join(', '),
    problems,
    sources,
    otherwise: 'validation',
  });
}

/** `The files hold 2 scopes, 3 rules, 1 asset; tests: 4 passed.` */
function claimWords({ counts, tests }: Validated): string {
  if (counts === undefined) return '';
  const words = (['scope', 'rule', 'asset'] as const).map((thing) => {
    const number = counts[`${thing}s`];
    return `${number} ${thing}${number === 1 ? '' : 's'}`;
  });
  return `The files hold ${words.join(', ')}${tests === undefined ? '' : `; ${testsLine(tests)}`}.`;
}
