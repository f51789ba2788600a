/** A pull request as the event that started the job describes it. */
export interface PullRequestEvent {
  readonly kind: 'pull-request';
  readonly number: number;
  /** The head that is reviewed, not the merge commit that GitHub makes of it for the job. */
  readonly headSha: string;
  readonly baseSha: string;
  /** True where the head lives in another repository than the base, or in one that is gone. */
  readonly isFork: boolean;
  /** True for the event that tells of its merging. */
  readonly isMerged: boolean;
  /** True where the job has the secrets of the base repository whatever the head is (`pull_request_target`). */
  readonly hasSecrets: boolean;
}

/** What started the job, as far as it matters. */
export type Event =
  | PullRequestEvent
  /** A job that has the secrets of the repository whatever it looks at, beside a head that is not told. */
  | { readonly kind: 'secretive'; readonly name: string; readonly isFork: boolean }
  | { readonly kind: 'other' };

const targeted = 'pull_request_target';

/**
 * Reads the name and the payload of an event (GitHub docs, Webhook events and payloads). Every event that carries a pull
 * request counts as one; a payload that is not what GitHub sends is `other`, or a fork's where the job has secrets.
 */
export function readEvent(name: string, payload: unknown): Event {
  const { pull_request: pull, workflow_run: run, repository } = record(payload);
  if (name === 'workflow_run') {
    return { kind: 'secretive', name, isFork: isElsewhere(record(run).head_repository, repository) };
  }
  const { number, merged, head, base } = record(pull);
  const { sha: headSha, repo: headRepo } = record(head);
  const { sha: baseSha, repo: baseRepo } = record(base);
  if (typeof number !== 'number' || !isSha(headSha) || !isSha(baseSha))
    return name === targeted ? { kind: 'secretive', name, isFork: true } : { kind: 'other' };
  return {
    kind: 'pull-request',
    number,
    headSha,
    baseSha,
    isFork: isElsewhere(headRepo, baseRepo),
    isMerged: merged === true && record(payload).action === 'closed',
    hasSecrets: name === targeted,
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isSha(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value);
}

/** Unless both names are there and the same, it is not our own. */
function isElsewhere(one: unknown, other: unknown): boolean {
  const { full_name: name } = record(one);
  return typeof name !== 'string' || name !== record(other).full_name;
}
