import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Reviewed, ReviewedChange } from '../app/app.ts';
import type { Inputs } from './inputs.ts';
import type { Runner } from './runner.ts';

/** What a comment of ours says about itself, hidden at its beginning. */
export interface Marker {
  /** Neither a check nor a receipt takes the place of a plan, which an apply may still need. */
  readonly kind: 'plan' | 'check' | 'receipt';
  /** Comments of one id are one comment, written again and again. */
  readonly id: string;
  /** Hash of what is looked at, the same for the job that plans and the job that applies. */
  readonly subject: string;
  /** The head of the pull request that this is about. */
  readonly head: string;
  readonly run: number;
  readonly attempt: number;
  /** The plan that was shown; absent where there was none that could be applied. */
  readonly reviewed?: Reviewed;
}

/** Where comments belong: which of them are one, and what they look at. */
export type Address = Pick<Marker, 'id' | 'subject'>;

/** More than this much of a comment is not given to the marker; UTF-16 units. */
const longest = 24_000;

/** The address of this job's comments; without `comment-id` made of the workflow, the job and what it looks at. */
export function addressOf(
  { commentId, workingDirectory, config, zones, accounts }: Inputs,
  { workflow, job }: Pick<Runner, 'workflow' | 'job'>,
): Address {
  const paths = config.map((path) => trimmed(path));
  const folded = [zones, accounts].map((names) => names.map((name) => name.toLowerCase()).sort());
  const subject = hash([trimmed(workingDirectory), paths, folded]);
  return { id: commentId ?? `auto-${hash([workflow, job, subject])}`, subject };
}

/** `zones/`, `./zones` and `zones` are one folder. */
function trimmed(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, '');
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/**
 * The first line of a comment. A plan of very many changes loses first what they are called, then their digests; what is
 * missing can then not be checked against this comment.
 */
export function markerLine(marker: Marker): string {
  const { reviewed, ...rest } = marker;
  const changes = reviewed?.changes;
  const versions = [
    marker,
    { ...rest, reviewed: { ...reviewed, changes: changes?.map(({ digest }) => ({ digest })) } },
    { ...rest, reviewed: { fingerprint: reviewed?.fingerprint } },
  ];
  const lines = versions.map((one) => `<!-- cf-errors:v1 ${base64url(one)} -->`);
  return lines.find((line) => line.length <= longest) ?? lines.at(-1) ?? '';
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/**
 * Reads the marker of a comment. It counts at the very beginning only: further down a comment quotes what others wrote.
 * Undefined for anything that `markerLine` does not write.
 */
export function readMarker(body: string): Marker | undefined {
  const [, text] = /^<!-- cf-errors:v1 ([\w-]{1,24000}) -->(?:\r?\n|$)/.exec(body) ?? [];
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return isMarker(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isMarker(value: unknown): value is Marker {
  const { kind, id, subject, head, run, attempt, reviewed } = Object(value);
  return (
    (kind === 'plan' || kind === 'check' || kind === 'receipt') &&
    [id, subject, head].every((one) => typeof one === 'string') &&
    [run, attempt].every((one) => Number.isSafeInteger(one)) &&
    (reviewed === undefined || isReviewed(reviewed))
  );
}

function isReviewed(value: unknown): value is Reviewed {
  const { fingerprint, changes } = Object(value);
  if (typeof fingerprint !== 'string') return false;
  return changes === undefined || (Array.isArray(changes) && changes.every(isChange));
}

function isChange(value: unknown): value is ReviewedChange {
  const { digest, label } = Object(value);
  return typeof digest === 'string' && (label === undefined || typeof label === 'string');
}

/** True where `one` comes from a later run than `other`, or from a later attempt of the same. */
export function isNewer(
  one: Pick<Marker, 'run' | 'attempt'>,
  other: Pick<Marker, 'run' | 'attempt'>,
): boolean {
  return one.run > other.run || (one.run === other.run && one.attempt > other.attempt);
}
