import type { ProblemCode } from '../problem/problem.ts';
import type { ApiError, Call } from './call.ts';
import { permissionHint } from './permission.ts';

/** What a refusal means for the user. */
export interface Meaning {
  readonly code: ProblemCode;
  readonly hint: string | ((call: Call) => string);
}

interface Row extends Meaning {
  readonly fits: (error: ApiError, status: number) => boolean;
}

const oneOf =
  (...codes: readonly number[]): Row['fits'] =>
  ({ code }) =>
    code !== undefined && codes.includes(code);

const says =
  (pattern: RegExp): Row['fits'] =>
  ({ message }) =>
    pattern.test(message);

const either =
  (...tests: readonly Row['fits'][]): Row['fits'] =>
  (error, status) =>
    tests.some((fits) => fits(error, status));

/** What to do where the rate limit asks for more patience than was allowed. */
export const slowDown = 'run again in five minutes, or allow a longer pause with --max-wait';

/**
 * From the first row that fits. Cloudflare's codes come before the status, and texts stand in where rulesets answer
 * without a code (Cloudflare OpenAPI, `rulesets_Message`: only `message` is required).
 */
const rows: readonly Row[] = [
  {
    fits: (_, status) => status >= 500 || status === 408,
    code: 'cloudflare/server-error',
    hint: ({ method }) =>
      method === 'GET' ? 'try again in a minute; see www.cloudflarestatus.com' : runAgain,
  },
  {
    fits: (error, status) => status === 429 || oneOf(971, 10100, 10429)(error, status),
    code: 'cloudflare/rate-limited',
    hint: slowDown,
  },
  {
    fits: either(oneOf(1202), says(/error fetching page/i)),
    code: 'cloudflare/page-not-fetched',
    hint: 'open the URL from outside: the page and every image, style and script of it must answer; a WAF or IP Access rule of its zone (also one that blocks the US) can stop the fetch',
  },
  {
    fits: oneOf(20217),
    code: 'cloudflare/refused',
    hint: 'the phase already has a rule list, made by somebody else in this moment: plan again',
  },
  {
    fits: oneOf(20018),
    code: 'cloudflare/refused',
    hint: 'a rule carries `logging`, which serve_error does not take: remove that key where the rule was made',
  },
  {
    fits: either(oneOf(50002), says(/\bout of 0\b|not entitled|plan is required/i)),
    code: 'cloudflare/not-in-plan',
    hint: 'Custom Errors need Pro, Business or Enterprise; `matches` needs Business or Enterprise',
  },
  {
    fits: either(oneOf(50001), says(/exceeded (?:the )?maximum number/i)),
    code: 'cloudflare/over-quota',
    hint: 'a Pro zone holds 25 rules and 25 assets, Business 50, Enterprise 300: remove some, or ask Cloudflare for more',
  },
  {
    fits: either(oneOf(20127), says(/filter parsing error|not a valid value for expression/i)),
    code: 'cloudflare/expression-refused',
    hint: 'correct the expression of the rule that is named; the text of Cloudflare says where it stopped reading',
  },
  {
    fits: either(
      oneOf(1000, 6003, 6111, 10502),
      (error, status) => error.code !== 10000 && status === 401,
      says(/invalid (?:access|api) token/i),
    ),
    code: 'cloudflare/not-signed-in',
    hint: 'check CLOUDFLARE_API_TOKEN (or CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY): unknown, expired, or copied in part',
  },
  {
    fits: (error, status) => status === 403 || oneOf(10000, 9109)(error, status),
    code: 'cloudflare/no-permission',
    hint: permissionHint,
  },
  {
    fits: oneOf(7000, 7003),
    code: 'cloudflare/wrong-id',
    hint: 'check the id in the file, or write the name instead; where CLOUDFLARE_BASE_URL is set, it must end like /client/v4',
  },
  {
    fits: (_, status) => status === 404,
    code: 'cloudflare/not-found',
    hint: 'plan again: live has changed, or the id belongs to something else',
  },
];

const otherwise: Meaning = {
  code: 'cloudflare/refused',
  hint: 'the text of Cloudflare says what it does not accept; nothing was written by this call',
};

/** What to do after a write of which nobody knows whether it happened. */
export const runAgain =
  'it may have been written all the same: run again, which reads first and finishes what is left';

/** Says what one error of a refusal means. */
export function meaningOf(error: ApiError, status: number): Meaning {
  return rows.find((row) => row.fits(error, status)) ?? otherwise;
}

/** True where a 404 says that the thing is not there, and not that its address is wrong (codes 7000 and 7003). */
export function saysMissing(status: number, errors: readonly ApiError[]): boolean {
  return status === 404 && !errors.some((error) => meaningOf(error, status).code === 'cloudflare/wrong-id');
}
