import type { Phrase } from '../model/phrase.ts';
import type { Change, RulesetUpdate } from '../model/plan.ts';
import type { ChangeReceipt, Outcome, Receipt, ScopeOutcome } from '../model/receipt.ts';
import { hasErrors, type Problem } from '../problem/problem.ts';
import { count, nothingToDo } from './words.ts';

/** Each outcome with its sign and its word. */
export const outcomes = {
  done: { sign: '✓', word: 'done' },
  'done-before': { sign: '·', word: 'done before' },
  failed: { sign: '✗', word: 'failed' },
  skipped: { sign: '–', word: 'skipped' },
} as const satisfies Record<Outcome, { sign: string; word: string }>;

/** What became of a scope, in words after its name. */
export const scopeOutcomes = {
  done: 'done',
  stale: 'stale: live has moved since the plan was made, nothing was written',
  incomplete: 'incomplete: something was written or may have been, and not everything is done',
  failed: 'failed: nothing was written',
  skipped: 'skipped: not begun',
} as const satisfies Record<ScopeOutcome, string>;

/** What a change does, as an order, which fits whatever became of it. */
export function changeWords(change: Change): Phrase {
  switch (change.kind) {
    case 'asset-create':
      return [{ own: 'create asset ' }, { theirs: change.asset.name }];
    case 'asset-update':
      return [{ own: 'update asset ' }, { theirs: change.asset.name }];
    case 'asset-refresh':
      return [{ own: 'fetch asset ' }, { theirs: change.asset.name }, { own: ' again' }];
    case 'asset-delete':
      return [{ own: 'delete asset ' }, { theirs: change.live.name }];
    case 'ruleset-update':
      return [{ own: `write the rules: ${rulesWords(change)}` }];
  }
}

/** `add 1, edit 2, remove 1`. */
function rulesWords({ rules }: RulesetUpdate): string {
  return (['add', 'edit', 'move', 'rename', 'remove'] as const)
    .map((kind) => ({ kind, number: rules.filter((rule) => rule.kind === kind).length }))
    .filter(({ number }) => number > 0)
    .map(({ kind, number }) => `${kind} ${number}`)
    .join(', ');
}

/** The ruleset's versions: `version 7 → 8`, `version 1, the first`. */
export function versionWords({ from, to }: { readonly from: string; readonly to: string }): string {
  return from === 'none' ? `version ${to}, the first` : `version ${from} → ${to}`;
}

/** Every problem of a receipt: what could not be planned first, then scope by scope. */
export function receiptProblems(receipt: Receipt): readonly Problem[] {
  return [...receipt.problems, ...receipt.scopes.flatMap((scope) => scope.problems)];
}

/** Why a change failed or was skipped, where no problem of the receipt says the same; undefined where one does. */
export function ownReason({ reason }: ChangeReceipt, receipt: Receipt): string | undefined {
  return receiptProblems(receipt).some((one) => one.message === reason) ? undefined : reason;
}

/** True when everything that was planned is true now, and nothing went wrong on the way. */
export function isWhole(receipt: Receipt): boolean {
  return isDone(receipt) && !hasErrors(receiptProblems(receipt));
}

/** True when there was nothing to do, and nothing to say about it. */
export function isIdle(receipt: Receipt): boolean {
  const isEmpty = receipt.scopes.every((scope) => scope.changes.length === 0);
  return isEmpty && isWhole(receipt) && receiptProblems(receipt).length === 0;
}

function isDone({ interrupted, scopes }: Receipt): boolean {
  return interrupted === undefined && scopes.every((scope) => scope.outcome === 'done');
}

/**
 * How it ended: `Applied: 6 done, 0 failed`. Rules and assets are counted as the plan's summary line counts them, so
 * a ruleset holds as many as it changes.
 */
export function verdict(receipt: Receipt): string {
  if (isIdle(receipt)) return nothingToDo;
  const changes = receipt.scopes.flatMap((scope) => scope.changes);
  const words = (['done', 'done-before', 'failed', 'skipped'] as const)
    .map((outcome) => ({ outcome, number: things(changes.filter((change) => change.outcome === outcome)) }))
    .filter(({ outcome, number }) => number > 0 || outcome === 'done' || outcome === 'failed')
    .map(({ outcome, number }) => `${number} ${outcomes[outcome].word}`);
  return `${ending(receipt, changes)}: ${[...words, ...scopeCounts(receipt)].join(', ')}`;
}

function ending(receipt: Receipt, changes: readonly ChangeReceipt[]): string {
  if (isWhole(receipt)) return 'Applied';
  if (receipt.interrupted) return `Interrupted by ${receipt.interrupted}`;
  if (isDone(receipt)) return hasErrors(receipt.problems) ? 'Not finished' : 'Applied, with errors';
  const wrote = changes.some((change) => change.outcome === 'done' || change.wrote !== undefined);
  return wrote ? 'Not finished' : 'Nothing was written';
}

function things(changes: readonly ChangeReceipt[]): number {
  return changes.reduce((sum, { change }) => sum + ('rules' in change ? change.rules.length : 1), 0);
}

function scopeCounts({ scopes }: Receipt): readonly string[] {
  const stale = scopes.filter((scope) => scope.outcome === 'stale').length;
  return stale === 0 ? [] : [`${count(stale, 'scope')} stale`];
}

/** What to do next, a sentence for each thing; none where everything is done. */
export function nextSteps(receipt: Receipt): readonly string[] {
  if (isWhole(receipt)) return [];
  const has = (outcome: ScopeOutcome) => receipt.scopes.some((scope) => scope.outcome === outcome);
  const stopped = receiptProblems(receipt).some((one) => one.severity === 'hazard');
  const again = receipt.interrupted !== undefined || has('incomplete') || has('failed');
  return [
    ...(stopped ? ['Change the file, or allow the hazard by its code, then apply again.'] : []),
    ...(isDone(receipt) && receipt.scopes.some((scope) => hasErrors(scope.problems))
      ? ['Plan again and look at the difference: somebody else wrote at the same time.']
      : []),
    ...(again ? ['Run it again: it goes on where it stopped.'] : []),
    ...(has('stale')
      ? ['Plan the stale scopes again and look at what moved: their live state was left alone.']
      : []),
  ];
}
