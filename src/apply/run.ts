import { namedAsset } from '../model/body.ts';
import type { LiveRuleset, LiveScope } from '../model/live.ts';
import type { AssetCreate, AssetDelete, Change, RulesetUpdate, ScopePlan } from '../model/plan.ts';
import type { ChangeReceipt, ScopeOutcome, ScopeReceipt } from '../model/receipt.ts';
import type { Remote } from '../model/remote.ts';
import { scopeLabel } from '../model/scope.ts';
import { type Problem, ProblemError, WriteError } from '../problem/problem.ts';
import type { ApplyOptions } from './apply.ts';
import { inLanes } from './lanes.ts';
import { lookBack } from './look-back.ts';
import { holds, isSameVersion, type Steps, sameMark, staleProblem, steps, versionsWords } from './survey.ts';
import { deleteAsset, notAsWritten, overwritten, putRules, writeAsset } from './write.ts';

/** One scope about to be written: its plan, what was read of it just now, and which changes are true already. */
export interface Task {
  readonly plan: ScopePlan;
  readonly live: LiveScope;
  readonly done: ReadonlySet<Change>;
  readonly remote: Remote;
}

type AssetUpsert = Steps['upserts'][number];

/** A write to an asset that is there. */
type AssetOverwrite = AssetDelete | Exclude<AssetUpsert, AssetCreate>;

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
  await runStep(upserts, (change) => upsertAsset(change, task, ledger), running);
  await runStep(updates, (change) => updateRules(change, task, ledger), running);
  await runStep(deletes, deleteWith(task, ledger), running);
  if (hasReasonToLookBack(running)) ledger.problems.push(...(await lookBack(task.plan, task.remote)));
  return receiptOf(task, ledger, options);
}

/**
 * Assets have no versions, and a ruleset's version tells nothing of assets: of two runs side by side that write different
 * things of a scope, only the one that looks once more after its last write can see what they have made together.
 */
function hasReasonToLookBack({ ledger, options }: Running): boolean {
  return countDone(ledger) > 0 && !hasFailed(ledger) && !options.signal?.aborted;
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
      // Writes side by side can fail of one and the same read.
      ledger.problems.push(...error.problems.filter((one) => !ledger.problems.includes(one)));
      const reason = error.problems[0]?.message ?? error.message;
      const wrote = hasWritten(error);
      settle({ change, outcome: 'failed', reason, ...(wrote === undefined ? {} : { wrote }) });
    }
  });
}

/** Whether a write that failed has left something behind all the same. */
function hasWritten(error: ProblemError): ChangeReceipt['wrote'] {
  if (error.problems.some((one) => one.code === 'apply/not-as-written')) return 'yes';
  const isInDoubt = error instanceof WriteError && error.fate === 'unknown';
  return isInDoubt || error.problems.some((one) => one.code === 'apply/fate-unknown') ? 'maybe' : undefined;
}

function hasFailed(ledger: Ledger): boolean {
  return [...ledger.receipts.values()].some((one) => one.outcome === 'failed');
}

/** How many changes this run has made so far. */
function countDone({ receipts }: Ledger): number {
  return [...receipts.values()].filter(({ outcome }) => outcome === 'done').length;
}

/** One POST or PUT. A POST meets by itself what somebody else has made in the meantime, a PUT writes over it. */
async function upsertAsset(change: AssetUpsert, task: Task, ledger: Ledger): Promise<void> {
  if (change.kind !== 'asset-create' && countDone(ledger) > 0) await requireUntouched(change, task);
  await writeAsset(change, task);
}

/** Throws `apply/stale` where an asset is not as it was when the plan was made: time has passed since all were read. */
async function requireUntouched(change: AssetOverwrite, { plan, remote }: Task): Promise<void> {
  const { name } = change.live;
  const now = await remote.readAsset(plan.scope, name);
  if (sameMark(change.live, now) || (now === undefined && change.kind === 'asset-delete')) return;
  const moved = now === undefined ? 'went away' : 'changed';
  throw new ProblemError(staleProblem(plan, `asset ${name} ${moved} during this run`));
}

/** One PUT. Where assets were written first, time has passed: the version is looked at again right before it. */
async function updateRules(update: RulesetUpdate, task: Task, ledger: Ledger): Promise<void> {
  const { plan, remote } = task;
  const before = requireRuleset(plan);
  if (countDone(ledger) > 0) {
    const now = await remote.readRuleset(plan.scope);
    if (!isSameVersion(now, before)) {
      throw new ProblemError(staleProblem(plan, `${versionsWords(before, now)} during this run`));
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
  const named = rules.flatMap((rule) => {
    const name = namedAsset(rule);
    return name === undefined ? [] : [{ ref: rule.ref, name }];
  });
  const groups = Map.groupBy(named, (one) => one.name);
  return new Map([...groups].map(([name, uses]) => [name, uses.map((use) => use.ref)]));
}

/**
 * Deletes assets that no live rule names; the rules are read before the first deletion, and again after each. The asset is
 * read in the same breath, since what is read first is known least surely.
 */
function deleteWith(task: Task, ledger: Ledger): (change: AssetDelete) => Promise<void> {
  let read: { readonly named: ReturnType<typeof namedAssets>; readonly writes: number } | undefined;
  return async (change) => {
    const untouched = requireUntouched(change, task);
    const writes = countDone(ledger);
    if (read?.writes !== writes) read = { named: namedAssets(task), writes };
    const [named] = await Promise.all([read.named, untouched]);
    await deleteUnnamed(change, task, named);
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
  if (has('done') || changes.some((one) => one.wrote !== undefined)) return 'incomplete';
  return has('failed') ? 'failed' : 'skipped';
}
