import { relative, resolve, sep } from 'node:path';
import { visible } from '../problem/printable.ts';
import type { Problem, Severity } from '../problem/problem.ts';

/** One mark on a line of a file, or beside the run where it has no place. */
export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
  readonly place?: Place;
}

interface Place {
  /** From the root of the repository. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where the files are, and how grave a hazard is. */
export interface Ground {
  /** What the names in spans are relative to, and what GitHub's are; both absolute. */
  readonly cwd: string;
  readonly workspace: string;
  /** A hazard stops an apply, and is something to read in a plan. */
  readonly isApply: boolean;
}

/** GitHub shows ten annotations of a level for each step. */
const mostOfALevel = 10;

/** Marks for problems; where a level has more than GitHub shows, the tenth says how many there are besides. */
export function annotationsOf(problems: readonly Problem[], ground: Ground): readonly Annotation[] {
  const all = problems.map((one) => annotation(one, ground));
  return (['error', 'warning'] as const).flatMap((level) => {
    const marks = all.filter((one) => one.level === level);
    if (marks.length <= mostOfALevel) return marks;
    const shown = marks.slice(0, mostOfALevel - 1);
    const more = marks.length - shown.length;
    const message = `${more} more ${level}s are listed in the summary and the log of this run`;
    return [...shown, { level, title: `${marks.length} ${level}s`, message }];
  });
}

function annotation(
  { code, severity, message, hint, notes = [], span }: Problem,
  ground: Ground,
): Annotation {
  const words = [
    message,
    ...notes.map((note) => note.message),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ];
  const mark = { level: levelOf(severity, ground), title: code, message: words.map(visible).join('\n') };
  const file = span === undefined ? undefined : fileIn(span.file, ground);
  return span === undefined || file === undefined ? mark : { ...mark, place: { ...span, file } };
}

function levelOf(severity: Severity, { isApply }: Ground): Annotation['level'] {
  return severity === 'error' || (severity === 'hazard' && isApply) ? 'error' : 'warning';
}

/** Undefined for what is no file of the repository. */
function fileIn(file: string, { cwd, workspace }: Ground): string | undefined {
  const path = relative(workspace, resolve(cwd, file));
  return path.startsWith('..') || file.startsWith('<') ? undefined : path.split(sep).join('/');
}
