import type { LiveRuleset, LiveScope } from '../model/live.ts';
import type { AssetDelete, Change, RulesetUpdate, ScopePlan } from '../model/plan.ts';
import type { ChangeReceipt, ScopeOutcome, ScopeReceipt } from '../model/receipt.ts';
import type { Remote } from '../model/remote.ts';
import { scopeLabel } from '../model/scope.ts';
import { type Problem, ProblemError } from '../problem/problem.ts';
import type { ApplyOptions } from './apply.ts';
import { inLanes } from './lanes.ts';
import { holds, staleProblem, steps } from './survey.ts';
import { deleteAsset, notAsWritten, overwritten, putRules, writeAsset } from './write.ts';

/** One scope about to be written: its plan, what was read of it just now, and which changes are true already. */
export interface Task {
  readonly plan: ScopePlan;
  readonly live: LiveScope;
  readonly done: ReadonlySet<Change>;
  readonly remote: Remote;
}

/** What a run of one scope has come to so far. */
interface Ledger {
  readonly receipts: Map<Change, ChangeReceipt>;
  readonly problems: Problem[];
  versions?: { readonly from: string; readonly to: string };
}

/**
 * Writes a scope in three steps: asset creates and updates, the rules in one PUT, asset deletions. The first failure
 * ends the scope: what was not begun is skipped.
 */
export async function runScope(task: Task, options: ApplyOptions): Promise<ScopeReceipt> {
  const ledger: Ledger = { receipts: new Map(), problems: [] };
  const { upserts, updates, deletes } = steps(task.plan.changes);
  const running: Running = { task, ledger, options };
  await runStep(upserts, (change) => writeAsset(change, task), running);
  await runStep(updates, (change) => updateRules(change, task, ledger), running);
  await runStep(deletes, deleteWith(task), running);
  return receiptOf(task, ledger, options);
}

interface Running {
  readonly task: Task;
  readonly ledger: Ledger;
  readonly options: ApplyOptions;
}

async function runStep<C extends Change>(
  step: readonly C[],
  write: (change: C) => Promise<void>,
  { task, ledger, options }: Running,
): Promise<void> {
  const settle = (receipt: ChangeReceipt): void => {
    ledger.receipts.set(receipt.change, receipt);
    options.onEvent?.({ kind: 'change', scope: task.plan.scope, receipt });
  };
  await inLanes(step, options.parallelism, async (change) => {
    if (task.done.has(change)) return settle({ change, outcome: 'done-before' });
    if (options.signal?.aborted || hasFailed(ledger)) return;
    try {
      await write(change);
      settle({ change, outcome: 'done' });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      ledger.problems.push(...error.problems);
      settle({ change, outcome: 'failed', reason: error.problems[0]?.message ?? error.message });
    }
  });
}

function hasFailed(ledger: Ledger): boolean {
  return [...ledger.receipts.values()].some((one) => one.outcome === 'failed');
}

/** One PUT. Where assets were written first, time has passed: the version is looked at again right before it. */
async function updateRules(update: RulesetUpdate, task: Task, ledger: Ledger): Promise<void> {
  const { plan, remote } = task;
  const before = requireRuleset(plan);
  const wroteAssets = [...ledger.receipts.values()].some((one) => one.outcome === 'done');
  if (wroteAssets) {
    const now = await remote.readRuleset(plan.scope);
    if (now.version !== before.version) {
      throw new ProblemError(
        staleProblem(plan, `its rules went from version ${before.version} to ${now.version} during this run`),
      );
    }
  }
  const written = await putRules(update, task, before);
  ledger.versions = { from: before.version, to: written.version };
  ledger.problems.push(...overwritten(plan, before, written));
  if (!holds(written, update)) throw notAsWritten(update, plan, written);
}

function requireRuleset(plan: ScopePlan): LiveRuleset {
  if (plan.live.ruleset === undefined)
    throw new Error('a ruleset update was planned without reading the ruleset');
  return plan.live.ruleset;
}

/** Asset names that live rules hold right now, each with the refs that name it. */
async function namedAssets({ plan, remote }: Task): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rules } = await remote.readRuleset(plan.scope);
  const named = rules.flatMap(({ ref, serve: { source } }) =>
    source.kind === 'asset' ? [{ ref, assetName: source.assetName }] : [],
  );
  const groups = Map.groupBy(named, (one) => one.assetName);
  return new Map([...groups].map(([assetName, uses]) => [assetName, uses.map((use) => use.ref)]));
}

/** Deletes assets that no live rule names; the rules are read again once, before the first deletion. */
function deleteWith(task: Task): (change: AssetDelete) => Promise<void> {
  let named: ReturnType<typeof namedAssets> | undefined;
  return async (change) => {
    named ??= namedAssets(task);
    await deleteUnnamed(change, task, await named);
  };
}

async function deleteUnnamed(
  change: AssetDelete,
  task: Task,
  named: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const refs = named.get(change.live.name);
  if (refs === undefined) return deleteAsset(change, task);
  const scope = scopeLabel(task.plan.scope);
  throw new ProblemError({
    code: 'apply/asset-still-named',
    message: `asset ${change.live.name} of ${scope} was not deleted: live rules name it (${refs.join(', ')})`,
    span: change.origin,
    scope,
    hint: 'the rules changed during this run; run plan again',
  });
}

function receiptOf({ plan }: Task, ledger: Ledger, options: ApplyOptions): ScopeReceipt {
  const reason = options.signal?.aborted
    ? 'interrupted before it began'
    : 'an earlier step of this scope failed';
  const changes = plan.changes.map(
    (change) => ledger.receipts.get(change) ?? { change, outcome: 'skipped' as const, reason },
  );
  return {
    scope: plan.scope,
    outcome: outcomeOf(changes),
    changes,
    problems: ledger.problems,
    ...(ledger.versions === undefined ? {} : { versions: ledger.versions }),
  };
}

function outcomeOf(changes: readonly ChangeReceipt[]): ScopeOutcome {
  const has = (outcome: ChangeReceipt['outcome']): boolean => changes.some((one) => one.outcome === outcome);
  if (!has('failed') && !has('skipped')) return 'done';
  if (has('done')) return 'incomplete';
  return has('failed') ? 'failed' : 'skipped';
}
