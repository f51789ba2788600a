import type { GithubRequest, GithubStore, Grant } from './github-store.ts';

export interface GithubAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is, anything else as JSON. */
  readonly body: unknown;
}

/** A request with the answers to who asks and where. */
export interface Asked extends GithubRequest {
  readonly store: GithubStore;
  readonly grant: Grant;
  /** What the pattern of the path caught. */
  readonly caught: readonly string[];
}

/** A refusal as GitHub words it. */
export function refusal(status: number, message: string): GithubAnswer {
  const body = { message, documentation_url: 'https://docs.github.com/rest', status: String(status) };
  return { status, body };
}

/** What is not there, and what a token must not know of. */
export const notFound = refusal(404, 'Not Found');

/** A token of a job or an App that lacks a permission. */
export const notForApps = refusal(403, 'Resource not accessible by integration');

/** The name of a comment in GraphQL. */
export function nodeId(id: number): string {
  return `IC_${Buffer.from(String(id)).toString('base64url')}`;
}
