import type { Plan, Tally } from '../model/plan.ts';
import { tallyOf } from '../model/plan.ts';
import type { Problem, Severity } from '../problem/problem.ts';

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

/** The summary line of a plan: `2 zones, 1 account: 3 to add, 1 to change, 1 to move, 0 to destroy; 14 unchanged`. */
export function summary(plan: Plan): string {
  const tally = tallyOf(plan);
  return `${scopesWords(tally)}: ${tallyWords(tally)}; ${tally.unchanged} unchanged`;
}

/** What the plan looked at and what stays: `2 zones, 1 account; 14 unchanged`. */
export function standing(plan: Plan): string {
  const tally = tallyOf(plan);
  return `${scopesWords(tally)}; ${tally.unchanged} unchanged`;
}

function scopesWords({ zones, accounts }: Tally): string {
  const words = [zones > 0 ? count(zones, 'zone') : '', accounts > 0 ? count(accounts, 'account') : ''];
  return words.filter((word) => word !== '').join(', ') || 'no scopes';
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

/** Said of a plan without changes and of an apply that had none. */
export const nothingToDo = 'Nothing to do: Cloudflare already is what the file says.';
