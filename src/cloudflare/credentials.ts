import { ProblemError } from '../problem/problem.ts';

/** What Cloudflare knows the user by: an API token, or an e-mail address with the global key. */
export type Credentials =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'key'; readonly email: string; readonly key: string };

/** Prefixed forms that Cloudflare gives out (Cloudflare docs, API token formats). */
const knownTokens = /\bcf(?:ut|at|k|oat)_[A-Za-z0-9_-]{8,}/g;

/** The headers that sign a call; throws `ProblemError` for a value that is empty or that no header can carry. */
export function signingHeaders(credentials: Credentials): Readonly<Record<string, string>> {
  if (credentials.kind === 'token') {
    return { authorization: `Bearer ${sendable('API token', credentials.token)}` };
  }
  return {
    'x-auth-email': sendable('e-mail address', credentials.email),
    'x-auth-key': sendable('API key', credentials.key),
  };
}

/** Gives the function that takes the secret, and whatever looks like a Cloudflare token, out of a text. */
export function secretMask(credentials: Credentials): (text: string) => string {
  const secret = credentials.kind === 'token' ? credentials.token : credentials.key;
  return (text) => text.replaceAll(secret, '[secret]').replace(knownTokens, '[secret]');
}

function sendable(what: string, value: string): string {
  if (/^[!-~]+$/.test(value)) return value;
  throw new ProblemError({
    code: 'cloudflare/bad-credentials',
    message:
      value === ''
        ? `the ${what} is empty`
        : `the ${what} holds a blank, a line break or a character outside ASCII`,
    hint: 'set CLOUDFLARE_API_TOKEN (or CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY) to the value as the dashboard shows it',
  });
}
