import type { Span } from '../problem/problem.ts';
import type { Asset, Rule } from './body.ts';
import type { ScopeName } from './scope.ts';
import type { DesiredTest } from './tests.ts';

/**
 * Where a thing stands in the YAML: the whole item, and each of its keys (the key's value, by the key's name in the
 * file, such as `expression`).
 */
export interface Origin {
  readonly item: Span;
  readonly keys: Readonly<Record<string, Span>>;
}

export interface DesiredAsset {
  readonly body: Asset;
  readonly origin: Origin;
}

export interface DesiredRule {
  readonly body: Rule;
  readonly origin: Origin;
}

/** What a scope owns of one kind; an empty list is a claim too. `origin` is the key `assets:` or `rules:`. */
export interface Claim<T> {
  readonly origin: Span;
  readonly items: readonly T[];
}

/** One scope of the file, everything resolved: defaults applied, pages read, limits checked. */
export interface DesiredScope {
  readonly name: ScopeName;
  /** The scope's key in the file. */
  readonly origin: Span;
  /** Absent: the scope does not own its assets, which are then never written. */
  readonly assets?: Claim<DesiredAsset>;
  /** Absent: the scope does not own its rules, which are then never written. */
  readonly rules?: Claim<DesiredRule>;
}

/** Everything that the files want, in the order of the files. */
export interface DesiredState {
  readonly scopes: readonly DesiredScope[];
  /** Cases that must hold. */
  readonly tests: readonly DesiredTest[];
}
