import type { ReadConnection, ValidateConnection } from '../cloudflare/cloudflare.ts';
import type { Config } from '../config/config.ts';
import { planLimits } from '../desired/desired.ts';
import type { Allowance } from '../model/allowance.ts';
import type { Plan } from '../model/plan.ts';
import { scopeLabel } from '../model/scope.ts';
import { makePlan, type ResolvedScope } from '../plan/plan.ts';
import { type Problem, ProblemError } from '../problem/problem.ts';
import { parseAllowances } from './allow.ts';
import { withBehaviour } from './behaviour.ts';
import { type Loaded, loadDesired } from './desired-state.ts';
import { readState } from './live-state.ts';
import { noVerdicts, serverVerdicts, settled } from './online.ts';
import { probePages } from './page-probes.ts';
import type { PlanRequest } from './request.ts';
import { type Target, withTarget } from './target.ts';
import { tallyOfRun } from './test-run.ts';
import type { World } from './world.ts';

/** What planning came to. */
export interface Planned {
  /** Undefined where nothing could be planned at all: the problems say why. */
  readonly plan: Plan | undefined;
  /** Problems of the files and of the command; those of the plan are in the plan. */
  readonly problems: readonly Problem[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Compares the files with live and says what would change; reads only. */
export async function plan(request: PlanRequest, world: World): Promise<Planned> {
  return planLoaded(await loadDesired({ ...request, runsTests: true }, world), request, world);
}

/** Plans files that were read already. */
export async function planLoaded(loaded: Loaded, request: PlanRequest, world: World): Promise<Planned> {
  if (loaded.desired === undefined) return { ...loaded, plan: undefined };
  const options = {
    access: request.online ? 'validate' : 'read',
    request: request.target,
    scopes: loaded.desired.scopes.map((scope) => scope.name),
    stoppable: true,
  } as const;
  return collecting(loaded, () =>
    withTarget(options, world, (target) => planOn(target, loaded, { request, world })),
  );
}

/** Turns the problems that the outside world throws into part of the result. */
export async function collecting(loaded: Loaded, work: () => Promise<Plan>): Promise<Planned> {
  try {
    return { ...loaded, plan: await work() };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return {
      ...loaded,
      plan: undefined,
      problems: [...loaded.problems, ...loaded.pending, ...error.problems],
    };
  }
}

/** Plans on an open target: reads, compares, and asks the server and the pages where the request says so. */
export async function planOn(
  target: Target<ReadConnection | ValidateConnection>,
  loaded: Loaded,
  { request, world }: { readonly request: PlanRequest; readonly world: World },
): Promise<Plan> {
  if (loaded.desired === undefined) throw new Error('a desired state with errors cannot be planned');
  const { remote } = target.connection;
  const read = await readState(loaded.desired, remote, (done, total) =>
    world.onEvent?.({ kind: 'reading', done, total }),
  );
  const allow = parseAllowances(request.allow);
  const planned = makePlan({
    target: target.name,
    scopes: read.scopes,
    live: read.live,
    problems: read.problems,
    refresh: request.refresh,
    allow,
  });
  const usage = planned.problems.filter((one) => one.code === 'plan/unknown-refresh');
  if (usage.length > 0) throw new ProblemError(...usage);
  const made = withBehaviour(planned);
  const verdicts =
    request.online && 'validator' in target.connection
      ? await serverVerdicts(made, read.scopes, target.connection.validator)
      : noVerdicts;
  const limits = loaded.config === undefined ? [] : limitsOf(loaded.config, read.scopes, allow);
  const found = [
    ...verdicts.findings,
    ...settled([...loaded.pending, ...limits], read.scopes, verdicts.accepted),
    ...(request.probe ? await probePages(made, target.probe) : []),
  ];
  const tests = tallyOfRun(loaded.tests);
  return withFindings(tests === undefined ? made : { ...made, tests }, found);
}

/** What expressions use that the plans of their zones, as far as they were told, do not have. */
function limitsOf(
  config: Config,
  scopes: readonly ResolvedScope[],
  allow: readonly Allowance[],
): readonly Problem[] {
  const plans = new Map(scopes.map(({ scope, desired }) => [scopeLabel(desired.name), scope.plan]));
  return planLimits(config, { planOf: (name) => plans.get(scopeLabel(name)), allow });
}

/** Adds what the pages of a plan's asset writes look like from here. */
export async function withPageProbes(
  made: Plan,
  { probe }: Pick<Target<ReadConnection>, 'probe'>,
): Promise<Plan> {
  return withFindings(made, await probePages(made, probe));
}

/** A problem that was found after planning; `scopeId` is absent where it belongs to no scope. */
export interface Finding {
  readonly scopeId?: string;
  readonly problem: Problem;
}

/** Adds findings to the scopes they belong to; the changes stay in sight, but apply leaves a scope with an error alone. */
function withFindings(plan: Plan, findings: readonly Finding[]): Plan {
  const of = (scopeId?: string): Problem[] =>
    findings.filter((one) => one.scopeId === scopeId).map((one) => one.problem);
  return {
    ...plan,
    problems: [...plan.problems, ...of()],
    scopes: plan.scopes.map((one) => ({ ...one, problems: [...one.problems, ...of(one.scope.id)] })),
  };
}

/** The plan with what was found before it was made, so that a reader has everything in one list. */
export function withProblems(made: Plan, problems: readonly Problem[]): Plan {
  return { ...made, problems: [...problems, ...made.problems] };
}
