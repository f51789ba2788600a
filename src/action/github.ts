import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { toolVersion } from '../app/app.ts';
import { ProblemError, type ProblemInput } from '../problem/problem.ts';
import { type Asking, askingWith, orAbsent, type Purpose } from './github-refusal.ts';
import type { Runner } from './runner.ts';

export interface IssueComment {
  readonly id: number;
  /** Its id in GraphQL. */
  readonly nodeId: string;
  readonly body: string;
  /** Login of who wrote it. */
  readonly author: string;
  readonly url: string;
}

export interface MergedPull {
  readonly number: number;
  readonly headSha: string;
}

export type Content =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'folder'; readonly names: readonly string[] };

/** What the Action asks of GitHub, about one repository; every refusal is a ProblemError that names the permission. */
export interface GitHub {
  /** All comments of a pull request, oldest first; whoever will write one too needs that permission. */
  comments(pull: number, use: 'read' | 'write'): Promise<readonly IssueComment[]>;
  /**
   * Those that the owner of our token wrote, and nobody else has edited since. Where GraphQL, which alone tells of edits,
   * is not to be had, this is refused for reading; for writing those count that have our login, or none.
   */
  ours(comments: readonly IssueComment[], use: 'read' | 'write'): Promise<readonly IssueComment[]>;
  /** Both answer the comment's address. */
  create(pull: number, body: string): Promise<string>;
  update(id: number, body: string): Promise<string>;
  /** The pull requests whose merging made this commit. */
  mergedInto(sha: string): Promise<readonly MergedPull[]>;
  /** A file of at most 1 MiB or the names in a folder, at a commit; undefined where there is none. */
  content(path: string, sha: string): Promise<Content | undefined>;
}

const App = Octokit.plugin(paginateRest, retry, throttling);

export interface GitHubOptions {
  readonly token: string;
  readonly runner: Pick<Runner, 'owner' | 'repo' | 'apiUrl'>;
  /** The longest pause for a rate limit; one that would last longer is a refusal. */
  readonly maxWaitMs: number;
  /** Told before such a pause. */
  readonly onWait: (seconds: number) => void;
}

/** Most pauses for one request. */
const mostWaits = 3;

/** GitHub's API as the owner of a token sees it. */
export function openGitHub({ token, runner, maxWaitMs, onWait }: GitHubOptions): GitHub {
  const { owner, repo } = runner;
  const mayWait = (seconds: number, _options: object, _octokit: object, times: number): boolean => {
    const waits = seconds * 1000 <= maxWaitMs && times < mostWaits;
    if (waits) onWait(seconds);
    return waits;
  };
  const quiet = (): void => {};
  const octokit = new App({
    auth: token,
    baseUrl: runner.apiUrl,
    userAgent: `cf-errors/${toolVersion}`,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    throttle: { onRateLimit: mayWait, onSecondaryRateLimit: mayWait },
    retry: { doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
  });
  const here = { owner, repo };
  const asking = askingWith(token);
  return {
    comments: (pull, use) =>
      asking(purposes[use === 'read' ? 'list' : 'listFirst'], async () => {
        const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
        const found = await octokit.paginate(route, { ...here, issue_number: pull, per_page: 100 });
        return found.map(({ id, node_id, body, user, html_url }) => ({
          id: Number(id),
          nodeId: node_id,
          body: body ?? '',
          author: user?.login ?? '',
          url: html_url,
        }));
      }),
    ours: (comments, use) => ownComments({ octokit, asking }, comments, use),
    create: (pull, body) =>
      asking(purposes.write, async () => {
        const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
        // After a lost answer the comment may be there: the next run finds it, a second try would double it.
        const request = { retries: 0 };
        return (await octokit.request(route, { ...here, issue_number: pull, body, request })).data.html_url;
      }),
    update: (id, body) =>
      asking(purposes.write, async () => {
        const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
        return (await octokit.request(route, { ...here, comment_id: id, body })).data.html_url;
      }),
    mergedInto: (sha) =>
      asking(purposes.pulls, async () => {
        const route = 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls';
        const found = await octokit.paginate(route, { ...here, commit_sha: sha, per_page: 100 });
        return found
          .filter((pull) => pull.merged_at !== null && pull.merge_commit_sha === sha)
          .map(({ number, head }) => ({ number, headSha: head.sha }));
      }),
    content: (path, sha) =>
      asking(purposes.contents, async () => {
        const route = 'GET /repos/{owner}/{repo}/contents/{+path}';
        const encoded = path.split('/').map(encodeURIComponent).join('/');
        const found = await orAbsent(octokit.request(route, { ...here, path: encoded, ref: sha }));
        return found === undefined ? undefined : contentOf(found.data);
      }),
  };
}

const purposes = {
  list: { what: 'list the comments of the pull request', permission: 'pull-requests: read' },
  listFirst: { what: 'list the comments of the pull request', permission: 'pull-requests: write' },
  write: { what: 'write the comment on the pull request', permission: 'pull-requests: write' },
  pulls: {
    what: 'find the pull request of this commit',
    permission: 'pull-requests: read and contents: read',
  },
  contents: { what: 'read the files of the base branch', permission: 'contents: read' },
  whoami: { what: 'find out whose comments are ours', permission: 'pull-requests: read' },
} as const satisfies Record<string, Purpose>;

const tooLarge: ProblemInput = {
  code: 'action/github-failed',
  message: 'a file of the base branch has more than 1 MiB, which GitHub does not hand out',
  hint: 'nothing is compared; divide the file',
};

/** A file as GitHub gives it; symbolic links and submodules are nothing to us. Throws ProblemError for over 1 MiB. */
function contentOf(data: unknown): Content | undefined {
  if (Array.isArray(data)) return { kind: 'folder', names: data.map((one) => String(Object(one).name)) };
  const { type, encoding, content } = Object(data);
  if (type === 'file' && encoding === 'none') throw new ProblemError(tooLarge);
  if (type !== 'file' || encoding !== 'base64' || typeof content !== 'string') return undefined;
  return { kind: 'file', bytes: Buffer.from(content, 'base64') };
}

interface Authorship {
  readonly id?: string;
  readonly viewerDidAuthor?: boolean;
  readonly lastEditedAt?: string | null;
  readonly author?: Actor | null;
  readonly editor?: Actor | null;
}

/** An App and a person may have the same login here, so its kind belongs to it. */
interface Actor {
  readonly __typename: string;
  readonly login: string;
}

/** One question for many comments, answered alike for a job's token, an app and a person (GitHub GraphQL, `Comment`). */
const authorship = `query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on IssueComment {
      id viewerDidAuthor lastEditedAt author { __typename login } editor { __typename login }
    }
  }
}`;

/** How many ids GitHub takes in one `nodes`. */
const mostIds = 100;

interface Connection {
  readonly octokit: Octokit;
  readonly asking: Asking;
}

async function ownComments(
  { octokit, asking }: Connection,
  comments: readonly IssueComment[],
  use: 'read' | 'write',
): Promise<readonly IssueComment[]> {
  if (comments.length === 0) return [];
  const ours = new Set<string>();
  try {
    for (let from = 0; from < comments.length; from += mostIds) {
      const ids = comments.slice(from, from + mostIds).map(({ nodeId }) => nodeId);
      const answer = await asking(purposes.whoami, () =>
        octokit.graphql<Answer | null>(authorship, { ids }).catch(partOf),
      );
      for (const node of answer?.nodes ?? []) if (node?.id !== undefined && isOurs(node)) ours.add(node.id);
    }
    return comments.filter(({ nodeId }) => ours.has(nodeId));
  } catch (error) {
    if (use === 'read' || !(error instanceof ProblemError)) throw error;
    if (error.problems.some(({ code }) => code !== 'action/github-permission')) throw error;
    return byLogin({ octokit, asking }, comments);
  }
}

interface Answer {
  readonly nodes?: readonly (Authorship | null)[] | null;
}

/** A comment that was deleted meanwhile is an error beside the answer to all the others. */
function partOf(error: unknown): Answer {
  const { data } = Object(error);
  if (Array.isArray(data?.nodes)) return data;
  throw error;
}

/** Whoever may write to a repository may edit comments of others too; then it no longer says what we said. */
function isOurs({ viewerDidAuthor, lastEditedAt, author, editor }: Authorship): boolean {
  if (viewerDidAuthor !== true) return false;
  if (!lastEditedAt) return true;
  return (
    editor?.login !== undefined && editor.login === author?.login && editor.__typename === author.__typename
  );
}

/** For a server that answers no GraphQL; a job's own token has no user, so then nothing counts as ours. */
async function byLogin(
  { octokit, asking }: Connection,
  comments: readonly IssueComment[],
): Promise<readonly IssueComment[]> {
  try {
    const { login } = await asking(purposes.whoami, async () => (await octokit.request('GET /user')).data);
    return comments.filter(({ author }) => author === login);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return [];
  }
}
