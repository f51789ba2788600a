import { type Context, type Expression, evaluate } from '../expression/expression.ts';
import { abstractSpace } from './abstract.ts';
import { makeAtoms } from './atoms.ts';
import { type ConcreteSpace, concreteSpace } from './concrete.ts';
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
const mostSteps = { search: 200_000, list: 8_000_000 };

/** What it takes to evaluate a rule, in steps. */
const evaluation = 10;

/**
 * Finds the rules that can never answer: an error is answered by the first rule whose expression it meets. Assumes
 * statuses of 400 to 999. An expression that does not parse is not decided and takes nothing from the others.
 */
export function analyseRules(expressions: readonly string[]): readonly Reach[] {
  const atoms = makeAtoms();
  const rules = expressions.map((text) => readRule(text, atoms.formulaOf));
  const analysis: Analysis = {
    rules,
    concrete: concreteSpace(atoms.list),
    abstract: abstractSpace(atoms.list),
    steps: { left: mostSteps.list },
  };
  return rules.map((rule, index) => (rule === undefined ? undecided(index) : reachOf(analysis, rule, index)));
}

interface Rule {
  readonly tree: Expression;
  readonly formula: Formula;
}

interface Analysis {
  readonly rules: readonly (Rule | undefined)[];
  readonly concrete: ConcreteSpace;
  readonly abstract: Space;
  /** Shared by all searches of one list. */
  readonly steps: { left: number };
}

function readRule(text: string, formulaOf: (tree: Expression) => Formula): Rule | undefined {
  const tree = readTree(text);
  return tree && { tree, formula: formulaOf(tree) };
}

function undecided(index: number): Reach {
  return { index, satisfiable: null, reachable: null };
}

function reachOf(analysis: Analysis, rule: Rule, index: number): Reach {
  const earlier = Array.from({ length: index }, (_, at) => at).filter(
    (at) => analysis.rules[at] !== undefined,
  );
  const proof = prove(analysis, { rule, earlier, isWide: false });
  if (proof.found === false) return unreached(analysis, rule, { index, earlier, closers: proof.closers });
  const witness = witnessOf(analysis, rule, earlier);
  if (witness !== undefined) return { index, satisfiable: true, reachable: true, witness };
  return { index, satisfiable: witnessOf(analysis, rule, []) === undefined ? null : true, reachable: null };
}

interface Proven {
  readonly index: number;
  readonly earlier: readonly number[];
  readonly closers: readonly number[];
}

function unreached(analysis: Analysis, rule: Rule, { index, earlier, closers }: Proven): Reach {
  const needsDomain = prove(analysis, { rule, earlier, isWide: true }).found !== false;
  const found = { index, reachable: false, needsDomain } as const;
  if (prove(analysis, { rule, earlier: [], isWide: false }).found === false)
    return { ...found, satisfiable: false };
  const alone = witnessOf(analysis, rule, []);
  const coveredBy = leastCover(analysis, {
    rule,
    alone,
    proven: closers.map((at) => earlier[at] ?? 0),
    earlier,
  });
  return { ...found, satisfiable: alone === undefined ? null : true, coveredBy };
}

/** An error that the rule answers when the earlier rules have their turn before it; computed, not inferred. */
function witnessOf(analysis: Analysis, rule: Rule, earlier: readonly number[]): Context | undefined {
  let witness: Context | undefined;
  const accept: Query['accept'] = (assignment) => {
    const found = analysis.concrete.contextOf(assignment);
    if (found === undefined) return false;
    const context = { 'http.response.code': 500, ...found };
    analysis.steps.left -= evaluation * (earlier.length + 1);
    if (evaluate(rule.tree, context).result !== true) return false;
    if (!earlier.every((at) => isFalse(analysis.rules[at], context))) return false;
    witness = context;
    return true;
  };
  run(analysis, analysis.concrete, { ...formulas(analysis, rule, earlier), isWide: false, accept });
  return witness;
}

function isFalse(rule: Rule | undefined, context: Context): boolean {
  return rule === undefined || evaluate(rule.tree, context).result === false;
}

interface Claim {
  readonly rule: Rule;
  readonly earlier: readonly number[];
  /** Values that no docs name are possible too. */
  readonly isWide: boolean;
}

/** Looks for anything at all that could reach the rule; `found: false` is proof that nothing does. */
function prove(analysis: Analysis, { rule, earlier, isWide }: Claim): Outcome {
  return run(analysis, analysis.abstract, {
    ...formulas(analysis, rule, earlier),
    isWide,
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

function run({ steps }: Analysis, space: Space, query: Query): Outcome {
  const given = Math.min(mostSteps.search, steps.left);
  const budget: Budget = { steps: given };
  const outcome = search(space, query, budget);
  steps.left -= given - budget.steps;
  return outcome;
}

interface Cover {
  readonly rule: Rule;
  readonly earlier: readonly number[];
  /** Those among the earlier rules that the proof rests on. */
  readonly proven: readonly number[];
  /** An error that the rule alone would answer, where one is known: a rule that covers it alone takes it too. */
  readonly alone: Context | undefined;
}

/** One earlier rule if one is enough; otherwise those of the proof that cannot be left out. */
function leastCover(analysis: Analysis, { rule, earlier, proven, alone }: Cover): readonly number[] {
  const isCover = (some: readonly number[]) =>
    prove(analysis, { rule, earlier: some, isWide: false }).found === false;
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
