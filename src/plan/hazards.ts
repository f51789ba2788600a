import { allowanceText } from '../model/allowance.ts';
import type { Scope } from '../model/scope.ts';
import type { ProblemInput, Span } from '../problem/problem.ts';
import { listed } from './words.ts';

/** How many of one kind of thing go, in a scope that claims that kind. A renamed rule does not go. */
export interface Losses {
  readonly kind: 'rule' | 'asset';
  /** The claim in the file. */
  readonly span: Span;
  /** How many the file lists. */
  readonly desired: number;
  /** How many are live. */
  readonly live: number;
  /** The names of those that go. */
  readonly removed: readonly string[];
}

interface Hazard {
  readonly code: ProblemInput['code'];
  readonly lurks: (losses: Losses) => boolean;
  /** The sentence that the names of everything removed complete. */
  readonly message: (losses: Losses) => string;
  readonly advice: string;
}

const hazards: readonly Hazard[] = [
  {
    code: 'plan/take-over',
    // A file that wants nothing does not take over; that is `plan/empty`.
    lurks: ({ desired, live, removed }) => desired > 0 && live > 0 && removed.length === live,
    message: ({ kind, live }) => `no live ${kind} is in the file, so ${live} would be deleted`,
    advice: 'take what is live into the file with: cf-errors import',
  },
  {
    code: 'plan/mass-delete',
    lurks: ({ live, removed }) => removed.length >= 3 && removed.length > live * 0.3,
    message: ({ kind, live, removed }) => `${removed.length} of ${live} live ${kind}s would be deleted`,
    advice: 'look whether a part of the file got lost',
  },
  {
    code: 'plan/empty',
    lurks: ({ desired, live }) => desired === 0 && live > 0,
    message: ({ kind, live }) => `no ${kind} would be left, as ${live} would be deleted`,
    advice: 'to leave what is live alone, remove the whole key from the file',
  },
];

/** The hazards of losing so much, each with its numbers and every name. */
export function hazardsOf(losses: Losses, scope: Scope): readonly ProblemInput[] {
  return hazards
    .filter(({ lurks }) => lurks(losses))
    .map(({ code, message, advice }) => ({
      code,
      message: `${message(losses)}: ${listed(losses.removed)}`,
      span: losses.span,
      hint: `${advice}; if every deletion is meant: --allow ${allowanceText({ code, scope: scope.name })}`,
    }));
}
