import { ProblemError } from '../problem/problem.ts';
import { hidden, withoutTokens } from '../problem/tokens.ts';

/** What Cloudflare knows the user by: an API token, or an e-mail address with the global key. */
export type Credentials =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'key'; readonly email: string; readonly key: string };

/** Nothing shorter is a secret of Cloudflare's; taking out a word such as `test` would only garble what is said. */
const shortestSecret = 16;

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

/**
 * Gives the function that takes the secret out of a text, as it is and as URLs and JSON write it, and whatever else
 * looks like a token of Cloudflare's.
 */
export function secretMask(credentials: Credentials): (text: string) => string {
  const secret = credentials.kind === 'token' ? credentials.token : credentials.key;
  const forms = new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  const masked = secret.length < shortestSecret ? [] : [...forms];
  return (text) => withoutTokens(masked.reduce((rest, form) => rest.replaceAll(form, hidden), text));
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
