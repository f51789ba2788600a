import { createHash } from 'node:crypto';

/** What happened, as a runner tells it: the event's name, its payload, and where the run stands. */
export interface RunnerEvent {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly ref: string;
  readonly sha: string;
  readonly headRef?: string;
  readonly baseRef?: string;
}

export const repositoryName = 'acme/edge';

/** A commit id that stands for a word. */
export function sha(word: string): string {
  return createHash('sha1').update(word).digest('hex');
}

/** The commit that merging a head makes. */
export function mergeOf(headSha: string): string {
  return sha(`merge of ${headSha}`);
}

const repository = {
  full_name: repositoryName,
  name: 'edge',
  owner: { login: 'acme' },
  default_branch: 'main',
  private: true,
  fork: false,
};

const sender = { login: 'mona', type: 'User' };

/** What tells one pull request from another. */
export interface PullFacts {
  readonly number?: number;
  /** A word for the commit at its head. */
  readonly head?: string;
  readonly base?: string;
  /** `owner/name` of the head; absent where it is the repository itself. */
  readonly from?: string;
}

function pullOf({ number = 7, head = 'head', base = 'base', from = repositoryName }: PullFacts) {
  const isFork = from !== repositoryName;
  return {
    number,
    state: 'open',
    merged: false,
    merge_commit_sha: mergeOf(sha(head)),
    draft: false,
    title: 'A new page',
    html_url: `https://github.test/${repositoryName}/pull/${number}`,
    user: sender,
    head: {
      ref: `change-${number}`,
      sha: sha(head),
      repo: { ...repository, full_name: from, fork: isFork },
    },
    base: { ref: 'main', sha: sha(base), repo: repository },
  };
}

function pullEvent(name: string, action: string, pull: ReturnType<typeof pullOf>): RunnerEvent {
  const isTarget = name === 'pull_request_target';
  return {
    name,
    payload: { action, number: pull.number, pull_request: pull, repository, sender },
    ref: isTarget ? 'refs/heads/main' : `refs/pull/${pull.number}/merge`,
    sha: isTarget ? pull.base.sha : pull.merge_commit_sha,
    headRef: pull.head.ref,
    baseRef: pull.base.ref,
  };
}

/** A pull request was opened. */
export function opened(facts: PullFacts = {}): RunnerEvent {
  return pullEvent('pull_request', 'opened', pullOf(facts));
}

/** Somebody pushed to the branch of a pull request. */
export function synchronized(facts: PullFacts = {}): RunnerEvent {
  return pullEvent('pull_request', 'synchronize', pullOf(facts));
}

/** A pull request was merged; the run stands on the branch that it was merged into. */
export function mergedPull(facts: PullFacts = {}): RunnerEvent {
  const pull = { ...pullOf(facts), state: 'closed', merged: true };
  const event = pullEvent('pull_request', 'closed', pull);
  return { ...event, ref: 'refs/heads/main', sha: pull.merge_commit_sha };
}

/** A pull request was closed without a merge. */
export function abandonedPull(facts: PullFacts = {}): RunnerEvent {
  return pullEvent('pull_request', 'closed', { ...pullOf(facts), state: 'closed' });
}

/** A pull request, told to a workflow of the base branch, with its secrets. */
export function targeted(facts: PullFacts = {}): RunnerEvent {
  return pullEvent('pull_request_target', 'opened', pullOf(facts));
}

/** A commit arrived on the main branch. */
export function pushed(commit: string): RunnerEvent {
  const payload = { ref: 'refs/heads/main', before: sha('before'), after: commit, repository, sender };
  return { name: 'push', payload, ref: 'refs/heads/main', sha: commit };
}

export function scheduled(): RunnerEvent {
  return onMain('schedule', { schedule: '17 5 * * *' });
}

export function dispatched(): RunnerEvent {
  return onMain('workflow_dispatch', { inputs: null, ref: 'refs/heads/main', sender });
}

/** Another workflow ended, which ran on the head of a pull request. */
export function workflowRan({ head = 'head', from = repositoryName }: PullFacts = {}): RunnerEvent {
  return onMain('workflow_run', {
    action: 'completed',
    sender,
    workflow_run: {
      id: 41,
      event: 'pull_request',
      head_branch: 'change-7',
      head_sha: sha(head),
      conclusion: 'success',
      head_repository: { ...repository, full_name: from, fork: from !== repositoryName },
      repository,
      pull_requests: [],
    },
  });
}

function onMain(name: string, payload: Readonly<Record<string, unknown>>): RunnerEvent {
  return { name, payload: { ...payload, repository }, ref: 'refs/heads/main', sha: sha('main') };
}
