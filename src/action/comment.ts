import type { GitHub, IssueComment } from './github.ts';
import type { CommentMode } from './inputs.ts';
import { isNewer, type Marker, readMarker } from './marker.ts';

/** A comment together with what its marker says. */
export interface Marked {
  readonly comment: IssueComment;
  readonly marker: Marker;
}

/** What is to be done about the comment of a run. */
export type Decision =
  | { readonly kind: 'create' }
  | { readonly kind: 'update'; readonly comment: IssueComment }
  /** A run that began later has written it. */
  | { readonly kind: 'leave'; readonly comment: IssueComment }
  | { readonly kind: 'none' };

/** The run that wants to say something, and whether it is worth beginning a comment for. */
export interface Occasion {
  readonly mode: Exclude<CommentMode, 'false'>;
  readonly isNews: boolean;
  readonly marker: Marker;
}

/** Decides by the comments of ours that are there already; of several that are one, the latest counts. */
export function decideComment({ mode, isNews, marker }: Occasion, ours: readonly Marked[]): Decision {
  if (mode === 'always-new') return { kind: 'create' };
  const latest = latestOf(
    ours.filter(({ marker: { kind, id } }) => kind === marker.kind && id === marker.id),
  );
  if (latest === undefined) return mode === 'changes-only' && !isNews ? { kind: 'none' } : { kind: 'create' };
  const { comment } = latest;
  return isNewer(latest.marker, marker) ? { kind: 'leave', comment } : { kind: 'update', comment };
}

/** The one that the latest run wrote. */
export function latestOf(marked: readonly Marked[]): Marked | undefined {
  return marked.reduce<Marked | undefined>(
    (latest, one) => (latest === undefined || !isNewer(latest.marker, one.marker) ? one : latest),
    undefined,
  );
}

/** Which comments are looked for. */
export interface Search {
  readonly pull: number;
  /** What is done with them. */
  readonly use: 'read' | 'write';
  readonly wanted: (marker: Marker) => boolean;
}

/** The comments of a pull request that are ours and whose marker a caller looks for. */
export async function findMarked(github: GitHub, { pull, use, wanted }: Search): Promise<readonly Marked[]> {
  const candidates = (await github.comments(pull, use)).flatMap((comment) => {
    const marker = readMarker(comment.body);
    return marker !== undefined && wanted(marker) ? [{ comment, marker }] : [];
  });
  const found = candidates.map(({ comment }) => comment);
  const ours = new Set((await github.ours(found, use)).map(({ id }) => id));
  return candidates.filter(({ comment }) => ours.has(comment.id));
}

/** What became of a comment: its address, and why it was left alone where it was. */
export interface Commented {
  readonly url: string;
  readonly kind: Decision['kind'];
}

/** Writes the comment of a run where its mode wants one. Throws ProblemError where GitHub refuses. */
export async function writeComment(
  github: GitHub,
  { pull, body, ...occasion }: Occasion & { readonly pull: number; readonly body: string },
): Promise<Commented> {
  const { kind, id } = occasion.marker;
  const isSame = (marker: Marker): boolean => marker.kind === kind && marker.id === id;
  const ours =
    occasion.mode === 'always-new' ? [] : await findMarked(github, { pull, use: 'write', wanted: isSame });
  const decision = decideComment(occasion, ours);
  switch (decision.kind) {
    case 'create':
      return { kind: 'create', url: await github.create(pull, body) };
    case 'update':
      return { kind: 'update', url: await github.update(decision.comment.id, body) };
    case 'leave':
      return { kind: 'leave', url: decision.comment.url };
    case 'none':
      return { kind: 'none', url: '' };
  }
}
