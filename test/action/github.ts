import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { GithubAnswer } from './github-answer.ts';
import { route } from './github-routes.ts';
import {
  addComment,
  type Comment,
  type GithubRequest,
  type GithubStore,
  type Grant,
  type Permission,
} from './github-store.ts';

/** Answers in GitHub's place, or breaks the connection. */
export type Intervention = GithubAnswer | 'hang up';

export interface Github extends GithubStore, AsyncDisposable {
  readonly log: GithubRequest[];
  /** May be changed at any time; runs before each request. */
  intervene: (request: GithubRequest) => Intervention | undefined;
  /** Somebody comments. */
  say(pull: number, author: string, body: string): Comment;
}

/** The token of the job, as `github.token` gives it. */
export const jobToken = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz';

/** The App behind it. */
export const jobLogin = 'github-actions[bot]';

/** A job's token with these permissions. */
export function jobGrant(...may: readonly Permission[]): Grant {
  return { login: jobLogin, isApp: true, may: new Set(may), hasGraphql: true };
}

/** Starts a GitHub on loopback with one repository and a job's token that may comment. */
export async function startGithub(repository = 'acme/edge'): Promise<Github> {
  const log: GithubRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const request = await requestOf(incoming);
    log.push(request);
    const answer = github.intervene(request) ?? route(request, github);
    if (answer === 'hang up') {
      outgoing.destroy();
      return;
    }
    const { status, headers = {}, body } = answer;
    const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
    outgoing.writeHead(status, { 'content-type': type, ...limitHeaders, ...headers });
    outgoing.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const url = await listening(server);
  const comments: Comment[] = [];
  const github: Github = {
    repository,
    url,
    grants: new Map([[jobToken, jobGrant('contents: read', 'pull-requests: write')]]),
    comments,
    pulls: [],
    trees: new Map(),
    log,
    intervene: () => undefined,
    say: (pull, author, body) => addComment(comments, { pull, author, body }),
    [Symbol.asyncDispose]: () => closed(server),
  };
  return github;
}

const limitHeaders = {
  'x-ratelimit-limit': '5000',
  'x-ratelimit-remaining': '4990',
  'x-ratelimit-used': '10',
  'x-ratelimit-resource': 'core',
};

/** The refusal of a client that asks too fast, as GitHub's "secondary rate limit" says it; seconds to wait. */
export function tooFast(status: 403 | 429, retryAfter: number): GithubAnswer {
  return {
    status,
    headers: { 'retry-after': String(retryAfter) },
    body: {
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api',
    },
  };
}

/** The refusal of a client that has used up its hour, which ends in some seconds. */
export function usedUp(status: 403 | 429, seconds: number): GithubAnswer {
  const reset = Math.floor(Date.now() / 1000) + seconds;
  return {
    status,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) },
    body: {
      message: 'API rate limit exceeded for installation ID 1.',
      documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api',
    },
  };
}

async function requestOf(incoming: IncomingMessage): Promise<GithubRequest> {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
  const { authorization = '', accept = '' } = incoming.headers;
  const body = await text(incoming);
  return {
    method: incoming.method ?? 'GET',
    path: pathname.replace(/^\/api\/v3(?=\/)|^\/api(?=\/graphql$)/, ''),
    query: searchParams,
    accept,
    token: authorization.replace(/^(?:token|bearer) /i, ''),
    body: body === '' ? undefined : JSON.parse(body),
  };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}
