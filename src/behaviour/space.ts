import type { ValueClass } from './classes.ts';
import type { Standing } from './domains.ts';
import type { Formula, Known } from './formula.ts';

/** Something that has one of several classes of values. */
export interface Variable {
  readonly key: string;
  readonly classes: readonly ValueClass[];
  /** Conditions that another variable may have settled before. */
  readonly shared: readonly number[];
  /** Those among the classes that hold a text which a condition names: the likeliest to make it true. */
  namedBy(atom: number): readonly ValueClass[];
}

/** The class that each variable has been given, by its place among the variables. */
export type Assignment = readonly (ValueClass | undefined)[];

/** The conditions of a rule list as a room to search in. */
export interface Space {
  readonly size: number;
  readonly variables: readonly Variable[];
  /** True where what a class leaves open is settled by the other variables, and not at will. */
  readonly isConcrete: boolean;
  /** The variables that may settle a condition, the likeliest first. */
  decidersOf(atom: number): readonly number[];
  /** What a condition may still be when its variables leave it open. */
  settle(atom: number, assignment: Assignment): readonly Known[];
  /** What else is true once a condition is settled so. */
  follows(atom: number, value: Known): readonly (readonly [atom: number, value: Known])[];
}

/** Is there a response for which the target holds, and none of the others? */
export interface Query {
  readonly target: Formula;
  readonly others: readonly Formula[];
  /** Which classes count: the documented ones, those that the docs do not rule out, or all. */
  readonly widest: Standing;
  /** Has the last word on what the search found. */
  accept(assignment: Assignment): boolean;
}

/** Counts down with every look at a condition, of which a millisecond holds some ten thousand. */
export interface Budget {
  steps: number;
}

/** `found: false` is proof that the space holds no such response. */
export interface Outcome {
  readonly found: boolean | 'gave-up';
  /** Positions of those among the others that were needed for the proof. */
  readonly closers: readonly number[];
}
