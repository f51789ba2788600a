import { print } from '../expression/expression.ts';
import type { RuleName, Seen } from '../model/behaviour.ts';
import type { Atoms } from './atoms.ts';
import { decide, type Formula, type Look, open, yes } from './formula.ts';
import { inOrder, isEnabled, type PlacedRule, type RuleLists, readTree } from './rules.ts';

/** A rule as far as the table is concerned: two with one key answer the same visitors with the same page. */
export interface Contender {
  readonly name: RuleName;
  readonly formula: Formula;
  readonly page: string;
  readonly key: string;
}

/** The enabled rules in their order; one that cannot be read has one condition that nobody knows. */
export function contendersOf(lists: RuleLists, atoms: Atoms): readonly Contender[] {
  return inOrder(lists)
    .filter(isEnabled)
    .map((placed) => contender(placed, atoms));
}

function contender({ rule, scope, ref, position }: PlacedRule, atoms: Atoms): Contender {
  const tree = readTree(rule.expression);
  const formula = tree === undefined ? atoms.unreadable(rule.expression) : atoms.formulaOf(tree);
  const {
    source,
    contentType = source.kind === 'asset' ? 'text/html' : undefined,
    statusCode,
    extra,
  } = rule.serve;
  // An asset is one of its own scope.
  const page = JSON.stringify([source, source.kind === 'asset' ? scope : '', contentType, statusCode, extra]);
  const key = JSON.stringify([tree === undefined ? rule.expression : print(tree), page]);
  return { name: { scope, ref, position }, formula, page, key };
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
  if (one.winner?.page !== other.winner?.page || one.open.length !== other.open.length) return false;
  return one.open.every(({ key }, at) => key === other.open[at]?.key);
}

/** What visitors see as far as it is decided. */
export function seenIn({ open: some, winner }: Race): Seen {
  if (some.length > 0) return { kind: 'unknown' };
  return winner === undefined ? { kind: 'none' } : { kind: 'rule', ...winner.name };
}
