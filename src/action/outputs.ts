import { hasChanges, planProblems, tallyOf } from '../model/plan.ts';
import { hasErrors } from '../problem/problem.ts';
import type { Result } from './result.ts';

/** Where things of this step can be found; empty where they are not. */
export interface Places {
  readonly planPath: string;
  readonly markdownPath: string;
  readonly commentUrl: string;
}

/** The outputs of `action.yml`, all of them; empty where something is not known. */
export function outputsOf({ plan, exitCode, reason }: Result, places: Places) {
  const isWhole = plan !== undefined && !hasErrors(planProblems(plan));
  // A part of a plan may show changes; that it shows none says nothing of the rest.
  const tally = plan !== undefined && (isWhole || hasChanges(plan)) ? tallyOf(plan) : undefined;
  return {
    changes: plan === undefined || tally === undefined ? '' : String(hasChanges(plan)),
    'to-add': String(tally?.add ?? ''),
    'to-change': String(tally?.change ?? ''),
    'to-destroy': String(tally?.destroy ?? ''),
    'to-move': String(tally?.move ?? ''),
    fingerprint: isWhole ? plan.fingerprint : '',
    'plan-path': places.planPath,
    'markdown-path': places.markdownPath,
    exitcode: String(exitCode),
    'failure-reason': reason ?? '',
    'comment-url': places.commentUrl,
  };
}
