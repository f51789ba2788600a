import { expect } from 'vitest';
import type { Applied, Planned } from '../../src/app/app.ts';
import { type Change, planProblems, type RuleChange, type RulesetUpdate } from '../../src/model/plan.ts';
import type { Receipt } from '../../src/model/receipt.ts';
import type { Problem } from '../../src/problem/problem.ts';

/** The codes of problems, in their order; lints say nothing of what these tests are about. */
export function codesOf(problems: readonly Problem[]): readonly string[] {
  return problems.map((problem) => problem.code).filter((code) => !code.startsWith('lint/'));
}

/** The codes of everything that is wrong with a plan, what kept it from being made included. */
export function planCodes({ plan: made, problems }: Planned): readonly string[] {
  return codesOf([...problems, ...(made === undefined ? [] : planProblems(made))]);
}

/** What a plan would do, such as `zone example.com asset-create error_5xx` or `zone example.com edit api_json`. */
export function changesOf({ plan: made }: Planned): readonly string[] {
  return (made?.scopes ?? []).flatMap(({ scope, changes }) =>
    changes
      .flatMap((change) =>
        change.kind === 'ruleset-update' ? change.rules.map(ruleChange) : [assetChange(change)],
      )
      .map((what) => `${scope.kind} ${scope.name} ${what}`),
  );
}

function ruleChange(change: RuleChange): string {
  return `${change.kind} ${change.kind === 'remove' ? change.live.ref : change.rule.ref}`;
}

function assetChange(change: Exclude<Change, RulesetUpdate>): string {
  return `${change.kind} ${change.kind === 'asset-delete' ? change.live.name : change.asset.name}`;
}

/** Fails unless there is a plan that has nothing to do and nothing to complain of. */
export function expectEmpty(planned: Planned): void {
  expect(planCodes(planned).filter((code) => code !== 'config/odd-ref')).toEqual([]);
  expect(changesOf(planned)).toEqual([]);
  expect(planned.plan).toBeDefined();
}

/** What became of each change, such as `zone example.com asset-create error_5xx: done`. */
export function outcomesOf({ receipt }: Applied): readonly string[] {
  return (receipt?.scopes ?? []).flatMap(({ scope, changes }) =>
    changes.map(({ change, outcome }) => {
      const what = change.kind === 'ruleset-update' ? 'rules' : assetChange(change);
      return `${scope.kind} ${scope.name} ${what}: ${outcome}`;
    }),
  );
}

/** The codes of what went wrong while a plan was carried out. */
export function receiptCodes({ receipt }: Applied): readonly string[] {
  return codesOf((receipt?.scopes ?? []).flatMap((scope) => scope.problems));
}

/** The receipt, which there must be. */
export function receiptOf({ receipt, problems }: Applied): Receipt {
  if (receipt === undefined) throw new Error(`apply did not begin: ${codesOf(problems)}`);
  return receipt;
}
