import type { Reviewed } from '../app/app.ts';
import { ProblemError } from '../problem/problem.ts';
import { findMarked, latestOf, type Marked } from './comment.ts';
import type { Event } from './event.ts';
import type { GitHub, MergedPull } from './github.ts';
import type { Address, Marker } from './marker.ts';

/** Whose review an apply looks for. */
export interface ReviewQuery {
  readonly event: Event;
  /** The commit that started the job. */
  readonly sha: string;
  readonly address: Address;
  /** True where `comment-id` was given, so that just this comment counts; else any of the same subject. */
  readonly isNamed: boolean;
}

export interface FoundReview {
  readonly pull: MergedPull;
  readonly reviewed: Required<Reviewed>;
}

/**
 * The plan that the comment on the merged pull request holds. Throws ProblemError `action/not-reviewed` where there is
 * not exactly one pull request, or not exactly one such plan for its merged head.
 */
export async function findReview(github: GitHub, query: ReviewQuery): Promise<FoundReview> {
  const pull = await mergedPull(github, query);
  const { address, isNamed } = query;
  const isWanted = ({ kind, id, subject }: Marker): boolean =>
    kind === 'plan' && (isNamed ? id === address.id : subject === address.subject);
  const marked = await findMarked(github, { pull: pull.number, use: 'read', wanted: isWanted });
  return { pull, reviewed: reviewIn(marked, pull) };
}

async function mergedPull(github: GitHub, { event, sha }: ReviewQuery): Promise<MergedPull> {
  if (event.kind === 'pull-request') {
    const { number, headSha, isMerged } = event;
    if (isMerged) return { number, headSha };
    throw notReviewed(`pull request #${number} is not merged`, 'run this job on push to the base branch');
  }
  const [pull, ...others] = await github.mergedInto(sha);
  if (pull === undefined) throw notReviewed(`commit ${sha.slice(0, 12)} is not the merge of a pull request`);
  if (others.length > 0) {
    const numbers = [pull, ...others].map(({ number }) => `#${number}`).join(', ');
    throw notReviewed(`commit ${sha.slice(0, 12)} merges several pull requests: ${numbers}`);
  }
  return pull;
}

/** The one plan that these comments of ours hold for the merged head. */
export function reviewIn(marked: readonly Marked[], { number, headSha }: MergedPull): Required<Reviewed> {
  const where = `pull request #${number}`;
  const groups = Object.values(Object.groupBy(marked, ({ marker }) => marker.id));
  const latest = groups.flatMap((group = []) => latestOf(group)?.marker ?? []);
  const [any] = latest;
  if (any === undefined) {
    throw notReviewed(
      `${where} has no comment by this identity with a plan of these files`,
      'the jobs that plan and apply need the same working-directory, config, zones and accounts, or one comment-id; a pull request from a fork has no plan',
    );
  }
  // A job that was renamed or taken away leaves a comment behind that is about an older head.
  const current = latest.filter(({ head }) => head === headSha);
  const [first] = current;
  if (first === undefined) {
    throw notReviewed(
      `the plan on ${where} is of commit ${any.head.slice(0, 12)}, but ${headSha.slice(0, 12)} was merged`,
    );
  }
  if (current.some(({ reviewed }) => reviewed?.fingerprint !== first.reviewed?.fingerprint)) {
    throw notReviewed(
      `${where} has ${current.length} comments that hold different plans`,
      'give the jobs that plan and apply the same comment-id',
    );
  }
  const { reviewed } = first;
  if (reviewed === undefined)
    throw notReviewed(`the comment on ${where} holds no plan that could be applied`);
  if (reviewed.changes === undefined) {
    throw notReviewed(`the plan on ${where} has too many changes for a comment to hold`);
  }
  return { fingerprint: reviewed.fingerprint, changes: reviewed.changes };
}

const byFile = 'hand the reviewed plan on as a file: output plan-path, artifact, input plan-file';

function notReviewed(message: string, hint?: string): ProblemError {
  const words = hint === undefined ? byFile : `${hint}; or ${byFile}`;
  return new ProblemError({ code: 'action/not-reviewed', message, hint: words });
}
