import type { Ignore } from '../config/config.ts';
import { type Allowance, allowed, findAllowance } from '../model/allowance.ts';
import { codes, isProblemCode, kindOf } from '../problem/codes.ts';
import { collection } from '../problem/collection.ts';
import { nearest } from '../problem/nearest.ts';
import type { Problem, ProblemInput } from '../problem/problem.ts';

/** Who may say that a finding does not matter. */
export interface Leniency {
  /** In the file. */
  readonly ignores: readonly Ignore[];
  /** On the command line; scopes are known by name or label here, not by id. */
  readonly allow: readonly Allowance[];
}

interface Offline extends Leniency {
  /** What might be found once Cloudflare was asked: a comment that speaks of it is not idle. */
  readonly possible: readonly Problem[];
}

/**
 * The problems as they are after ignore comments and allowances: an error that rests on tables becomes a warning that says
 * so, what is a warning anyway goes. Comments that are odd or silence nothing are problems of their own.
 */
export function lenient(problems: readonly Problem[], leniency: Offline): readonly Problem[] {
  const { ignores, allow, possible } = leniency;
  if (ignores.length + allow.length === 0) return problems;
  const { report, problems: left } = collection();
  const { problems: softer, used } = softened(problems, leniency);
  for (const one of softer) report(one);
  for (const ignore of ignores) {
    const isUsed = used.has(ignore) || possible.some((one) => speaksOf(ignore, one));
    for (const oddity of oddities(ignore, isUsed)) report({ ...oddity, span: ignore.span });
  }
  return left();
}

/** The problems as they are then, and the comments that spoke of one; whether a comment is odd is for `lenient` to say. */
export function softened(problems: readonly Problem[], { ignores, allow }: Leniency) {
  const used = new Set<Ignore>();
  const softer = problems.flatMap((problem) => {
    const speaking = ignores.filter((ignore) => speaksOf(ignore, problem));
    for (const ignore of speaking) used.add(ignore);
    return soften(problem, speaking[0], allow) ?? [];
  });
  return { problems: softer, used };
}

function speaksOf({ span: at, code, from, to }: Ignore, { code: found, span }: Problem): boolean {
  if (code !== found || span === undefined || kindOf(found) === undefined) return false;
  return at.file === span.file && from <= span.line && span.line <= to;
}

function soften(
  problem: Problem,
  ignore: Ignore | undefined,
  allow: readonly Allowance[],
): Problem | undefined {
  if (problem.severity !== 'error') return ignore === undefined ? problem : undefined;
  if (ignore !== undefined) {
    const reason = ignore.reason === '' ? 'ignored' : `ignored: ${ignore.reason}`;
    return { ...problem, severity: 'warning', message: `${problem.message} (${reason})` };
  }
  if (kindOf(problem.code) !== 'table') return problem;
  const allowance = findAllowance(allow, problem.code, namesOf(problem));
  return allowance === undefined ? problem : allowed(problem, allowance);
}

/** A label such as `zone example.com`, and the name in it. */
function namesOf({ scope }: Problem): readonly string[] {
  return scope === undefined ? [] : [scope, scope.slice(scope.indexOf(' ') + 1)];
}

function oddities({ code, reason }: Ignore, isUsed: boolean): readonly ProblemInput[] {
  if (!isProblemCode(code) || kindOf(code) === undefined) return [unknownCode(code)];
  if (!isUsed) {
    const message = `there is no finding "${code}" here that this comment could silence`;
    const hint = 'remove it; it speaks of the value on its own line or on the line below';
    return [{ code: 'config/ignore-unused', message, hint }];
  }
  if (reason !== '') return [];
  const message = `this comment does not say why "${code}" does not matter here`;
  const hint = `write # cf-errors:ignore ${code} and the reason`;
  return [{ code: 'config/ignore-unexplained', message, hint }];
}

function unknownCode(code: string): ProblemInput {
  if (isProblemCode(code)) {
    const message = `"${code}" cannot be ignored`;
    const hint = 'only lints and findings that rest on tables can: see docs/problems.md';
    return { code: 'config/ignore-unknown', message, hint };
  }
  const meant = nearest(code, Object.keys(codes));
  return {
    code: 'config/ignore-unknown',
    message: code === '' ? 'this comment names no code' : `there is no problem code "${code}"`,
    hint: meant === undefined ? 'the codes are listed in docs/problems.md' : `did you mean "${meant}"?`,
  };
}
