import { mostDeciders } from '../model/visitor-words.ts';
import { type Atom, isOpaque } from './atoms.ts';
import type { Sides } from './boxes.ts';
import { atomsIn, type Look, no, open, yes } from './formula.ts';
import { type Case, type Change, documented, isSpent, type Looking, type Sided, seer } from './looking.ts';
import {
  type Contender,
  differencesOf,
  isSameRace,
  type Race,
  raceOf,
  seenIn,
  sightOf,
  stillIn,
} from './race.ts';
import type { Space } from './space.ts';

/** Beyond these not every case is looked at: cases, and rules that are decided in all of them together. */
const mostCases = 2000;
const mostLooks = 2_000_000;
/** So many conditions that nothing is known about but whether they hold make up one row; then it is `unknown`. */
const mostParts = 4;

/** What was found among all cases, and the classes that its boxes speak of. */
export interface Findings extends Pick<Looking, 'classes' | 'found'> {
  /** False where there was more to look at than the bounds allow. */
  readonly isComplete: boolean;
}

/** Looks at every kind of visitor that the rules tell apart, as far as the bounds allow. */
export function lookAtAll(rules: Sided, atoms: readonly Atom[], space: Space): Findings {
  const looking: Looking = {
    atoms,
    opaque: new Set(atoms.filter(isOpaque).map(({ id }) => id)),
    space,
    classes: documented(space),
    found: [],
    left: { cases: mostCases, looks: mostLooks },
  };
  look(looking, { ...rules, sides: new Map(), settled: new Map(), passed: new Map(), parts: 0 });
  return { ...looking, isComplete: !isSpent(looking.left) };
}

function look(looking: Looking, known: Case): void {
  if (isSpent(looking.left)) return;
  const see = seer(looking, known);
  const before = raceOf(known.before, see, known.passed);
  const after = raceOf(known.after, see, known.passed);
  looking.left.looks -= known.before.length + known.after.length;
  if (isSameRace(before, after)) return;
  looking.left.cases -= 1;
  const one = { ...known, before: stillIn(before), after: stillIn(after) };
  const [first, other] = [before.open[0], after.open[0]];
  const isShared = first !== undefined && first.key === other?.key;
  const asked = isShared ? [first] : [before, after].flatMap((race) => askable(looking, race, see));
  const variable = nextVariable(looking, one, asked);
  if (variable !== undefined) lookAtClasses(looking, one, variable);
  else if (isShared) look(looking, passedBy(one, first));
  else if (asked[0] !== undefined && one.parts < mostParts) lookAtPart(looking, one, asked[0]);
  else if (first !== undefined && first.condition === other?.condition) {
    lookAtTwins(looking, one, { first, other });
  } else record(looking, one, { before, after });
}

interface Twins {
  readonly first: Contender;
  readonly other: Contender;
}

/** Whenever the one answers the other does, so what they serve can be told although nobody knows when. */
function lookAtTwins(looking: Looking, one: Case, { first, other }: Twins): void {
  const content: Change = {
    before: sightOf(first),
    after: sightOf(other),
    differences: differencesOf(first, other),
    conditions: [...unless(one), { kind: 'when', rule: other.name }],
  };
  looking.found.push({ sides: sidesThatCount(looking, one), content });
  look(looking, passedBy(passedBy(one, first), other));
}

function passedBy(one: Case, { key, name }: Contender): Case {
  return { ...one, passed: new Map([...one.passed, [key, name]]) };
}

/** The rules that do not answer, each once. */
function unless({ passed }: Case): Change['conditions'] {
  const names = new Map(
    Array.from(passed.values(), (rule) => [JSON.stringify([rule.scope, rule.ref]), rule]),
  );
  return Array.from(names.values(), (rule) => ({ kind: 'unless', rule }));
}

/** The first rule about which something can still be found out, if there is one. */
function askable({ opaque }: Looking, race: Race, see: Look): readonly Contender[] {
  const isAskable = (atom: number): boolean => !opaque.has(atom) && see(atom) === open;
  return race.open.filter(({ formula }) => atomsIn(formula).some(isAskable)).slice(0, 1);
}

function record(looking: Looking, one: Case, races: { readonly before: Race; readonly after: Race }): void {
  const { before, after } = races;
  const see = seer(looking, one);
  const deciders = (rules: readonly Contender[]): readonly string[] => {
    const all = rules.flatMap(({ formula }) => atomsIn(formula)).filter((atom) => see(atom) === open);
    const some = [...new Set(all)].slice(0, mostDeciders + 1);
    return some.map((atom) => looking.atoms[atom]?.text ?? '');
  };
  const content: Change = {
    before: seenIn(before, deciders),
    after: seenIn(after, deciders),
    differences: before.open.length + after.open.length > 0 ? [] : differencesOf(before.winner, after.winner),
    conditions: unless(one),
  };
  looking.found.push({ sides: sidesThatCount(looking, one), content });
}

function sidesThatCount(looking: Looking, one: Case): Sides {
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
  return sides;
}

/** Two boxes of one key may become one. */
export function keyOf(change: Change): string {
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
  { space, atoms, opaque }: Looking,
  one: Case,
  rules: readonly Contender[],
): number | undefined {
  const found = rules.flatMap(({ formula }) => atomsIn(formula));
  const free = found
    .filter((atom) => !opaque.has(atom) && !one.settled.has(atom))
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
  const atom = atomsIn(rule.formula).find((each) => !looking.opaque.has(each) && see(each) === open);
  if (atom === undefined) throw new Error('an open rule has an open condition');
  for (const value of [yes, no] as const) {
    const follows = looking.space.follows(atom, value);
    if (follows.some(([each, its]) => see(each) !== open && see(each) !== its)) continue;
    const settled = new Map([...one.settled, [atom, value] as const, ...follows]);
    const sides = new Map([...one.sides, [`${atom}`, [value]]]);
    look(looking, { ...one, sides, settled, parts: one.parts + 1 });
  }
}
