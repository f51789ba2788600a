import { resolve } from 'node:path';
import { fingerprintOf } from '../compare/compare.ts';
import { type Change, hasChanges, type Plan } from '../model/plan.ts';
import { scopeLabel } from '../model/scope.ts';
import { orderedChanges, orderedDigests } from '../plan/plan.ts';
import { type Note, ProblemError } from '../problem/problem.ts';
import { writeText } from './files.ts';
import { readFileBounded } from './text-files.ts';
import type { World } from './world.ts';

/** Digests of 70 bytes each: more than any plan holds. */
const mostBytes = 50_000_000;

/** The plan that somebody reviewed: what binds it, and what the changes were called, in the order of the plan. */
export interface Reviewed {
  readonly fingerprint: string;
  /** Absent where only the fingerprint is known: then nothing but the whole plan is the reviewed one. */
  readonly changes?: readonly ReviewedChange[];
}

export interface ReviewedChange {
  readonly digest: string;
  /** For people, such as `zone example.com: rules`; it decides nothing. */
  readonly label?: string;
}

/** What a review of a plan has to keep, so that an apply can be bound to it. */
export function reviewedOf(plan: Plan): Reviewed {
  return {
    fingerprint: plan.fingerprint,
    changes: labelled(plan).map(({ digest, label }) => ({ digest, label })),
  };
}

interface Place {
  /** The digests lie beside the backups of the runs that they belong to. */
  readonly backupDir: string;
}

/**
 * Goes on only with the plan that was reviewed: the one with this fingerprint, or what an earlier run of it has left
 * over, by the changes that the review lists or those that an earlier run on this machine kept. Throws ProblemError
 * `apply/plan-changed`, which says the difference, for any other plan that would write.
 */
export async function requireReviewed(
  plan: Plan,
  reviewed: Reviewed,
  place: Place,
  world: World,
): Promise<void> {
  if (plan.fingerprint === reviewed.fingerprint || !hasChanges(plan)) return;
  const changes = known(reviewed) ?? (await readReviewed(reviewed.fingerprint, place, world));
  if (changes !== undefined && isWhatIsLeft(orderedDigests(plan.scopes), digestsOf(changes))) return;
  throw new ProblemError({
    code: 'apply/plan-changed',
    message: `the plan now has the fingerprint ${plan.fingerprint}, not the reviewed ${reviewed.fingerprint}`,
    hint: 'the file or the live state changed since the review; nothing was written: plan again and review that',
    ...(changes === undefined ? {} : { notes: differences(plan, changes) }),
  });
}

/** Only the digests that the reviewed fingerprint was made of say anything about that review. */
function known({ fingerprint, changes }: Reviewed): readonly ReviewedChange[] | undefined {
  return changes !== undefined && fingerprintOf(digestsOf(changes)) === fingerprint ? changes : undefined;
}

function digestsOf(changes: readonly ReviewedChange[]): readonly string[] {
  return changes.map(({ digest }) => digest);
}

/** More than these are counted and not named. */
const mostNotes = 10;

/** Which changes nobody reviewed, and which reviewed ones the plan no longer holds. */
function differences(plan: Plan, reviewed: readonly ReviewedChange[]): readonly Note[] {
  const before = new Set(digestsOf(reviewed));
  const now = new Set(orderedDigests(plan.scopes));
  const notes: readonly Note[] = [
    ...labelled(plan)
      .filter(({ digest }) => !before.has(digest))
      .map(({ label, span }) => ({ message: `not reviewed: ${label}`, span })),
    ...reviewed
      .filter(({ digest }) => !now.has(digest))
      .map(({ label = 'a change' }) => ({ message: `reviewed, and no longer in the plan: ${label}` })),
  ];
  const more = notes.length - mostNotes;
  return more > 0 ? [...notes.slice(0, mostNotes), { message: `and ${more} more differences` }] : notes;
}

function labelled({ scopes }: Plan) {
  return orderedChanges(scopes).map(({ scope, change }) => ({
    digest: change.digest,
    label: `${scopeLabel(scope)}: ${changeWords(change)}`,
    span: 'item' in change.origin ? change.origin.item : change.origin,
  }));
}

function changeWords(change: Change): string {
  if (change.kind === 'ruleset-update') return 'rules';
  const { name } = change.kind === 'asset-delete' ? change.live : change.asset;
  return `${verbs[change.kind]} asset ${name}`;
}

const verbs = {
  'asset-create': 'add',
  'asset-update': 'change',
  'asset-refresh': 'refresh',
  'asset-delete': 'remove',
} as const satisfies Partial<Record<Change['kind'], string>>;

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
): Promise<readonly ReviewedChange[] | undefined> {
  const { digests } = Object(await readJson(pathOf(fingerprint, place, world)));
  if (!Array.isArray(digests)) return undefined;
  return known({ fingerprint, changes: digests.map((digest) => ({ digest: String(digest) })) });
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
  const name = fingerprint.replaceAll(/[^A-Za-z0-9]/g, '-').slice(0, 100);
  return resolve(cwd, backupDir, `reviewed-${name}.json`);
}
