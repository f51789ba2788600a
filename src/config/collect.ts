import { type Note, type Problem, type ProblemInput, problem, type Report } from '../problem/problem.ts';

/** The problems of one stage. */
export interface Collection {
  readonly report: Report;
  /** File by file as they were met, in each from top to bottom; those without a place come first. */
  readonly problems: () => readonly Problem[];
}

const mostNotes = 5;

/**
 * Collects the problems of one stage. The same problem at the same place, met again through another alias, stays one
 * problem with one more note.
 */
export function collection(): Collection {
  const found = new Map<string, Problem>();
  const report = (input: ProblemInput): void => {
    const { code, span, message } = input;
    const key = JSON.stringify([code, message, span?.file, span?.line, span?.column]);
    const before = found.get(key);
    found.set(key, before === undefined || span === undefined ? problem(input) : again(before, input));
  };
  return { report, problems: () => inReadingOrder([...found.values()]) };
}

function inReadingOrder(problems: readonly Problem[]): Problem[] {
  const files = [...new Set(problems.map((one) => one.span?.file))];
  const rank = ({ span }: Problem) => (span === undefined ? -1 : files.indexOf(span.file));
  const [line, column] = [(one: Problem) => one.span?.line ?? 0, (one: Problem) => one.span?.column ?? 0];
  return problems.toSorted((a, b) => rank(a) - rank(b) || line(a) - line(b) || column(a) - column(b));
}

function again(before: Problem, input: ProblemInput): Problem {
  const { scope, ...rest } = before;
  const notes: Note[] = [...(before.notes ?? [])];
  for (const note of input.notes ?? []) {
    const known = notes.some((one) => JSON.stringify(one) === JSON.stringify(note));
    if (!known && notes.length < mostNotes) notes.push(note);
  }
  const same = scope !== undefined && scope === input.scope;
  return { ...rest, ...(same ? { scope } : {}), ...(notes.length > 0 ? { notes } : {}) };
}
