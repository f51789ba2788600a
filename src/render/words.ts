import type { Plan, ScopePlan, Tally } from '../model/plan.ts';
import { planProblems, tallyOf } from '../model/plan.ts';
import { type Scope, scopeLabel } from '../model/scope.ts';
import type { TestTally } from '../model/tests.ts';
import { hasErrors, type Problem, type Severity } from '../problem/problem.ts';

/** The first line of everything that the sandbox made. */
export const sandboxLine = 'SANDBOX  nothing here touches Cloudflare';

/** `1 zone`, `2 zones`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `3 to add, 1 to change, 1 to move, 0 to destroy`. */
export function tallyWords(tally: Tally): string {
  return verbs.map((verb) => `${tally[verb]} to ${verb}`).join(', ');
}

/** The same without what is zero: `3 to add, 1 to move`. */
export function tallyBrief(tally: Tally): string {
  return verbs
    .filter((verb) => tally[verb] > 0)
    .map((verb) => `${tally[verb]} to ${verb}`)
    .join(', ');
}

const verbs = ['add', 'change', 'move', 'destroy'] as const satisfies readonly (keyof Tally)[];

/**
 * The summary line of a plan: `2 zones, 1 account: 3 to add, 1 to change, 1 to move, 0 to destroy; 14 unchanged`. What
 * could not be planned stands first of all: `1 zone planned, 2 zones not planned: 0 to add, …`.
 */
export function summary(plan: Plan): string {
  const tally = tallyOf(plan);
  return `${scopesWords(plan)}: ${tallyWords(tally)}; ${tally.unchanged} unchanged`;
}

/** What the plan looked at and what stays: `2 zones, 1 account; 14 unchanged`. */
export function standing(plan: Plan): string {
  return `${scopesWords(plan)}; ${tallyOf(plan).unchanged} unchanged`;
}

function scopesWords(plan: Plan): string {
  const stopped = notPlanned(plan);
  const planned = kindsWords(plan.scopes.filter((scope) => !isStopped(scope)).map(({ scope }) => scope.kind));
  if (stopped === '') return planned || 'no scopes';
  return planned === '' ? stopped : `${planned} planned, ${stopped}`;
}

/** `1 zone, 2 accounts not planned`; empty where everything was. */
export function notPlanned(plan: Plan): string {
  const known = new Set(plan.scopes.map(({ scope }) => scopeLabel(scope)));
  const errors = plan.problems.filter((one) => one.severity === 'error');
  const missing = new Set(
    errors.flatMap(({ scope }) => (scope === undefined || known.has(scope) ? [] : [scope])),
  );
  const words = kindsWords([
    ...plan.scopes.filter(isStopped).map(({ scope }) => scope.kind),
    ...Array.from(missing, (label) => (label.startsWith('account ') ? 'account' : 'zone')),
  ]);
  return words === '' ? '' : `${words} not planned`;
}

/** True for a scope that was read, and of which nothing is planned because of an error. */
export function isStopped({ changes, problems }: ScopePlan): boolean {
  return changes.length === 0 && hasErrors(problems);
}

function kindsWords(kinds: readonly Scope['kind'][]): string {
  return (['zone', 'account'] as const)
    .map((kind) => ({ kind, number: kinds.filter((one) => one === kind).length }))
    .filter(({ number }) => number > 0)
    .map(({ kind, number }) => count(number, kind))
    .join(', ');
}

/** Stands where the fingerprint would: a plan with errors is not all that the file says, so nobody should approve it. */
const noFingerprint = 'no fingerprint, because the plan has errors';

/** The line that begins with the fingerprint, or says why there is none; `quote` marks what is not ours. */
export function fingerprintWords(plan: Plan, quote: (text: string) => string): string {
  if (plan.comparison !== undefined) return 'no fingerprint, because files were compared with files';
  return hasErrors(planProblems(plan)) ? noFingerprint : `fingerprint ${quote(plan.fingerprint)}`;
}

/** Said of a plan without changes. */
export function idleWords({ comparison }: Plan): string {
  return comparison === undefined ? nothingToDo : 'No difference: both say the same of what both claim.';
}

const severities = ['error', 'hazard', 'warning'] as const satisfies readonly Severity[];

/** `3 errors, 1 warning`; empty where there is no problem. */
export function problemCount(problems: readonly Problem[]): string {
  return severities
    .map((severity) => ({ severity, number: problems.filter((one) => one.severity === severity).length }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => count(number, severity))
    .join(', ');
}

/** `11 passed, 1 failed; 3 of other scopes left out`, without what is zero. */
export function testTallyWords({ leftOut, ...ran }: TestTally): string {
  const words = (['passed', 'failed', 'undecided'] as const)
    .filter((outcome) => ran[outcome] > 0)
    .map((outcome) => `${ran[outcome]} ${outcome}`);
  const run = words.join(', ') || 'none run';
  return leftOut === 0 ? run : `${run}; ${leftOut} of other scopes left out`;
}

/** The line about tests in texts of other things: `tests: 12 passed`; empty where there are none. */
export function testsLine(tally: TestTally | undefined): string {
  return tally === undefined ? '' : `tests: ${testTallyWords(tally)}`;
}

/** Said of a plan without changes and of an apply that had none. */
export const nothingToDo = 'Nothing to do: Cloudflare already is what the file says.';
