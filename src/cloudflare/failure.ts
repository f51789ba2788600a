import type { ProblemCode, ProblemInput } from '../problem/problem.ts';
import type { Answer, ApiError, Call, LossCause, Lost } from './call.ts';
import { type Meaning, meaningOf, runAgain, slowDown } from './refusal.ts';

type Refusal = Extract<Answer, { readonly kind: 'no' }>;
type Unreadable = Extract<Answer, { readonly kind: 'unreadable' }>;

/** Says in problems why a call failed: one for each thing that the user has to mend. */
export function problemsOf(call: Call, failure: Refusal | Unreadable | Lost): readonly ProblemInput[] {
  if (failure.kind === 'no') return ofRefusal(call, failure);
  return [failure.kind === 'lost' ? ofLoss(call, failure) : ofUnreadable(call, failure)];
}

/** A call in words and as it was sent, its ids and fixed middle left out: `reading … (GET /zones/…/entrypoint)`. */
export function inWords({ purpose, method, path }: Call): string {
  const short = path
    .replace(/\/[0-9a-f]{32}(?=\/|$)/gi, '/…')
    .replace('/…/rulesets/phases/http_custom_errors/', '/…/');
  return `${purpose} (${method} ${short})`;
}

/** Errors with a pointer stand alone; the others of one meaning are one, as with a cause and its `error_chain`. */
function ofRefusal(call: Call, { status, errors, ray }: Refusal): readonly ProblemInput[] {
  const said: readonly ApiError[] = errors.length > 0 ? errors : [{ message: '' }];
  const groups = new Map<string, { meaning: Meaning; errors: ApiError[] }>();
  for (const error of said) {
    const meaning = meaningOf(error, status);
    const key = `${meaning.code} ${error.pointer ?? ''}`;
    const group = groups.get(key) ?? { meaning, errors: [] };
    group.errors.push(error);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ meaning, errors: grouped }) => ({
    ...ofMeaning(call, meaning),
    message: `${inWords(call)} was refused: ${[status, ...grouped.map((one) => quoted(one, call))].join(', ')}`,
    ...noteOfRay(ray),
  }));
}

function quoted({ code, message, pointer }: ApiError, { locate }: Call): string {
  const text = message === '' ? 'without a reason' : `"${message}"`;
  const what = code === undefined ? text : `code ${code} ${text}`;
  if (pointer === undefined) return what;
  const place = locate?.(pointer);
  return place === undefined ? `${what} at ${pointer}` : `${what} at ${place} (${pointer})`;
}

function ofUnreadable(call: Call, { status, reason, ray }: Unreadable): ProblemInput {
  const byStatus: Meaning | undefined =
    status >= 500 || status === 429 || status === 408 ? meaningOf({ message: '' }, status) : undefined;
  const redirected: Meaning | undefined =
    status >= 300 && status < 400
      ? {
          code: 'cloudflare/redirected',
          hint: 'correct the base URL: the token is never sent after a redirect',
        }
      : undefined;
  return {
    ...ofMeaning(call, byStatus ?? redirected ?? notUnderstood),
    message: `${inWords(call)} was answered with ${status} and ${reason}`,
    ...noteOfRay(ray),
  };
}

const notUnderstood: Meaning = {
  code: 'cloudflare/not-understood',
  hint: 'something else than the Cloudflare API answered: check the base URL and any proxy on the way',
};

const lossCodes: Readonly<Record<LossCause, ProblemCode>> = {
  timeout: 'cloudflare/timeout',
  dns: 'cloudflare/unreachable',
  connection: 'cloudflare/unreachable',
  certificate: 'cloudflare/untrusted-certificate',
  'too-large': 'cloudflare/not-understood',
  interrupted: 'cloudflare/interrupted',
  'rate-limited': 'cloudflare/rate-limited',
};

const lossHints: Readonly<Record<LossCause, string>> = {
  timeout: 'try again; see www.cloudflarestatus.com',
  dns: 'check the base URL and the name server of this machine',
  connection: 'check the network and the base URL, then try again',
  certificate:
    'a proxy that opens TLS needs its authority in NODE_EXTRA_CA_CERTS; otherwise check the base URL',
  'too-large': 'check the base URL and any proxy on the way',
  interrupted: 'run again to finish',
  'rate-limited': slowDown,
};

function ofLoss(call: Call, { cause, reason }: Lost): ProblemInput {
  return {
    ...ofMeaning(call, { code: lossCodes[cause], hint: lossHints[cause] }),
    message: `${inWords(call)} ${cause === 'rate-limited' ? 'was held back' : 'has no answer'}: ${reason}`,
  };
}

/** A good answer whose content cannot be used. */
export function misfitProblems(call: Call, reasons: readonly string[]): readonly ProblemInput[] {
  return reasons.map((reason) => ({
    ...ofMeaning(call, {
      ...notUnderstood,
      hint: 'the API may have changed: what cannot be read exactly is never written back',
    }),
    message: `${inWords(call)} was answered with something else than expected: ${reason}`,
  }));
}

/** The same problem of a write of which nobody knows whether it happened. */
export function inDoubt(input: ProblemInput): ProblemInput {
  return { ...input, hint: runAgain };
}

function ofMeaning(call: Call, { code, hint }: Meaning): Omit<ProblemInput, 'message'> {
  return {
    code,
    hint: typeof hint === 'string' ? hint : hint(call),
    ...(call.scope === undefined ? {} : { scope: call.scope }),
  };
}

function noteOfRay(ray: string | undefined): Pick<ProblemInput, 'notes'> {
  return ray === undefined
    ? {}
    : { notes: [{ message: `support at Cloudflare finds the call by its ray id ${ray}` }] };
}
