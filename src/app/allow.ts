import type { Allowance } from '../model/allowance.ts';
import { codes, isProblemCode } from '../problem/codes.ts';
import { nearest } from '../problem/nearest.ts';
import { ProblemError, type ProblemInput } from '../problem/problem.ts';

/** Reads the values of `--allow`: `CODE`, or `CODE@SCOPE` for one scope. Throws ProblemError for a code that is none. */
export function parseAllowances(texts: readonly string[]): readonly Allowance[] {
  const problems: ProblemInput[] = [];
  const allowances = texts.flatMap((text): Allowance[] => {
    const at = text.indexOf('@');
    const code = at < 0 ? text : text.slice(0, at);
    if (isProblemCode(code)) return [at < 0 ? { code } : { code, scope: text.slice(at + 1) }];
    const meant = nearest(code, Object.keys(codes));
    problems.push({
      code: 'app/unknown-code',
      message: `--allow ${text}: there is no problem code "${code}"`,
      hint: meant === undefined ? 'the codes are listed in docs/problems.md' : `did you mean "${meant}"?`,
    });
    return [];
  });
  if (problems.length > 0) throw new ProblemError(...problems);
  return allowances;
}
