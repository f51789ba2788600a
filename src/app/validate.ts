import { planProblems } from '../model/plan.ts';
import type { TestResult, TestTally } from '../model/tests.ts';
import type { Problem } from '../problem/problem.ts';
import { loadDesired } from './desired-state.ts';
import { planLoaded } from './plan.ts';
import type { Selection, TargetRequest } from './request.ts';
import { tallyOfRun } from './test-run.ts';
import type { World } from './world.ts';

export interface ValidateRequest {
  readonly selection: Selection;
  /** Present: ask Cloudflare as well; the rules are then checked by a dry run of what apply would send. */
  readonly online?: TargetRequest;
  /** `CODE` or `CODE@SCOPE`: findings that are let pass; absent: none. */
  readonly allow?: readonly string[];
}

export interface Validated {
  readonly problems: readonly Problem[];
  readonly sources: ReadonlyMap<string, string>;
  /** How many scopes, rules and assets the files claim; absent where they could not be understood. */
  readonly counts?: { readonly scopes: number; readonly rules: number; readonly assets: number };
  /** What became of the tests; absent where there are none, or where they could not run. */
  readonly tests?: TestTally;
  /** The tests one by one. */
  readonly results: readonly TestResult[];
}

/** Checks the files; offline unless the request names a Cloudflare to ask. */
export async function validate(
  { selection, online, allow = [] }: ValidateRequest,
  world: World,
): Promise<Validated> {
  const how = { selection, allow, online: online !== undefined, runsTests: true } as const;
  const loaded = await loadDesired(how, world);
  const { desired, problems, sources } = loaded;
  const tally = tallyOfRun(loaded.tests);
  const tests = { ...(tally === undefined ? {} : { tests: tally }), results: loaded.tests?.results ?? [] };
  if (desired === undefined) return { problems, sources, ...tests };
  const count = (kind: 'rules' | 'assets'): number =>
    desired.scopes.reduce((sum, scope) => sum + (scope[kind]?.items.length ?? 0), 0);
  const counts = { scopes: desired.scopes.length, rules: count('rules'), assets: count('assets') };
  if (online === undefined) return { problems, sources, counts, ...tests };
  const request = { selection, target: online, refresh: [], allow, online: true, probe: false };
  const planned = await planLoaded(loaded, request, world);
  // Hazards are about what an apply would do, not about the file.
  const found = planned.plan === undefined ? [] : planProblems(planned.plan);
  return {
    problems: [...planned.problems, ...found.filter((one) => one.severity !== 'hazard')],
    sources,
    counts,
    ...tests,
  };
}
