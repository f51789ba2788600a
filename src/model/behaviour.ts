import type { Source } from './body.ts';
import type { ScopeKind } from './scope.ts';

/** What a visitor is served. */
export interface Served {
  /** The status that the visitor gets: the rule's own, or the error's. */
  readonly status: number;
  readonly contentType: string | undefined;
  readonly source: Source;
}

/** Names one rule of a list; positions count from 1. */
export interface RuleName {
  readonly scope: ScopeKind;
  readonly ref: string;
  readonly position: number;
}

/** A field, with the indexes behind it, and what it was, as an expression would write it; `nothing` where there was none. */
export interface Reading {
  readonly field: string;
  readonly value: string;
}

/** A condition that decided about an expression, as it is written, and what it was asked of. */
export interface DecisivePart {
  readonly text: string;
  /** `null`: it could not be evaluated. */
  readonly result: boolean | null;
  /** What it read of the request and its response; empty for constants. */
  readonly reads: readonly Reading[];
  /** Why it could not be evaluated. */
  readonly reason?: string;
}

/** What became of one rule on the way to the answer. */
export interface RuleStep extends RuleName {
  readonly expression: string;
  readonly outcome: 'answers' | 'passed' | 'unknown' | 'disabled';
  /** Why: the false parts of a rule that was passed, the true parts of one that answers. Empty for a disabled rule. */
  readonly parts: readonly DecisivePart[];
}

/**
 * What a visitor would get. `rule`: the winner serves. `none`: Cloudflare, or the origin, answers as if there were no
 * rules. `unknown`: a rule before the winner could not be evaluated. `no-error`: rules run for statuses from 400 on.
 */
export interface Answer {
  readonly outcome: 'rule' | 'none' | 'unknown' | 'no-error';
  /** The first rule that is known to be met; with `unknown`, the one that answers if the rules in doubt do not. */
  readonly winner?: RuleName;
  /** What the winner serves. */
  readonly served?: Served;
  /** Why the outcome is unknown. */
  readonly reason?: string;
  /** Every rule up to the winner, in the order in which they are tried. */
  readonly steps: readonly RuleStep[];
  /** Which lists were tried. */
  readonly lists: readonly ScopeKind[];
}

/** What visitors see for certain: a rule's page, or no rule's page. */
export type KnownSight = ({ readonly kind: 'rule' } & RuleName) | { readonly kind: 'none' };

/**
 * What visitors see, or between what it cannot be told. `candidates` are the answers that are possible, the first
 * of them at most; `decidedBy` the first of the conditions that nobody here can compute, in canonical spelling.
 */
export type Seen =
  | KnownSight
  | {
      readonly kind: 'unknown';
      readonly candidates: readonly KnownSight[];
      readonly decidedBy: readonly string[];
    };

/**
 * What is new about the page of a rule that answers before and after: the page, the same page fetched anew, the
 * status or the content type that visitors get (absent `after`: the error's own status, no type), other parameters.
 */
export type Difference =
  | { readonly kind: 'page' | 'fetch' | 'parameters' }
  | { readonly kind: 'status'; readonly after?: number }
  | { readonly kind: 'content-type'; readonly after?: string };

/** One condition of many that visitors must all meet. */
export type VisitorCondition =
  /** The field has one of these values, or none of them; `nothing` is a missing value, `400-499` a range. */
  | {
      readonly kind: 'field';
      readonly field: string;
      readonly values: readonly string[];
      readonly isNot: boolean;
    }
  /** A part of an expression, as it is written canonically, holds or does not. */
  | { readonly kind: 'part'; readonly text: string; readonly holds: boolean }
  /** A rule before these, the same before and after, does not answer. */
  | { readonly kind: 'unless'; readonly rule: RuleName }
  /** The rule answers; nobody here can compute when it does. */
  | { readonly kind: 'when'; readonly rule: RuleName };

/** Visitors who see something else afterwards. */
export interface VisitorChange {
  /** Statuses as ranges, such as `503` or `400-403, 405-999`. */
  readonly status: string;
  readonly conditions: readonly VisitorCondition[];
  readonly before: Seen;
  readonly after: Seen;
  /** Empty unless one and the same rule answers before and after. */
  readonly differences: readonly Difference[];
  /** The row as a sentence: `503 on shop.example.com: branded_5xx → maintenance`. */
  readonly words: string;
}

/** What changes for visitors from one state of the rules to another; nobody else is touched, if it is complete. */
export interface VisitorChanges {
  /** Whose rules were looked at, in the order in which they are tried; those of others may answer all the same. */
  readonly lists: readonly ScopeKind[];
  /** The most pressing first: server errors, then client errors, and visitors of few conditions before the rest. */
  readonly rows: readonly VisitorChange[];
  /** Rows that were found and left out, the table being long enough. */
  readonly leftOut: number;
  /** False where the rules are too tangled to look at every case. */
  readonly isComplete: boolean;
}
