/** What a token may be allowed to do, in the words of a workflow's `permissions:`. */
export type Permission = 'contents: read' | 'pull-requests: read' | 'pull-requests: write';

/** Who stands behind a token. The token of a job is the App `github-actions`; `GET /user` is not for Apps. */
export interface Grant {
  readonly login: string;
  readonly isApp: boolean;
  readonly may: ReadonlySet<Permission>;
  /** Old GitHub Enterprise servers and odd proxies refuse it. */
  readonly hasGraphql: boolean;
}

export interface Comment {
  readonly id: number;
  readonly pull: number;
  readonly author: string;
  body: string;
  /** Who wrote over it last; undefined as long as nobody did. */
  editor: string | undefined;
  /** How often it was written: 1 when it is new. */
  writes: number;
}

export interface Pull {
  readonly number: number;
  readonly head: { sha: string; readonly repository: string };
  readonly base: { readonly sha: string };
  mergeCommit: string | undefined;
}

export interface GithubRequest {
  readonly method: string;
  /** Without query, and without the prefix of GitHub Enterprise. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly accept: string;
  readonly token: string;
  readonly body: unknown;
}

/** What GitHub knows; tests read it and write it as other people would. */
export interface GithubStore {
  /** `owner/name`. */
  readonly repository: string;
  readonly url: string;
  readonly grants: Map<string, Grant>;
  readonly comments: Comment[];
  readonly pulls: Pull[];
  /** Files by path, by commit. */
  readonly trees: Map<string, Readonly<Record<string, string>>>;
}

/** Keeps a new comment; ids rise, as GitHub's do. */
export function addComment(comments: Comment[], said: Pick<Comment, 'pull' | 'author' | 'body'>): Comment {
  const comment = { ...said, id: 1_000_000_001 + comments.length, editor: undefined, writes: 1 };
  comments.push(comment);
  return comment;
}
