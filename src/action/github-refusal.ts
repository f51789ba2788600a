import { ProblemError, type ProblemInput } from '../problem/problem.ts';
import { hidden } from '../problem/tokens.ts';

/** What a request is for, in words that follow "GitHub refused to", and the permission that it takes. */
export interface Purpose {
  readonly what: string;
  readonly permission: string;
}

export type Asking = <T>(purpose: Purpose, ask: () => Promise<T>) => Promise<T>;

/** Asks GitHub something; what it refuses is thrown as a ProblemError that names the permission, and never the token. */
export function askingWith(token: string): Asking {
  return async (purpose, ask) => {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      const problem = refusalProblem(purpose, error);
      throw new ProblemError({ ...problem, message: problem.message.replaceAll(token, hidden) });
    }
  };
}

/** Undefined in the place of what is not there. */
export async function orAbsent<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isAnswer(error) && error.status === 404) return undefined;
    throw error;
  }
}

interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly response?: {
    readonly data?: { readonly message?: unknown };
    readonly headers?: Readonly<Record<string, unknown>>;
  };
}

/** The problem that an error of octokit is, or one that comes of an answer which is none of GitHub's. */
function refusalProblem({ what, permission }: Purpose, error: unknown): ProblemInput {
  if (isGraphqlRefusal(error)) {
    const message = `GitHub refused to ${what}: ${error.message.slice(0, 300)}`;
    if (/rate limit/i.test(error.message)) return { code: 'action/github-failed', message, hint: limitHint };
    return { code: 'action/github-permission', message, hint: permissionHint(permission) };
  }
  if (error instanceof TypeError) {
    return {
      code: 'action/github-failed',
      message: `GitHub was asked to ${what}, and the answer cannot be understood`,
      hint: 'is there something between the runner and GITHUB_API_URL that answers in its place?',
    };
  }
  if (!isAnswer(error)) throw error;
  const { status, response } = error;
  const said = typeof response?.data?.message === 'string' ? response.data.message : error.message;
  const words = said.slice(0, 300);
  if (response === undefined) {
    return {
      code: 'action/github-failed',
      message: `GitHub could not be asked to ${what}: ${words}`,
      hint: 'look at the network of the runner and at GITHUB_API_URL',
    };
  }
  const message = `GitHub refused to ${what}: ${words} (${status})`;
  if (isRateLimit(error)) return { code: 'action/github-failed', message, hint: limitHint };
  if (status === 401) {
    return {
      code: 'action/github-permission',
      message,
      hint: 'the input github-token is not valid, or has expired',
    };
  }
  if (status === 403 || status === 404) {
    return { code: 'action/github-permission', message, hint: permissionHint(permission) };
  }
  return { code: 'action/github-failed', message, hint: 'run the job again' };
}

const limitHint = 'its rate limit lasts longer than the input max-wait; run the job again later';

function permissionHint(permission: string): string {
  return `give the job the permission "${permission}"; on a fork's pull request its token may only read`;
}

/** GraphQL refuses in an answer of status 200. */
function isGraphqlRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'GraphqlResponseError';
}

function isAnswer(error: unknown): error is Refusal {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

function isRateLimit({ status, message, response }: Refusal): boolean {
  if (status !== 403 && status !== 429) return false;
  return (
    status === 429 || response?.headers?.['x-ratelimit-remaining'] === '0' || /rate limit/i.test(message)
  );
}
