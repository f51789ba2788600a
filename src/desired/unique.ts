import { type Located, notesOf } from '../config/config.ts';
import type { ProblemCode, Report } from '../problem/problem.ts';

/** What is to be said of a name that stands twice in one list. */
export interface Twice {
  readonly code: ProblemCode;
  readonly key: string;
  readonly hint: string;
}

/** Reports every name after the first of its kind in a list, with a note at the first. */
export function reportTwice(names: readonly Located<string>[], twice: Twice, report: Report): void {
  const seen = new Map<string, Located<string>>();
  for (const name of names) {
    const first = seen.get(name.value);
    if (first === undefined) {
      seen.set(name.value, name);
      continue;
    }
    const notes = [{ message: 'it stands here first', span: first.span }, ...(notesOf(name).notes ?? [])];
    const message = `the ${twice.key} "${name.value}" stands twice in this list`;
    report({ code: twice.code, message, span: name.span, hint: twice.hint, notes });
  }
}
