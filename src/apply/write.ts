import { assetEdits, ruleEdits, sameRule } from '../compare/compare.ts';
import { type LiveAsset, type LiveRuleset, noVersion } from '../model/live.ts';
import type { AssetDelete, RulesetUpdate, ScopePlan } from '../model/plan.ts';
import { scopeLabel } from '../model/scope.ts';
import { type Problem, ProblemError, problem, WriteError } from '../problem/problem.ts';
import type { Task } from './run.ts';
import { holds, type Steps } from './survey.ts';

type AssetUpsert = Steps['upserts'][number];

/** How often a write whose answer was lost, and which turned out not to have happened, is begun again. */
const attempts = 3;

/**
 * Creates or updates one asset. After a lost answer the asset is looked at before anything else is done: a POST is
 * never repeated blindly.
 */
export async function writeAsset(change: AssetUpsert, task: Task): Promise<void> {
  const { plan, remote } = task;
  const write =
    change.kind === 'asset-create'
      ? () => remote.createAsset(plan.scope, change.asset)
      : () => remote.updateAsset(plan.scope, change.asset);
  await settled(write, async () => {
    const now = await remote.readAsset(plan.scope, change.asset.name);
    return now !== undefined && isWritten(change, now) ? now : undefined;
  });
}

function isWritten(change: AssetUpsert, now: LiveAsset): boolean {
  const isNew = change.kind === 'asset-create' || now.lastUpdated !== change.live.lastUpdated;
  return isNew && assetEdits(now, change.asset).length === 0;
}

/** Deletes one asset; an asset that is gone already counts as done. */
export async function deleteAsset(change: AssetDelete, { plan, remote }: Task): Promise<void> {
  await settled<'gone'>(
    async () => {
      await remote.deleteAsset(plan.scope, change.live.name);
      return 'gone';
    },
    async () => ((await remote.readAsset(plan.scope, change.live.name)) === undefined ? 'gone' : undefined),
  );
}

/**
 * Puts the whole rule list and answers the ruleset as it is then. After a lost answer the ruleset is read back: done if
 * it is what was wanted, written again if it is still what it was, and otherwise a problem.
 */
export async function putRules(update: RulesetUpdate, task: Task, before: LiveRuleset): Promise<LiveRuleset> {
  const { plan, remote } = task;
  const rules = update.body.rules.map((one) => one.rule);
  return settled(
    () => remote.putRuleset(plan.scope, update.body.description, rules),
    async () => {
      const now = await remote.readRuleset(plan.scope);
      if (now.version === before.version) return undefined;
      if (holds(now, update)) return now;
      throw fateUnknown(plan, before, now);
    },
  );
}

/**
 * Runs a write until it is known to have happened. `look` answers what is there when the write did happen, undefined
 * when it did not; it is asked only after an answer was lost.
 */
async function settled<T>(write: () => Promise<T>, look: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof WriteError) || error.fate !== 'unknown') throw error;
      const found = await look();
      if (found !== undefined) return found;
      if (attempt === attempts) throw error;
    }
  }
}

function fateUnknown(plan: ScopePlan, before: LiveRuleset, now: LiveRuleset): ProblemError {
  const scope = scopeLabel(plan.scope);
  return new ProblemError({
    code: 'apply/fate-unknown',
    message: `the answer to writing the rules of ${scope} was lost, and version ${now.version} is neither what was wanted nor version ${before.version} that was read`,
    span: plan.origin,
    scope,
    hint: 'somebody else wrote at the same moment; run plan again and look at the difference',
  });
}

/** Says so when the version written is not the next one after the version that was read. */
export function overwritten(plan: ScopePlan, before: LiveRuleset, written: LiveRuleset): Problem[] {
  const expected = before.version === noVersion ? 1n : BigInt(before.version) + 1n;
  const between = BigInt(written.version) - expected;
  if (between <= 0n) return [];
  const last = BigInt(written.version) - 1n;
  const versions = between === 1n ? `version ${last}` : `versions ${expected} to ${last}`;
  const scope = scopeLabel(plan.scope);
  return [
    problem({
      code: 'apply/overwrote-other-writer',
      message: `the rules of ${scope} were at version ${before.version} when they were read and are at version ${written.version} now: ${versions} of another writer ${between === 1n ? 'was' : 'were'} overwritten`,
      span: plan.origin,
      scope,
      hint: `Cloudflare keeps old versions: GET …/phases/http_custom_errors/entrypoint/versions/${last} shows what was lost`,
    }),
  ];
}

/** Says that Cloudflare stored something else than what was sent, naming the first rule that differs. */
export function notAsWritten(update: RulesetUpdate, plan: ScopePlan, written: LiveRuleset): ProblemError {
  const scope = scopeLabel(plan.scope);
  return new ProblemError({
    code: 'apply/not-as-written',
    message: `Cloudflare stored other rules for ${scope} than were sent (version ${written.version}): ${difference(update, written)}`,
    span: update.origin,
    scope,
    hint: 'run plan to see the difference between the file and what is live now',
  });
}

function difference({ body }: RulesetUpdate, written: LiveRuleset): string {
  const position = body.rules.findIndex(({ rule }, index) => {
    const stored = written.rules[index];
    return stored === undefined || !sameRule(stored, rule);
  });
  const wanted = body.rules[position]?.rule;
  const stored = written.rules[position];
  if (wanted === undefined) return `${written.rules.length} rules instead of ${body.rules.length}`;
  if (stored === undefined || stored.ref !== wanted.ref) {
    return `rule ${position + 1} is ${stored?.ref ?? 'missing'} instead of ${wanted.ref}`;
  }
  const fields = ruleEdits(stored, wanted).map((edit) => edit.field);
  return `rule ${wanted.ref} differs in ${fields.join(', ')}`;
}
