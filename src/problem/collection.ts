import { hasErrors, type Note, type Problem, type ProblemInput, problem, type Report } from './problem.ts';

/** The problems of one stage. */
interface Collection {
  readonly report: Report;
  /** File by file as they were met, in each from top to bottom; those without a place come first. */
  readonly problems: () => readonly Problem[];
}

const mostNotes = 5;

/** Nobody reads more, and a file of the wrong kind may hold a million. */
const mostProblems = 1_000;

/**
 * Collects the problems of one stage. The same problem at the same place, met again through another alias, stays one
 * problem with one more note. After a thousand the others are counted, and a last problem says how many they are.
 */
export function collection(): Collection {
  const found = new Map<string, Problem>();
  const unlisted = { errors: 0, others: 0 };
  const report = (input: ProblemInput): void => {
    const { code, span, message } = input;
    const key = JSON.stringify([code, message, span?.file, span?.line, span?.column]);
    const before = found.get(key);
    if (before === undefined && found.size === mostProblems) {
      unlisted[hasErrors([problem(input)]) ? 'errors' : 'others'] += 1;
      return;
    }
    found.set(key, before === undefined || span === undefined ? problem(input) : again(before, input));
  };
  return { report, problems: () => [...inReadingOrder([...found.values()]), ...more(unlisted)] };
}

function more({ errors, others }: { readonly errors: number; readonly others: number }): readonly Problem[] {
  const count = errors + others;
  if (count === 0) return [];
  const message = `${count} more problem${count === 1 ? ' is' : 's are'} not listed`;
  return [problem({ code: 'config/more-problems', severity: errors > 0 ? 'error' : 'warning', message })];
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
