import { type Context, type Expression, evaluate } from '../expression/expression.ts';
import { abstractSpace } from './abstract.ts';
import { makeAtoms } from './atoms.ts';
import { type ConcreteSpace, concreteSpace } from './concrete.ts';
import type { Standing } from './domains.ts';
import type { Formula } from './formula.ts';
import { readTree } from './rules.ts';
import { search } from './search.ts';
import type { Budget, Outcome, Query, Space } from './space.ts';

/** What is known about one rule of a list. `null`: not decided, because it is not understood or would take too long. */
export interface Reach {
  /** The rule's place in the list, from 0. */
  readonly index: number;
  /** Whether any error at all meets the rule's own expression. */
  readonly satisfiable: boolean | null;
  /** Whether any error gets to the rule and meets it. `false` is proven; `true` is shown by the witness. */
  readonly reachable: boolean | null;
  /**
   * Where the rule could answer but never does: earlier rules that take everything away from it, none of which can be
   * left out.
   */
  readonly coveredBy?: readonly number[];
  /** Where the rule is never reached: true if that rests on a field having none but its documented values. */
  readonly needsDomain?: boolean;
  /** Where the rule is reached: an error that it answers, by fields; fields that are absent do not matter. */
  readonly witness?: Context;
}

/** One search gives up beyond so many steps, and all searches of one list together. */
const mostSteps = { search: 200_000, list: 24_000_000 };

/**
 * Finds the rules that can never answer: an error is answered by the first rule whose expression it meets. Assumes
 * statuses of 400 to 999. An expression that does not parse is not decided and takes nothing from the others.
 */
export function analyseRules(expressions: readonly string[]): readonly Reach[] {
  const analysis = analysisOf(expressions.map(readTree), { steps: mostSteps.list });
  return analysis.rules.map((rule, index) =>
    rule === undefined
      ? undecided(index)
      : reachOf(analysis, rule, { index, earlier: before(analysis, index) }),
  );
}

/** What a list is looked at with. */
export interface Gaze {
  /** Rules, by their places, that are taken to leave everything to those after them. */
  readonly transparent: ReadonlySet<number>;
  /** What is left for this list and others; where it is used up nothing is said of a rule. */
  readonly budget: Budget;
}

/**
 * Only the rules of a list that are certain never to answer: without resting on values that the docs merely do not name.
 * An expression that is not understood is undefined. Takes less time than `analyseRules`.
 */
export function unreachedRules(
  trees: readonly (Expression | undefined)[],
  { transparent, budget }: Gaze,
): readonly Reach[] {
  const analysis = analysisOf(trees, budget);
  return analysis.rules.flatMap((rule, index) => {
    if (rule === undefined || budget.steps <= 0) return [];
    const earlier = before(analysis, index).filter((at) => !transparent.has(at));
    return unreached(analysis, rule, { index, earlier, widest: 'doubtful' }) ?? [];
  });
}

interface Rule {
  readonly tree: Expression;
  readonly formula: Formula;
}

interface Analysis {
  readonly rules: readonly (Rule | undefined)[];
  /** Made when the first witness is looked for: most lists of findings need none. */
  readonly concrete: () => ConcreteSpace;
  readonly abstract: Space;
  /** Shared by all searches of one list. */
  readonly budget: Budget;
}

function analysisOf(trees: readonly (Expression | undefined)[], budget: Budget): Analysis {
  const atoms = makeAtoms();
  const rules = trees.map((tree) => tree && { tree, formula: atoms.formulaOf(tree) });
  return {
    rules,
    concrete: once(() => concreteSpace(atoms.list)),
    abstract: abstractSpace(atoms.list),
    budget,
  };
}

function undecided(index: number): Reach {
  return { index, satisfiable: null, reachable: null };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A rule's place in the list, and the rules before it that may answer first. */
interface Position {
  readonly index: number;
  readonly earlier: readonly number[];
}

function before({ rules }: Analysis, index: number): readonly number[] {
  return Array.from({ length: index }, (_, at) => at).filter((at) => rules[at] !== undefined);
}

function reachOf(analysis: Analysis, rule: Rule, position: Position): Reach {
  const { index, earlier } = position;
  const quick = witnessOf(analysis, rule, { earlier, steps: glance(earlier) });
  const never =
    quick === undefined ? unreached(analysis, rule, { ...position, widest: 'documented' }) : undefined;
  if (never !== undefined) {
    const needsDomain = prove(analysis, { rule, earlier, widest: 'never' }).found !== false;
    return { ...never, needsDomain };
  }
  const witness = quick ?? witnessOf(analysis, rule, { earlier });
  if (witness !== undefined) return { index, satisfiable: true, reachable: true, witness };
  const alone = witnessOf(analysis, rule, { earlier: [] });
  return { index, satisfiable: alone === undefined ? null : true, reachable: null };
}

/** Most rules are reached, and most of these by the first error that comes to mind: steps enough to try that. */
function glance({ length }: readonly number[]): number {
  return 2_000 + 200 * length;
}

interface Wanted extends Position {
  readonly widest: Standing;
}

/** Undefined where it is not proven that the rule never answers. */
function unreached(analysis: Analysis, rule: Rule, { index, earlier, widest }: Wanted): Reach | undefined {
  const proof = prove(analysis, { rule, earlier, widest });
  if (proof.found !== false) return undefined;
  const found = { index, reachable: false } as const;
  if (prove(analysis, { rule, earlier: [], widest }).found === false) return { ...found, satisfiable: false };
  const alone = witnessOf(analysis, rule, { earlier: [] });
  const proven = proof.closers.map((at) => earlier[at] ?? 0);
  const coveredBy = leastCover(analysis, { rule, alone, proven, earlier, widest });
  return { ...found, satisfiable: alone === undefined ? null : true, coveredBy };
}

interface Aim {
  readonly earlier: readonly number[];
  /** Absent: as many as any search. */
  readonly steps?: number;
}

/** An error that the rule answers when the earlier rules have their turn before it; computed, not inferred. */
function witnessOf(analysis: Analysis, rule: Rule, { earlier, steps }: Aim): Context | undefined {
  const space = analysis.concrete();
  let witness: Context | undefined;
  const accept: Query['accept'] = (assignment) => {
    const found = space.contextOf(assignment);
    if (found === undefined) return false;
    const context = { 'http.response.code': 500, ...found };
    if (evaluate(rule.tree, context).result !== true) return false;
    if (space.isTangled && !earlier.every((at) => isFalse(analysis.rules[at], context))) return false;
    witness = context;
    return true;
  };
  const query: Query = { ...formulas(analysis, rule, earlier), widest: 'documented', accept };
  run(analysis, space, { ...query, ...(steps === undefined ? {} : { steps }) });
  return witness;
}

function isFalse(rule: Rule | undefined, context: Context): boolean {
  return rule === undefined || evaluate(rule.tree, context).result === false;
}

interface Claim {
  readonly rule: Rule;
  readonly earlier: readonly number[];
  readonly widest: Standing;
}

/** Looks for anything at all that could reach the rule; `found: false` is proof that nothing does. */
function prove(analysis: Analysis, { rule, earlier, widest }: Claim): Outcome {
  return run(analysis, analysis.abstract, {
    ...formulas(analysis, rule, earlier),
    widest,
    accept: () => true,
  });
}

function formulas(
  { rules }: Analysis,
  rule: Rule,
  earlier: readonly number[],
): Pick<Query, 'target' | 'others'> {
  const others = earlier.map((at) => rules[at]?.formula).filter((one) => one !== undefined);
  return { target: rule.formula, others };
}

interface Limited extends Query {
  readonly steps?: number;
}

function run(
  { budget: all }: Analysis,
  space: Space,
  { steps = mostSteps.search, ...query }: Limited,
): Outcome {
  const given = Math.min(steps, all.steps);
  const budget: Budget = { steps: given };
  const outcome = search(space, query, budget);
  all.steps -= given - budget.steps;
  return outcome;
}

interface Cover {
  readonly rule: Rule;
  readonly earlier: readonly number[];
  /** Those among the earlier rules that the proof rests on. */
  readonly proven: readonly number[];
  /** An error that the rule alone would answer, where one is known: a rule that covers it alone takes it too. */
  readonly alone: Context | undefined;
  readonly widest: Standing;
}

/** One earlier rule if one is enough; otherwise those of the proof that cannot be left out. */
function leastCover(analysis: Analysis, { rule, earlier, proven, alone, widest }: Cover): readonly number[] {
  const isCover = (some: readonly number[]) =>
    prove(analysis, { rule, earlier: some, widest }).found === false;
  const likely = earlier.filter((at) => alone === undefined || !isFalse(analysis.rules[at], alone));
  const single = likely.find((at) => isCover([at]));
  if (single !== undefined) return [single];
  let cover = proven;
  for (const at of proven) {
    const without = cover.filter((one) => one !== at);
    if (isCover(without)) cover = without;
  }
  return cover;
}
