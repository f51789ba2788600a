import { print } from '../expression/expression.ts';
import type { Difference, KnownSight, RuleName, Seen } from '../model/behaviour.ts';
import { mostCandidates } from '../model/visitor-words.ts';
import type { Atoms } from './atoms.ts';
import { decide, type Formula, type Look, open, yes } from './formula.ts';
import { inOrder, isEnabled, type PlacedRule, type Renewals, type RuleLists, readTree } from './rules.ts';

/** A rule as far as the table is concerned: two with one key answer the same visitors with the same page. */
export interface Contender {
  readonly name: RuleName;
  readonly formula: Formula;
  /** Its expression in canonical spelling; as it is written where it cannot be read. */
  readonly condition: string;
  readonly serves: Serves;
  /** What it serves, as one text. */
  readonly page: string;
  readonly key: string;
}

interface Serves {
  readonly source: string;
  /** What becomes of the asset that is served. */
  readonly renewal: 'page' | 'fetch' | undefined;
  readonly status: number | undefined;
  readonly contentType: string | undefined;
  readonly parameters: string;
}

/** The enabled rules in their order; one that cannot be read has one condition that nobody knows. */
export function contendersOf(lists: RuleLists, atoms: Atoms, renewals: Renewals = {}): readonly Contender[] {
  return inOrder(lists)
    .filter(isEnabled)
    .map((placed) => contender(placed, atoms, renewals));
}

function contender({ rule, scope, ref, position }: PlacedRule, atoms: Atoms, renewals: Renewals): Contender {
  const tree = readTree(rule.expression);
  const formula = tree === undefined ? atoms.unreadable(rule.expression) : atoms.formulaOf(tree);
  const { source, contentType, statusCode, extra } = rule.serve;
  const isAsset = source.kind === 'asset';
  const serves: Serves = {
    // An asset is one of its own scope.
    source: JSON.stringify(isAsset ? [source, scope] : source),
    renewal: isAsset ? renewals[scope]?.get(source.assetName) : undefined,
    status: statusCode,
    contentType: contentType ?? (isAsset ? 'text/html' : undefined),
    parameters: JSON.stringify(extra ?? {}),
  };
  const page = JSON.stringify(serves);
  const condition = tree === undefined ? rule.expression : print(tree);
  const name = { scope, ref, position };
  return { name, formula, condition, serves, page, key: JSON.stringify([condition, page]) };
}

/** The rules of a list that may answer in a case, up to the first that does. */
export interface Race {
  readonly open: readonly Contender[];
  readonly winner: Contender | undefined;
}

/** The race among some rules, all enabled, in their order; those that are passed by take no part. */
export function raceOf(rules: readonly Contender[], see: Look, passed: ReadonlyMap<string, unknown>): Race {
  const contenders: Contender[] = [];
  for (const rule of rules) {
    if (passed.has(rule.key)) continue;
    const met = decide(rule.formula, see);
    if (met === yes) return { open: contenders, winner: rule };
    if (met === open) contenders.push(rule);
  }
  return { open: contenders, winner: undefined };
}

/** Everybody who may still answer. */
export function stillIn({ open: some, winner }: Race): readonly Contender[] {
  return winner === undefined ? some : [...some, winner];
}

/** The same pages for the same visitors, whatever is still open. */
export function isSameRace(one: Race, other: Race): boolean {
  const pages = new Set([one, other].flatMap(sightsOf).map((sight) => sight?.page));
  if (pages.size === 1) return true;
  if (one.winner?.page !== other.winner?.page || one.open.length !== other.open.length) return false;
  return one.open.every(({ key }, at) => key === other.open[at]?.key);
}

/** Everything that visitors may see, the winner of those who are decided last; undefined is no rule's page. */
function sightsOf({ open: some, winner }: Race): readonly (Contender | undefined)[] {
  return [...some, winner];
}

/** What visitors see as far as it is decided; `decidedBy` is asked only where it is not. */
export function seenIn(race: Race, decidedBy: (rules: readonly Contender[]) => readonly string[]): Seen {
  const [first, ...others] = sightsOf(race).map(sightOf);
  if (first !== undefined && others.length === 0) return first;
  const all = sightsOf(race).map(sightOf);
  const candidates = all.length > mostCandidates ? all.slice(0, mostCandidates + 1) : all;
  return { kind: 'unknown', candidates, decidedBy: decidedBy(race.open) };
}

/** A rule by its name; no rule's page where there is none. */
export function sightOf(rule: Contender | undefined): KnownSight {
  return rule === undefined ? { kind: 'none' } : { kind: 'rule', ...rule.name };
}

/** What is new about the page of a rule that answers before and after; nothing where two rules do, or none. */
export function differencesOf(
  before: Contender | undefined,
  after: Contender | undefined,
): readonly Difference[] {
  if (before === undefined || after === undefined || !isSameName(before.name, after.name)) return [];
  const [from, to] = [before.serves, after.serves];
  const found: (Difference | undefined)[] = [
    from.source !== to.source || to.renewal === 'page' ? { kind: 'page' } : undefined,
    from.source === to.source && to.renewal === 'fetch' ? { kind: 'fetch' } : undefined,
    from.status === to.status ? undefined : { kind: 'status', ...given(to.status) },
    from.contentType === to.contentType ? undefined : { kind: 'content-type', ...given(to.contentType) },
    from.parameters === to.parameters ? undefined : { kind: 'parameters' },
  ];
  return found.filter((difference) => difference !== undefined);
}

function isSameName(one: RuleName, other: RuleName): boolean {
  return one.scope === other.scope && one.ref === other.ref;
}

function given<T>(after: T | undefined): { readonly after?: T } {
  return after === undefined ? {} : { after };
}
