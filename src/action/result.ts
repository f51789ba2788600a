import { type ExitCode, exitOfProblems } from '../app/app.ts';
import type { Plan } from '../model/plan.ts';
import type { Problem } from '../problem/problem.ts';
import { type MarkdownLook, problemsMarkdown } from '../render/render.ts';
import type { MergedPull } from './github.ts';
import { inInputWords } from './input-words.ts';
import type { Marker } from './marker.ts';
import { type FailureReason, reasonOf } from './reasons.ts';

/** How long a page may be and where the whole one is. */
export type Space = Pick<MarkdownLook, 'limit' | 'whole'>;

/** What a command came to: everything that is reported of it, wherever that goes. */
export interface Result {
  readonly kind: Marker['kind'];
  readonly exitCode: ExitCode;
  /** Undefined where the step succeeds. */
  readonly reason: FailureReason | undefined;
  readonly plan: Plan | undefined;
  readonly problems: readonly Problem[];
  readonly sources: ReadonlyMap<string, string>;
  /** Worth beginning a comment for. */
  readonly isNews: boolean;
  readonly page: (space: Space) => string;
  /** The log holds the problems already; so it does of everything with a plan. */
  readonly isTold?: true;
  /** The pull request that it belongs to where the event does not say so. */
  readonly pull?: MergedPull;
}

/** What an ending in problems alone says of itself. */
export interface Ending {
  readonly kind: Marker['kind'];
  readonly title: string;
  readonly lead?: string;
  /** Stands in the heading before the number of problems. */
  readonly verdict?: string;
  readonly problems: readonly Problem[];
  readonly sources?: ReadonlyMap<string, string>;
  /** Why it fails where its problems are not of a kind of their own. */
  readonly otherwise: FailureReason;
}

const noSources: ReadonlyMap<string, string> = new Map();

/** The result of a command that has no plan: problems, or none. */
export function ending({ kind, title, lead, verdict = '', ...rest }: Ending): Result {
  const { sources = noSources, otherwise } = rest;
  const problems = rest.problems.map(inInputWords);
  const exitCode = exitOfProblems(problems);
  const look = { title, sandbox: false, sources, ...(lead === undefined ? {} : { lead }) };
  return {
    kind,
    exitCode,
    reason: exitCode === 0 ? undefined : reasonOf(problems, otherwise),
    plan: undefined,
    problems,
    sources,
    isNews: problems.length > 0,
    page: (space) => problemsMarkdown(problems, verdict, { ...look, ...space }),
  };
}
