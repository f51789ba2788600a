import type { Problem, Severity } from '../problem/problem.ts';
import { jsonText, problemJson } from './json.ts';
import type { JsonLook } from './look.ts';

/** Problems for programs in the order given, by `schemas/problem.schema.json`; also where there is none. */
export function problemsJson(problems: readonly Problem[], { sandbox }: JsonLook): string {
  const number = (severity: Severity) => problems.filter((one) => one.severity === severity).length;
  return jsonText({
    format: 'cf-errors/problems',
    version: 1,
    sandbox,
    tally: { errors: number('error'), hazards: number('hazard'), warnings: number('warning') },
    problems: problems.map(problemJson),
  });
}
