import { type Problem, problem } from '../problem/problem.ts';
import type { Event } from './event.ts';
import type { Command } from './inputs.ts';

/** Why a job must not run at all; undefined where it may. */
export function refusalOf(event: Event, command: Command, hasCredentials: boolean): Problem | undefined {
  if (event.kind === 'other' || !event.isFork || !hasCredentials) return undefined;
  if (event.kind === 'secretive') return refuse(event.name);
  if (event.isMerged) return undefined;
  if (event.hasSecrets) return refuse('pull_request_target');
  return command === 'apply' ? refuse('pull_request') : undefined;
}

function refuse(event: string): Problem {
  const isApply = event === 'pull_request';
  const what = isApply ? 'apply would run on the unmerged head of a fork' : "this job looks at a fork's head";
  return problem({
    code: 'action/fork-with-token',
    message: `${what} (event ${event}) and has a Cloudflare token`,
    hint: isApply
      ? 'apply after the merge, on push to the base branch'
      : 'use the event pull_request, where forks get a review without secrets',
  });
}
