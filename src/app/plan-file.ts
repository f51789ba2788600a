import { resolve } from 'node:path';
import { assetEdits, changeDigest, digest, fingerprintOf } from '../compare/compare.ts';
import type { Json, JsonObject, Rule } from '../model/body.ts';
import type { LiveRule, LiveScope } from '../model/live.ts';
import {
  type Change,
  type FieldEdit,
  type Plan,
  planProblems,
  type RuleChange,
  type ScopePlan,
} from '../model/plan.ts';
import { diffRules, orderedDigests } from '../plan/plan.ts';
import { hasErrors, ProblemError, type ProblemInput } from '../problem/problem.ts';
import { checkPlanFile } from '../schema/schema.ts';
import { withBehaviour } from './behaviour.ts';
import { writeText } from './files.ts';
import { readFileBounded } from './text-files.ts';
import { toolVersion } from './version.ts';

/** The format that this version writes and the only one that it reads. */
const format = { format: 'cf-errors/plan-file', version: 1 } as const;

/** Five hundred scopes that all hold the most that Cloudflare takes stay below. */
const mostBytes = 500_000_000;

/** Page texts by the SHA-256 of their JSON; in the plan itself the hash stands in their place. */
type Contents = Readonly<Record<string, string>>;

/** A saved plan. `seal` is the digest of everything else: it guards against accidents, it is no signature. */
interface PlanFile {
  readonly format: typeof format.format;
  readonly version: typeof format.version;
  readonly tool: string;
  readonly plan: Plan;
  readonly contents: Contents;
  readonly seal: string;
}

type Unsealed = Omit<PlanFile, 'seal'>;

/**
 * Saves a plan for `apply PLANFILE`, readable by its owner alone: it holds expressions and pages. Throws ProblemError
 * `app/plan-incomplete` for a plan with errors, of which only a part could be applied.
 */
export async function savePlan(plan: Plan, path: string): Promise<void> {
  if (plan.comparison !== undefined) throw new Error('a comparison of files cannot be applied');
  if (hasErrors(planProblems(plan))) throw new ProblemError(incomplete);
  const contents: Record<string, string> = {};
  const stored = mapPlan(plan, (text) => {
    const hash = digest(text);
    contents[hash] = text;
    return hash;
  });
  const unsealed: Unsealed = { ...format, tool: toolVersion, plan: stored, contents };
  const text = `${JSON.stringify({ ...unsealed, seal: digestOf(unsealed) }, null, 2)}\n`;
  await writeText({ path, text, isPrivate: true }, 'w');
}

const incomplete: ProblemInput = {
  code: 'app/plan-incomplete',
  message: 'the plan was not saved, because it holds errors',
  hint: 'mend them first, or leave those scopes out with --zone and --account',
};

/** Reads a saved plan back. Throws ProblemError where the file is not exactly what `savePlan` wrote. */
export async function loadPlan(path: string, cwd: string): Promise<Plan> {
  const file = await parsePlanFile(path, cwd);
  const { seal, ...unsealed } = file;
  if (digestOf(unsealed) !== seal)
    throw damaged(path, 'its seal does not fit its contents: it was edited or cut');
  const plan = mapPlan(file.plan, (hash) => {
    const text = file.contents[hash];
    if (text === undefined) throw damaged(path, `the page ${hash} is missing`);
    return text;
  });
  requireBound(plan, path);
  return withBehaviour(plan);
}

/**
 * Whoever can write the file can seal it anew, so what binds a review is worked out again: every digest from what is
 * written and over what, the fingerprint from the digests, and the list of rule changes from the body that is sent.
 * What changes for visitors is not compared but told anew, since another version of this tool may tell it better.
 */
function requireBound(plan: Plan, path: string): void {
  for (const scope of plan.scopes) {
    for (const { digest: stated, ...change } of scope.changes) {
      if (changeDigest(scope.live, change) !== stated)
        throw damaged(path, 'a change is not what its digest says');
    }
    if (!showsWhatItSends(scope))
      throw damaged(path, 'the changes that it shows are not those that it sends');
  }
  if (fingerprintOf(orderedDigests(plan.scopes)) !== plan.fingerprint)
    throw damaged(path, 'its fingerprint is not that of its changes');
}

/** True when planning what the changes send finds just the edits and the rule changes that they list. */
function showsWhatItSends({ live, changes }: ScopePlan): boolean {
  const updates = changes.filter((change) => change.kind === 'asset-update');
  if (updates.some((one) => !sameJson(one.edits, assetEdits(one.live, one.asset)))) return false;
  const update = changes.find((change) => change.kind === 'ruleset-update');
  if (update === undefined) return true;
  if (live.ruleset === undefined) return false;
  const items = update.body.rules.map(({ rule, origin }) => ({ body: rule, origin }));
  const [found] = diffRules({ items, origin: update.origin }, live.ruleset).updates;
  return found !== undefined && sameJson(found.rules, update.rules);
}

async function parsePlanFile(path: string, cwd: string): Promise<PlanFile> {
  const bounds = { file: path, mostBytes, code: 'app/plan-file-damaged', followLinks: true } as const;
  const bytes = await readFileBounded(resolve(cwd, path), bounds);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw damaged(path, 'it is not JSON');
  }
  const [fault] = checkPlanFile(value);
  if (fault !== undefined) throw damaged(path, `${fault.path.join('.') || 'the document'} ${fault.message}`);
  return value as PlanFile;
}

function damaged(path: string, why: string): ProblemError {
  const input: ProblemInput = {
    code: 'app/plan-file-damaged',
    message: `${path} is not a plan file that can be applied: ${why}`,
    hint: 'make a new one with "cf-errors plan --out"',
  };
  return new ProblemError(input);
}

function sameJson(one: object, other: object): boolean {
  return digestOf(one) === digestOf(other);
}

/** Values of the model are plain JSON; going through JSON also drops keys that are undefined. */
function digestOf(value: object): string {
  return digest(JSON.parse(JSON.stringify(value)) as Json);
}

type MapText = (text: string) => string;

/** A plan with every page text replaced, and without what apply never looks at: raw answers, unchanged scopes' state. */
function mapPlan(plan: Plan, text: MapText): Plan {
  return { ...plan, scopes: plan.scopes.map((scope) => mapScope(scope, text)) };
}

function mapScope(plan: ScopePlan, text: MapText): ScopePlan {
  return {
    ...plan,
    // The rules of an account say what visitors of its zones see, whether they change or not.
    live:
      plan.changes.length > 0 || plan.scope.kind === 'account'
        ? mapLive(plan.live, text)
        : { scope: plan.scope },
    changes: plan.changes.map((change) => mapChange(change, text)),
  };
}

function mapLive({ ruleset, ...live }: LiveScope, text: MapText): LiveScope {
  if (ruleset === undefined) return live;
  const rules = ruleset.rules.map((rule) => mapLiveRule(rule, text));
  return { ...live, ruleset: { ...ruleset, rules, raw: null } };
}

function mapChange(change: Change, text: MapText): Change {
  if (change.kind !== 'ruleset-update') return change;
  const rules = change.body.rules.map((one) => ({ ...one, rule: mapRule(one.rule, text) }));
  return {
    ...change,
    rules: change.rules.map((one) => mapRuleChange(one, text)),
    body: { ...change.body, rules },
  };
}

function mapRuleChange(change: RuleChange, text: MapText): RuleChange {
  if (change.kind === 'add') return { ...change, rule: mapRule(change.rule, text) };
  if (change.kind === 'remove') return { ...change, live: mapLiveRule(change.live, text) };
  const mapped = { ...change, rule: mapRule(change.rule, text), live: mapLiveRule(change.live, text) };
  return mapped.kind === 'edit'
    ? { ...mapped, edits: mapped.edits.map((edit) => mapEdit(edit, text)) }
    : mapped;
}

function mapEdit(edit: FieldEdit, text: MapText): FieldEdit {
  if (edit.field !== 'content') return edit;
  const mapped = Object.entries(edit).map(([key, value]) => [
    key,
    key !== 'field' && typeof value === 'string' ? text(value) : value,
  ]);
  return Object.fromEntries(mapped) as FieldEdit;
}

function mapRule<R extends Rule>(rule: R, text: MapText): R {
  const { source } = rule.serve;
  if (source.kind !== 'content') return rule;
  return { ...rule, serve: { ...rule.serve, source: { kind: 'content', content: text(source.content) } } };
}

function mapLiveRule(rule: LiveRule, text: MapText): LiveRule {
  const nothing: JsonObject = {};
  return { ...mapRule(rule, text), raw: nothing };
}
