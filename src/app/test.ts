import type { TestReport } from '../model/tests.ts';
import { hasErrors, type Problem, type ProblemInput, problem } from '../problem/problem.ts';
import { loadDesired } from './desired-state.ts';
import type { Selection } from './request.ts';
import type { World } from './world.ts';

export interface TestRequest {
  readonly selection: Selection;
  /** Files and directories with more tests, read besides the selected ones. */
  readonly files: readonly string[];
  /** `CODE` or `CODE@SCOPE`: findings that are let pass. */
  readonly allow: readonly string[];
}

/** What running the tests came to. */
export interface Tested {
  /** Undefined where the files could not be understood: the problems say why. */
  readonly report: TestReport | undefined;
  readonly problems: readonly Problem[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Runs the tests that the files hold; offline. That there is none to run is an error: nothing was proved. */
export async function test({ selection, files, allow }: TestRequest, world: World): Promise<Tested> {
  const how = { selection, more: files, allow, online: false, runsTests: true } as const;
  const { tests, problems, sources } = await loadDesired(how, world);
  const isNothing = tests?.results.length === 0 && !hasErrors(problems);
  const found = isNothing ? [...problems, problem(noTests(tests.leftOut))] : problems;
  return { report: tests && { ...tests, problems: found }, problems: found, sources };
}

function noTests(leftOut: number): ProblemInput {
  if (leftOut === 0) {
    const message = 'the configuration holds no tests';
    return { code: 'app/no-tests', message, hint: 'list cases under "tests:", or name a file that does' };
  }
  const message = `none of the tests is about the chosen scopes, ${leftOut} are about others`;
  return { code: 'app/no-tests', message, hint: 'choose other scopes, or leave --zone and --account out' };
}
