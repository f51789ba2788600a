import type { Problem, ProblemCode } from '../problem/problem.ts';

/** Why a step fails, by the word of the output `failure-reason`; public API, listed in `action.yml`. */
export const reasons = {
  usage: 'an input of the Action cannot be used',
  refused: "a fork's head would run beside a Cloudflare token",
  auth: 'Cloudflare credentials are missing or were refused',
  validation: 'the files have errors',
  'plan-failed': 'no whole plan could be made',
  changes: 'changes are waiting, and fail-on-changes is true',
  hazard: 'a hazard that nobody allowed; nothing was written',
  'not-reviewed': 'no reviewed plan was found; nothing was written',
  'plan-changed': 'the plan is not the one that was reviewed; nothing was written',
  stale: 'the live state moved; nothing was written',
  incomplete: 'something was written and something was not',
  'other-writer': 'everything was written, and somebody else wrote at the same time',
  'apply-failed': 'nothing is known to be written',
  interrupted: 'the job was cancelled',
  internal: 'a bug in cf-errors',
} as const satisfies Record<string, string>;

export type FailureReason = keyof typeof reasons;

/** The first row that an error fits says why. */
const byCode: readonly (readonly [FailureReason, readonly (ProblemCode | `${string}/`)[]])[] = [
  ['interrupted', ['action/interrupted', 'cloudflare/interrupted']],
  ['refused', ['action/fork-with-token']],
  [
    'usage',
    [
      'action/usage',
      'app/unknown-code',
      'app/scope-not-in-file',
      'app/plan-file-damaged',
      'app/plan-file-target',
      'cloudflare/base-url',
    ],
  ],
  ['plan-changed', ['apply/plan-changed']],
  ['other-writer', ['apply/overwrote-other-writer', 'apply/changed-meanwhile']],
  ['validation', ['action/stray-link']],
  ['not-reviewed', ['action/']],
  [
    'auth',
    [
      'app/no-credentials',
      'cloudflare/bad-credentials',
      'cloudflare/not-signed-in',
      'cloudflare/no-permission',
    ],
  ],
  ['validation', ['config/', 'expression/', 'lint/', 'behaviour/']],
];

/** Why these problems fail a step; `otherwise` where none of them is of a kind of its own. */
export function reasonOf(problems: readonly Problem[], otherwise: FailureReason): FailureReason {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const fits = (code: string, row: readonly string[]): boolean =>
    row.some((one) => (one.endsWith('/') ? code.startsWith(one) : code === one));
  const found = byCode.find(([, row]) => errors.some(({ code }) => fits(code, row)));
  return found?.[0] ?? otherwise;
}
