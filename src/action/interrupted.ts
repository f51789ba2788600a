import { exitOfSignal } from '../app/app.ts';
import { problem } from '../problem/problem.ts';
import { type Job, kindOf, titleOf } from './job.ts';
import { ending, type Result } from './result.ts';

/** What a step comes to that was cancelled before it wrote anything; undefined where it was not cancelled. */
export function interruption(job: Job): Result | undefined {
  const { signal } = job.world;
  if (signal?.aborted !== true) return undefined;
  const message = 'the job was cancelled before anything was written';
  const problems = [problem({ code: 'action/interrupted', message, hint: 'run it again when it suits' })];
  const ended = ending({ kind: kindOf(job), title: titleOf(job), problems, otherwise: 'interrupted' });
  return { ...ended, exitCode: exitOfSignal(signal) };
}
