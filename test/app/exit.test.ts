import { describe, expect, it } from 'vitest';
import { type ExitCode, exitOfPlan, exitOfReceipt } from '../../src/app/app.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Outcome, Receipt, ScopeOutcome, ScopeReceipt } from '../../src/model/receipt.ts';
import { type Problem, problem } from '../../src/problem/problem.ts';
import { asset, desired, live, plan, zone } from '../plan/builders.ts';

const change = plan(desired({ assets: [asset('a')] }), live({ assets: [] }));
const empty = plan(desired({ assets: [] }), live({ assets: [] }));
const hazard = problem({ code: 'plan/empty', message: 'no asset would be left' });
const failure = problem({ code: 'cloudflare/refused', message: 'no' });

/** A plan with these problems of its own. */
function withProblems(of: Plan, ...problems: readonly Problem[]): Plan {
  return { ...of, problems: [...of.problems, ...problems] };
}

type Scope = readonly [ScopeOutcome, readonly Outcome[], ...Problem[]];

function receipt(scopes: readonly Scope[], interrupted?: 'SIGINT' | 'SIGTERM'): Receipt {
  const receipts = scopes.map(
    ([outcome, outcomes, ...problems]): ScopeReceipt => ({
      scope: zone,
      outcome,
      changes: outcomes.flatMap((one) => {
        const [first] = change.scopes[0]?.changes ?? [];
        return first === undefined ? [] : [{ change: first, outcome: one }];
      }),
      problems,
    }),
  );
  const ending = interrupted === undefined ? {} : { interrupted };
  return {
    target: change.target,
    fingerprint: change.fingerprint,
    scopes: receipts,
    problems: [],
    ...ending,
  };
}

const done: Scope = ['done', ['done']];
const before: Scope = ['done', ['done-before']];
const stale: Scope = ['stale', ['skipped'], failure];
const failed: Scope = ['failed', ['failed'], failure];
const incomplete: Scope = ['incomplete', ['done', 'failed'], failure];
const skipped: Scope = ['skipped', ['skipped']];

describe('the exit code of an apply', () => {
  it.each<[ExitCode, string, Plan, Receipt]>([
    [0, 'nothing to do', empty, receipt([['done', []]])],
    [0, 'everything done', change, receipt([done, done])],
    [0, 'everything done before', change, receipt([before])],
    [0, 'a hazard that nothing comes of', withProblems(empty, hazard), receipt([['done', []]])],
    [1, 'a scope failed, nothing was written', change, receipt([failed])],
    [1, 'done, but over another writer', change, receipt([['done', ['done'], failure]])],
    [1, 'a scope was not found, the others have nothing to do', withProblems(empty, failure), receipt([])],
    [3, 'a scope was not found, another was written', withProblems(change, failure), receipt([done])],
    [3, 'one scope incomplete', change, receipt([incomplete])],
    [3, 'one done, one stale', change, receipt([done, stale])],
    [3, 'one done, one failed', change, receipt([failed, done])],
    [4, 'all stale', change, receipt([stale])],
    [4, 'one stale, one failed, nothing written', change, receipt([failed, stale])],
    [4, 'one stale, one done before', change, receipt([before, stale])],
    [5, 'a hazard', withProblems(change, hazard), receipt([skipped])],
    [5, 'a hazard and a failure', withProblems(change, hazard, failure), receipt([skipped])],
    [130, 'interrupted, some of it done', change, receipt([incomplete, skipped], 'SIGINT')],
    [143, 'ended, nothing done', change, receipt([skipped], 'SIGTERM')],
    [130, 'interrupted beside a stale scope', change, receipt([stale, skipped], 'SIGINT')],
  ])('%i: %s', (code, _, of, what) => {
    expect(exitOfReceipt(of, what)).toBe(code);
  });
});

describe('the exit code of a plan', () => {
  it.each<[ExitCode, string, Plan | undefined, readonly Problem[], boolean]>([
    [0, 'nothing to do', empty, [], true],
    [0, 'changes, and nobody asked', change, [], false],
    [2, 'changes', change, [], true],
    [2, 'changes with a hazard', withProblems(change, hazard), [], true],
    [1, 'changes, and a scope that was not found', withProblems(change, failure), [], true],
    [1, 'a problem of the files', change, [failure], true],
    [1, 'no plan', undefined, [], false],
  ])('%i: %s', (code, _, of, problems, isDetailed) => {
    expect(exitOfPlan(of, problems, isDetailed)).toBe(code);
  });
});
