import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ProblemError, type ProblemInput } from '../problem/problem.ts';
import { defaultFiles } from './base-files.ts';
import { type Job, planRequestOf } from './job.ts';

/**
 * Throws ProblemError for a configuration of the checkout that is a symbolic link out of it, or to a hidden path such as
 * `.git/config`, where the token of actions/checkout lies: who wrote the head of a pull request may have laid it, and a
 * problem shows lines of the file to everybody. What the workflow itself names outside of the checkout may be anything.
 */
export async function refuseStrayLinks(job: Job): Promise<void> {
  if (job.inputs.planFile !== undefined) return;
  const { workspace } = job.runner;
  const { config } = planRequestOf(job).selection;
  const root = await realpath(workspace);
  const strays: ProblemInput[] = [];
  for (const path of config.length > 0 ? config : defaultFiles) {
    const place = relative(workspace, resolve(job.world.cwd, path));
    const real = await realpath(join(root, place)).catch(() => undefined);
    if (real === undefined || isOutside(place) || real === join(root, place)) continue;
    const target = relative(root, real);
    if (isOutside(target) || target.split(sep).some((part) => part.startsWith('.'))) strays.push(stray(path));
  }
  if (strays.length > 0) throw new ProblemError(...strays);
}

function isOutside(place: string): boolean {
  return place.split(sep)[0] === '..' || isAbsolute(place);
}

function stray(path: string): ProblemInput {
  return {
    code: 'action/stray-link',
    message: `${path} is reached by a symbolic link that leads out of the checkout or to a hidden path`,
    hint: 'put the file itself there, or link to another file of the checkout',
  };
}
