import type { Difference, RuleName, Seen, VisitorCondition } from '../model/behaviour.ts';
import type { Atom } from './atoms.ts';
import type { Box, Sides } from './boxes.ts';
import type { ValueClass } from './classes.ts';
import { type Known, type Look, open } from './formula.ts';
import type { Contender } from './race.ts';
import type { Space } from './space.ts';

/** What a case comes to. */
export interface Change {
  readonly before: Seen;
  readonly after: Seen;
  readonly differences: readonly Difference[];
  readonly conditions: readonly Extract<VisitorCondition, { rule: RuleName }>[];
}

/** What all cases share. */
export interface Looking {
  readonly atoms: readonly Atom[];
  /** Conditions that nobody here can compute. */
  readonly opaque: ReadonlySet<number>;
  readonly space: Space;
  /** The classes of each variable that count, by its key. */
  readonly classes: ReadonlyMap<string, readonly ValueClass[]>;
  readonly found: Box<Change>[];
  /** Counts down. */
  readonly left: { cases: number; looks: number };
}

/** The rules of both sides that are not known to pass some visitors by. */
export interface Sided {
  readonly before: readonly Contender[];
  readonly after: readonly Contender[];
}

/** One case: what is known of its visitors. */
export interface Case extends Sided {
  readonly sides: Sides;
  readonly settled: ReadonlyMap<number, Known>;
  /** Rules of both lists that are taken not to answer, by their keys. */
  readonly passed: ReadonlyMap<string, RuleName>;
  readonly parts: number;
}

/** True where no more is to be looked at. */
export function isSpent({ cases, looks }: Looking['left']): boolean {
  return cases <= 0 || looks <= 0;
}

/** Cloudflare's docs make every comparison with a missing value false, and so does the table. */
export function documented(space: Space): Looking['classes'] {
  return new Map(
    space.variables.map(({ key, classes }) => [
      key,
      classes.filter(
        ({ label, standing }) => standing === 'documented' && !(label.kind === 'missing' && label.isUnequal),
      ),
    ]),
  );
}

/** Tells what is known of a condition in a case. */
export function seer({ space, classes }: Looking, { sides, settled }: Case): Look {
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
