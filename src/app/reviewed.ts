import { join, resolve } from 'node:path';
import { fingerprintOf } from '../compare/compare.ts';
import { hasChanges, type Plan } from '../model/plan.ts';
import { orderedDigests } from '../plan/plan.ts';
import { ProblemError } from '../problem/problem.ts';
import { writeText } from './files.ts';
import { readFileBounded } from './text-files.ts';
import type { World } from './world.ts';

/** Digests of 70 bytes each: more than any plan holds. */
const mostBytes = 50_000_000;

interface Place {
  /** The digests lie beside the backups of the runs that they belong to. */
  readonly backupDir: string;
}

/**
 * Goes on only with the plan that was reviewed: the one with this fingerprint, or what an earlier, interrupted run of
 * it on this machine has left over. Throws ProblemError `apply/plan-changed` for any other plan that would write.
 */
export async function requireReviewed(
  plan: Plan,
  fingerprint: string,
  place: Place,
  world: World,
): Promise<void> {
  if (plan.fingerprint === fingerprint || !hasChanges(plan)) return;
  const reviewed = await readReviewed(fingerprint, place, world);
  if (reviewed !== undefined && isWhatIsLeft(orderedDigests(plan.scopes), reviewed)) return;
  throw new ProblemError({
    code: 'apply/plan-changed',
    message: `the plan now has the fingerprint ${plan.fingerprint}, not the reviewed ${fingerprint}`,
    hint: 'the file or the live state changed since the review; nothing was written: plan again and review that',
  });
}

/** Keeps the digests of a plan that is about to be applied, so that a rerun with its fingerprint can finish it. */
export async function rememberReviewed(
  plan: Plan,
  request: Place & { readonly fingerprint?: string },
  world: World,
): Promise<void> {
  if (request.fingerprint === undefined || request.fingerprint !== plan.fingerprint || !hasChanges(plan))
    return;
  const path = pathOf(plan.fingerprint, request, world);
  const text = `${JSON.stringify({ fingerprint: plan.fingerprint, digests: orderedDigests(plan.scopes) }, null, 2)}\n`;
  await writeText({ path, text, isPrivate: true }, 'w');
}

/** True when `rest` is `whole` with some of its entries left out. */
function isWhatIsLeft(rest: readonly string[], whole: readonly string[]): boolean {
  let from = 0;
  return rest.every((digest) => {
    const at = whole.indexOf(digest, from);
    from = at + 1;
    return at >= 0;
  });
}

async function readReviewed(
  fingerprint: string,
  place: Place,
  world: World,
): Promise<readonly string[] | undefined> {
  const { digests } = Object(await readJson(pathOf(fingerprint, place, world)));
  const list = Array.isArray(digests) ? digests.map(String) : undefined;
  // Only the digests that the reviewed fingerprint was made of say anything about that review.
  return list !== undefined && fingerprintOf(list) === fingerprint ? list : undefined;
}

/** Undefined for a file that is not there or is damaged: without it nothing was reviewed. */
async function readJson(path: string): Promise<unknown> {
  try {
    const bounds = { file: path, mostBytes, code: 'app/plan-file-damaged', followLinks: true } as const;
    return JSON.parse(new TextDecoder().decode(await readFileBounded(path, bounds)));
  } catch (error) {
    if (error instanceof ProblemError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function pathOf(fingerprint: string, { backupDir }: Place, { cwd }: World): string {
  return resolve(
    cwd,
    backupDir,
    join(`reviewed-${fingerprint.replaceAll(/[^A-Za-z0-9]/g, '-').slice(0, 100)}.json`),
  );
}
