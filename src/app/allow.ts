import type { Allowance } from '../model/allowance.ts';
import type { DesiredState } from '../model/desired.ts';
import { isId, scopeLabel } from '../model/scope.ts';
import { codes, isProblemCode } from '../problem/codes.ts';
import { nearest } from '../problem/nearest.ts';
import { type Checked, type Problem, ProblemError, problem } from '../problem/problem.ts';

/** Reads the values of `--allow`: `CODE`, or `CODE@SCOPE` for one scope. */
export function readAllowances(texts: readonly string[]): Checked<readonly Allowance[]> {
  const problems: Problem[] = [];
  const value = texts.flatMap((text): Allowance[] => {
    const at = text.indexOf('@');
    const code = at < 0 ? text : text.slice(0, at);
    if (isProblemCode(code)) return [at < 0 ? { code } : { code, scope: text.slice(at + 1) }];
    const meant = nearest(code, Object.keys(codes));
    const unknown = {
      code: 'app/unknown-code',
      message: `--allow ${text}: there is no problem code "${code}"`,
      hint: meant === undefined ? 'the codes are listed in docs/problems.md' : `did you mean "${meant}"?`,
    } as const;
    problems.push(problem(unknown));
    return [];
  });
  return { value: problems.length > 0 ? undefined : value, problems };
}

/** The same, for where only good ones are of use: throws ProblemError for a code that is none. */
export function parseAllowances(texts: readonly string[]): readonly Allowance[] {
  const { value, problems } = readAllowances(texts);
  if (value === undefined) throw new ProblemError(...problems);
  return value;
}

/** An allowance for a scope that is not there allows nothing, which is told before somebody wonders why. */
export function strayAllowances(allow: readonly Allowance[], { scopes }: DesiredState): readonly Problem[] {
  const names = scopes.map(({ name }) => name);
  // Which scope has an id, or a name where the files say the id, only Cloudflare knows.
  if (names.some(({ name }) => isId(name))) return [];
  const known = new Set(names.flatMap((one) => [one.name.toLowerCase(), scopeLabel(one).toLowerCase()]));
  return allow.flatMap(({ code, scope }) => {
    if (scope === undefined || isId(scope) || known.has(scope.toLowerCase())) return [];
    const meant = nearest(scope, [...known]);
    return problem({
      code: 'app/unknown-allowance',
      message: `--allow ${code}@${scope}: the files list no "${scope}"`,
      hint:
        meant === undefined ? 'write the name of a zone or account of the files' : `did you mean "${meant}"?`,
    });
  });
}
