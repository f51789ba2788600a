import type { RuleName, Seen, VisitorChanges } from '../model/behaviour.ts';
import { abstractSpace } from './abstract.ts';
import { type Atom, makeAtoms } from './atoms.ts';
import { type Box, merged, type Sides } from './boxes.ts';
import type { ValueClass } from './classes.ts';
import { atomsIn, type Known, type Look, no, open, yes } from './formula.ts';
import { type Contender, contendersOf, isSameRace, raceOf, seenIn, stillIn } from './race.ts';
import type { RuleLists } from './rules.ts';
import type { Space } from './space.ts';
import { rowOf } from './words.ts';

/** Beyond these the table says that it is not complete. */
const mostCases = 2000;
const mostRows = 50;
/** So many conditions that nothing is known about but whether they hold make up one row; then it is `unknown`. */
const mostParts = 4;

/**
 * Which visitors see something else: those for whom the first rule that answers serves another page than before. The lists
 * that are known should be the same on both sides.
 */
export function visitorChanges(before: RuleLists, after: RuleLists): VisitorChanges {
  const atoms = makeAtoms();
  const lists = { before: contendersOf(before, atoms), after: contendersOf(after, atoms) };
  const space = abstractSpace(atoms.list);
  const looking: Looking = {
    atoms: atoms.list,
    space,
    classes: documented(space),
    found: [],
    cases: { left: mostCases },
  };
  look(looking, { ...lists, sides: new Map(), settled: new Map(), passed: new Map(), parts: 0 });
  const boxes = merged(looking.found, keyOf, (side) => looking.classes.get(side)?.length ?? 2);
  const rows = boxes.map((box) => rowOf(box, { classes: looking.classes, atoms: atoms.list, lists: after }));
  return {
    rows: rows.slice(0, mostRows),
    leftOut: Math.max(0, rows.length - mostRows),
    isComplete: looking.cases.left > 0,
  };
}

/** What a case comes to. */
export interface Change {
  readonly before: Seen;
  readonly after: Seen;
  readonly passed: readonly RuleName[];
}

interface Looking {
  readonly atoms: readonly Atom[];
  readonly space: Space;
  /** The classes of each variable that count, by its key. */
  readonly classes: ReadonlyMap<string, readonly ValueClass[]>;
  readonly found: Box<Change>[];
  readonly cases: { left: number };
}

/** One case: what is known of its visitors. */
interface Case {
  /** The rules that are not known to pass these visitors by. */
  readonly before: readonly Contender[];
  readonly after: readonly Contender[];
  readonly sides: Sides;
  readonly settled: ReadonlyMap<number, Known>;
  /** Rules of both lists that are taken not to answer, by their keys. */
  readonly passed: ReadonlyMap<string, RuleName>;
  readonly parts: number;
}

/** Cloudflare's docs make every comparison with a missing value false, and so does the table. */
function documented(space: Space): ReadonlyMap<string, readonly ValueClass[]> {
  return new Map(
    space.variables.map(({ key, classes }) => [
      key,
      classes.filter(
        ({ label, standing }) => standing === 'documented' && !(label.kind === 'missing' && label.isUnequal),
      ),
    ]),
  );
}

function seer({ space, classes }: Looking, { sides, settled }: Case): Look {
  return (atom) => {
    const known = settled.get(atom);
    if (known !== undefined) return known;
    for (const at of space.decidersOf(atom)) {
      const key = space.variables[at]?.key ?? '';
      const read = classes.get(key)?.[sides.get(key)?.[0] ?? -1]?.read(atom) ?? open;
      if (read !== open) return read;
    }
    return open;
  };
}

function look(looking: Looking, known: Case): void {
  const see = seer(looking, known);
  const before = raceOf(known.before, see, known.passed);
  const after = raceOf(known.after, see, known.passed);
  if (isSameRace(before, after) || looking.cases.left <= 0) return;
  looking.cases.left -= 1;
  const one = { ...known, before: stillIn(before), after: stillIn(after) };
  const [first, other] = [before.open[0], after.open[0]];
  const undecided = first ?? other;
  const variable = nextVariable(looking, one, [first, other]);
  if (variable !== undefined) lookAtClasses(looking, one, variable);
  else if (first !== undefined && first.key === other?.key) {
    look(looking, { ...one, passed: new Map([...one.passed, [first.key, first.name]]) });
  } else if (undecided !== undefined && one.parts < mostParts) lookAtPart(looking, one, undecided);
  else record(looking, one, { before: seenIn(before), after: seenIn(after) });
}

function record(looking: Looking, one: Case, change: Pick<Change, 'before' | 'after'>): void {
  const sides = new Map(
    [...one.sides].filter(([side, places]) => places.length !== looking.classes.get(side)?.length),
  );
  const settled = [...one.settled].filter(([atom]) => sides.has(`${atom}`));
  for (const [atom, value] of settled) {
    // What another condition implies need not be said.
    const others = settled.filter(([other]) => other !== atom && sides.has(`${other}`));
    const isImplied = others.some(([other, its]) =>
      looking.space.follows(other, its).some(([implied, so]) => implied === atom && so === value),
    );
    if (isImplied) sides.delete(`${atom}`);
  }
  looking.found.push({ sides, content: { ...change, passed: [...one.passed.values()] } });
}

function keyOf(change: Change): string {
  return JSON.stringify(change);
}

/** What people ask for first. */
const ranks = [
  'http.response.code',
  'http.host',
  'http.request.uri.path',
  'http.request.uri',
  'http.request.method',
];

function nextVariable(
  { space, atoms }: Looking,
  one: Case,
  rules: readonly (Contender | undefined)[],
): number | undefined {
  const found = rules.flatMap((rule) => (rule === undefined ? [] : atomsIn(rule.formula)));
  const free = found
    .filter((atom) => !one.settled.has(atom))
    .flatMap((atom) => space.decidersOf(atom).slice(0, atoms[atom]?.question === undefined ? 0 : 1))
    .filter((at) => !one.sides.has(space.variables[at]?.key ?? ''));
  return [...new Set(free)].sort((a, b) => rank(space, a) - rank(space, b))[0];
}

function rank({ variables }: Space, at: number): number {
  const found = ranks.indexOf(variables[at]?.key ?? '');
  return found < 0 ? ranks.length : found;
}

/** Goes on with each group of classes that the rules cannot tell apart. */
function lookAtClasses(looking: Looking, one: Case, variable: number): void {
  const { space, classes } = looking;
  const key = space.variables[variable]?.key ?? '';
  const see = seer(looking, one);
  const atoms = new Set([...one.before, ...one.after].flatMap(({ formula }) => atomsIn(formula)));
  const matters = [...atoms].filter((atom) => space.decidersOf(atom).includes(variable));
  const possible = (classes.get(key) ?? []).flatMap((value, at) => {
    const reads = matters.map((atom) => [see(atom), value.read(atom)] as const);
    if (reads.some(([before, now]) => before !== open && now !== open && before !== now)) return [];
    return [{ at, answers: reads.map(([, now]) => now).join('') }];
  });
  for (const group of Map.groupBy(possible, ({ answers }) => answers).values()) {
    look(looking, { ...one, sides: new Map([...one.sides, [key, group.map(({ at }) => at)]]) });
  }
}

/** Goes on with a condition that holds, and with the same that does not. */
function lookAtPart(looking: Looking, one: Case, rule: Contender): void {
  const see = seer(looking, one);
  const atom = atomsIn(rule.formula).find((each) => see(each) === open);
  if (atom === undefined) throw new Error('an open rule has an open condition');
  for (const value of [yes, no] as const) {
    const follows = looking.space.follows(atom, value);
    if (follows.some(([each, its]) => see(each) !== open && see(each) !== its)) continue;
    const settled = new Map([...one.settled, [atom, value] as const, ...follows]);
    const sides = new Map([...one.sides, [`${atom}`, [value]]]);
    look(looking, { ...one, sides, settled, parts: one.parts + 1 });
  }
}
