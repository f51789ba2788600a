import { assetEdits, ruleEdits, sameRule } from '../compare/compare.ts';
import { type LiveAsset, type LiveRuleset, noVersion } from '../model/live.ts';
import type { AssetDelete, RulesetUpdate, ScopePlan } from '../model/plan.ts';
import { scopeLabel } from '../model/scope.ts';
import { type Problem, ProblemError, type ProblemInput, problem, WriteError } from '../problem/problem.ts';
import type { Task } from './run.ts';
import { holds, isSameVersion, type Steps, sameMark, staleProblem, versionsWords } from './survey.ts';

type AssetUpsert = Steps['upserts'][number];

/** How often a write whose answer was lost, and which turned out not to have happened, is begun at most. */
const attempts = 4;

/** How often a write that is held back is begun at most. */
const turns = 10;

/**
 * Creates or updates one asset. After a lost answer the asset is looked at before anything else is done: a POST is
 * never repeated blindly.
 */
export async function writeAsset(change: AssetUpsert, { plan, remote }: Task): Promise<void> {
  const { name } = change.asset;
  await settled({
    plan,
    what: `asset ${name}`,
    write: () =>
      change.kind === 'asset-create'
        ? remote.createAsset(plan.scope, change.asset)
        : remote.updateAsset(plan.scope, change.asset),
    look: async () => fateOfUpsert(change, await remote.readAsset(plan.scope, name)),
  });
}

function fateOfUpsert(change: AssetUpsert, now: LiveAsset | undefined): Fate<LiveAsset> {
  const was = change.kind === 'asset-create' ? undefined : change.live;
  if (sameMark(was, now)) return { kind: 'as-before' };
  if (now !== undefined && assetEdits(now, change.asset).length === 0) return { kind: 'written', value: now };
  return {
    kind: 'other',
    found: now === undefined ? 'it is gone' : 'it is neither what was wanted nor what it was',
  };
}

/** Deletes one asset; an asset that is gone already counts as done. */
export async function deleteAsset(change: AssetDelete, { plan, remote }: Task): Promise<void> {
  const { name } = change.live;
  await settled<void>({
    plan,
    what: `asset ${name}`,
    write: () => remote.deleteAsset(plan.scope, name),
    look: async () => {
      const now = await remote.readAsset(plan.scope, name);
      if (now === undefined) return { kind: 'written', value: undefined };
      return sameMark(change.live, now)
        ? { kind: 'as-before' }
        : { kind: 'other', found: 'it is another now' };
    },
  });
}

/**
 * Puts the whole rule list and answers the ruleset as it is then. After a lost answer the ruleset is read back: done if
 * it is what was wanted, written again if it is still what it was, and otherwise a problem.
 */
export async function putRules(update: RulesetUpdate, task: Task, before: LiveRuleset): Promise<LiveRuleset> {
  const { plan, remote } = task;
  const rules = update.body.rules.map((one) => one.rule);
  return settled({
    plan,
    what: 'the rules',
    write: () => remote.putRuleset(plan.scope, update.body.description, rules),
    look: async () => {
      const now = await remote.readRuleset(plan.scope);
      if (isSameVersion(now, before)) return { kind: 'as-before' };
      if (holds(now, update)) return { kind: 'written', value: now };
      const found = `version ${now.version} is neither what was wanted nor version ${before.version} that was read`;
      return { kind: 'other', found };
    },
  });
}

/** What became of a write, as far as a look at the live state tells; `found` says what is there instead. */
type Fate<T> =
  | { readonly kind: 'written'; readonly value: T }
  | { readonly kind: 'as-before' }
  | { readonly kind: 'other'; readonly found: string };

interface Write<T> {
  readonly plan: ScopePlan;
  /** What is written, in words: `asset error_5xx`. */
  readonly what: string;
  readonly write: () => Promise<T>;
  /** Asked only after an answer was lost, or after a pause. */
  readonly look: () => Promise<Fate<T>>;
}

/**
 * Runs a write until it is known to have happened, or not to have. Once an answer was lost a refusal is looked into
 * as well: it may be that the lost one was carried out late, and that this is why it cannot be done again. What had to
 * pause is looked at, too, before it is written: it may not be what it was.
 */
async function settled<T>(write: Write<T>): Promise<T> {
  const tries = { turns: 0, losses: 0 };
  while (true) {
    try {
      return await write.write();
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      const found = await lookInto(write, error, tries);
      if (found !== 'again') return found.value;
    }
  }
}

/** What follows from a write that failed: it is there all the same, or is to be begun again, or throws. */
async function lookInto<T>(
  write: Write<T>,
  error: WriteError,
  tries: { turns: number; losses: number },
): Promise<{ readonly value: T } | 'again'> {
  tries.turns += 1;
  if (error.fate === 'unknown') tries.losses += 1;
  const isInDoubt = tries.losses > 0;
  if (error.fate === 'refused' && !isInDoubt) throw error;
  const fate = await fateOf(write, error, isInDoubt);
  if (fate.kind === 'written') return fate;
  if (fate.kind === 'other') throw new ProblemError(foundOther(write, fate.found, isInDoubt));
  if (error.fate === 'refused' || tries.losses === attempts || tries.turns === turns) throw error;
  return 'again';
}

function foundOther<T>(write: Write<T>, found: string, isInDoubt: boolean): ProblemInput {
  return isInDoubt
    ? fateUnknown(write, found)
    : staleProblem(write.plan, `${write.what}: ${found}, after a pause`);
}

/** Looks what became of a write; where nothing can be seen, says both why its answer was lost and why that is. */
async function fateOf<T>(write: Write<T>, lost: WriteError, isInDoubt: boolean): Promise<Fate<T>> {
  try {
    return await write.look();
  } catch (error) {
    if (!(error instanceof ProblemError) || !isInDoubt) throw error;
    const unseen = fateUnknown(write, 'what is live now could not be read');
    throw new ProblemError(unseen, ...lost.problems, ...error.problems);
  }
}

function fateUnknown({ plan, what }: Pick<Write<unknown>, 'plan' | 'what'>, found: string): ProblemInput {
  const scope = scopeLabel(plan.scope);
  return {
    code: 'apply/fate-unknown',
    message: `the answer to writing ${what} of ${scope} was lost, and ${found}`,
    span: plan.origin,
    scope,
    hint: 'it may have been written, and somebody else may have written too: run plan again and look at the difference',
  };
}

/** Says so when what was written is not the next version of the ruleset that was read. */
export function overwritten(plan: ScopePlan, before: LiveRuleset, written: LiveRuleset): Problem[] {
  const expected = before.version === noVersion ? 1n : BigInt(before.version) + 1n;
  const isSameRuleset = before.version === noVersion || before.id === written.id;
  if (isSameRuleset && BigInt(written.version) === expected) return [];
  const scope = scopeLabel(plan.scope);
  const last = BigInt(written.version) - 1n;
  const isCounted = isSameRuleset && last >= expected;
  const lost = !isCounted
    ? 'it was deleted and made anew in between, by another writer'
    : last === expected
      ? `version ${last} of another writer was overwritten`
      : `versions ${expected} to ${last} of another writer were overwritten`;
  return [
    problem({
      code: 'apply/overwrote-other-writer',
      message: `${versionsWords(before, written)} while ${scope} was written: ${lost}`,
      span: plan.origin,
      scope,
      hint: isCounted
        ? `Cloudflare keeps old versions: GET …/phases/http_custom_errors/entrypoint/versions/${last} shows what was lost`
        : 'what the other writer had made cannot be fetched any more; the backup holds what was there before',
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
