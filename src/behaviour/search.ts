import type { ValueClass } from './classes.ts';
import type { Standing } from './domains.ts';
import { atomsIn, decide, type Formula, type Look, no, open, type Ternary, yes } from './formula.ts';
import type { Budget, Outcome, Query, Space, Variable } from './space.ts';

/** No search has more levels: each takes some room on the stack. */
const deepest = 1000;

interface Run extends Query {
  readonly space: Space;
  readonly budget: Budget;
  readonly assignment: (ValueClass | undefined)[];
  /** Conditions that were settled by themselves, since their variables leave them open. */
  readonly settled: Uint8Array;
  readonly closers: Set<number>;
  readonly look: Look;
  depth: number;
}

/** Tries the classes of one variable after the other (Davis, Putnam, Logemann and Loveland, over classes of values). */
export function search(space: Space, query: Query, budget: Budget): Outcome {
  const assignment = Array<ValueClass | undefined>(space.variables.length).fill(undefined);
  const settled = new Uint8Array(space.size).fill(open);
  const look: Look = (atom) => {
    budget.steps -= 1;
    const known = settled[atom];
    if (known === yes || known === no) return known;
    for (const at of space.decidersOf(atom)) {
      const read = assignment[at]?.read(atom) ?? open;
      if (read !== open) return read;
    }
    return open;
  };
  const run: Run = { ...query, space, budget, assignment, settled, closers: new Set(), look, depth: 0 };
  const found = visit(
    run,
    query.others.map((_, at) => at),
  );
  return { found, closers: [...run.closers].sort((one, other) => one - other) };
}

type Found = Outcome['found'];

function isSpent({ steps }: Budget): boolean {
  return steps < 0;
}

/** `left` are the others that are not known to fail yet. */
function visit(run: Run, left: readonly number[]): Found {
  if (isSpent(run.budget) || run.depth >= deepest) return 'gave-up';
  run.depth += 1;
  const found = goOn(run, left);
  run.depth -= 1;
  return found;
}

function goOn(run: Run, left: readonly number[]): Found {
  const target = decide(run.target, run.look);
  if (target === no || holdsOne(run, run.closers)) return false;
  // The others are looked at once the target holds: it leaves few of them open.
  if (target === open) return branch(run, run.target, left);
  const still = stillOpen(run, left);
  if (still === undefined) return false;
  const focus = run.others[still[0] ?? -1];
  return focus === undefined ? run.accept(run.assignment) : branch(run, focus, still);
}

function other(run: Run, at: number): Ternary {
  const formula = run.others[at];
  return formula === undefined ? no : decide(formula, run.look);
}

/** Those that closed a branch before are the likeliest to do it again. */
function holdsOne(run: Run, some: Iterable<number>): boolean {
  for (const at of some) if (other(run, at) === yes) return true;
  return false;
}

/** The others that are open; undefined as soon as one of them holds. */
function stillOpen(run: Run, left: readonly number[]): readonly number[] | undefined {
  const still: number[] = [];
  for (const at of left) {
    const found = other(run, at);
    if (found === yes) {
      run.closers.add(at);
      return undefined;
    }
    if (found === open) still.push(at);
  }
  return still;
}

/** Settles the formula in focus by the variable that most of its open conditions ask about. */
function branch(run: Run, focus: Formula, left: readonly number[]): Found {
  const candidates = atomsIn(focus).filter((atom) => run.look(atom) === open);
  const counts = new Map<number, number>();
  for (const atom of candidates) {
    const decider = run.space.decidersOf(atom).find((at) => run.assignment[at] === undefined);
    if (decider !== undefined) counts.set(decider, (counts.get(decider) ?? 0) + 1);
  }
  if (counts.size === 0) return branchOnAtom(run, candidates[0] ?? 0, left);
  const [[best] = [0]] = [...counts].sort(([, one], [, two]) => two - one);
  // To make a condition true the values that it names come first; to make one false, the plainest.
  return branchOnVariable(run, { at: best, left, likely: focus === run.target ? candidates : [] });
}

function branchOnAtom(run: Run, atom: number, left: readonly number[]): Found {
  let isProven = true;
  for (const value of run.space.settle(atom, run.assignment)) {
    const settled = [[atom, value] as const, ...run.space.follows(atom, value)];
    if (settled.some(([one, its]) => isOther(run.look(one), its))) continue;
    const fresh = settled.filter(([one]) => run.look(one) === open);
    for (const [one, its] of fresh) run.settled[one] = its;
    const found = visit(run, left);
    for (const [one] of fresh) run.settled[one] = open;
    if (found === true) return true;
    if (found === 'gave-up') isProven = false;
  }
  return isProven ? false : 'gave-up';
}

function isOther(before: Ternary, now: Ternary): boolean {
  return before !== open && now !== open && before !== now;
}

interface Choice {
  /** The place of the variable. */
  readonly at: number;
  readonly left: readonly number[];
  /** Conditions whose values are to be tried first. */
  readonly likely: readonly number[];
}

function* classesInTurn({ classes, namedBy }: Variable, likely: readonly number[]) {
  const first = new Set(likely.flatMap(namedBy));
  yield* first;
  for (const one of classes) if (!first.has(one)) yield one;
}

function branchOnVariable(run: Run, { at, left, likely }: Choice): Found {
  const variable = run.space.variables[at];
  if (variable === undefined) throw new Error(`there is no variable ${at}`);
  const classes = classesInTurn(variable, likely).filter((one) => isPossible(run, variable, one));
  const worthwhile = classes.filter((one) => decideWith(run, at, one) !== no);
  const { value: first } = worthwhile.next();
  if (first === undefined) return false;
  const found = tryClass(run, { at, one: first, left });
  if (found === true) return found;
  if (isSpent(run.budget)) return 'gave-up';
  // Only now: telling classes apart is dear, and mostly the first one will do.
  const still = stillOpen(run, left);
  if (still === undefined) return false;
  const matters = openAtoms(run, at, still);
  const tried = new Set([keyOf(run, matters, first)]);
  let isProven = found === false;
  for (const one of worthwhile) {
    const key = keyOf(run, matters, one);
    if (key !== undefined && tried.has(key)) continue;
    tried.add(key);
    const next = tryClass(run, { at, one, left: still });
    if (next === true) return next;
    if (isSpent(run.budget)) return 'gave-up';
    if (next === 'gave-up') isProven = false;
  }
  return isProven ? false : 'gave-up';
}

interface Trial {
  readonly at: number;
  readonly one: ValueClass;
  readonly left: readonly number[];
}

function tryClass(run: Run, { at, one, left }: Trial): Found {
  run.assignment[at] = one;
  const found = visit(run, left);
  // What was found is read off the assignment.
  if (found !== true) run.assignment[at] = undefined;
  return found;
}

const breadth: Readonly<Record<Standing, number>> = { documented: 0, doubtful: 1, never: 2 };

function isPossible(run: Run, { shared }: Variable, one: ValueClass): boolean {
  if (breadth[one.standing] > breadth[run.widest]) return false;
  return !shared.some((atom) => isOther(run.look(atom), one.read(atom)));
}

/** What becomes of the target when a variable is of a class. */
function decideWith(run: Run, at: number, one: ValueClass): Ternary {
  run.assignment[at] = one;
  const target = decide(run.target, run.look);
  run.assignment[at] = undefined;
  return target;
}

/** The conditions of a variable that are open and may still be asked for: two classes that agree on them are alike. */
function openAtoms(run: Run, at: number, left: readonly number[]): readonly number[] {
  const found = new Set<number>();
  const add = (formula: Formula | undefined) => {
    for (const atom of formula === undefined ? [] : atomsIn(formula)) {
      if (run.space.decidersOf(atom).includes(at) && run.look(atom) === open) found.add(atom);
    }
  };
  add(run.target);
  for (const one of left) add(run.others[one]);
  // Two classes may fit in with different classes of another variable.
  for (const atom of run.space.variables[at]?.shared ?? []) if (run.look(atom) === open) found.add(atom);
  return [...found];
}

/** What a class says of the conditions that matter. What only a whole assignment can settle is like nothing else. */
function keyOf({ space, budget }: Run, matters: readonly number[], one: ValueClass): string | undefined {
  let key = '';
  budget.steps -= matters.length;
  for (const atom of matters) {
    const read = one.read(atom);
    if (read === open && space.isConcrete) return undefined;
    key += read;
  }
  return key;
}
