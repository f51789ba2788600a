import { applyPlan, isBlocked } from '../apply/apply.ts';
import type { WriteConnection } from '../cloudflare/cloudflare.ts';
import { hasChanges, type Plan } from '../model/plan.ts';
import type { Receipt } from '../model/receipt.ts';
import type { ScopeName } from '../model/scope.ts';
import { allowHazards } from '../plan/plan.ts';
import { ProblemError } from '../problem/problem.ts';
import { parseAllowances } from './allow.ts';
import { backupInto } from './backup.ts';
import { type Loaded, loadDesired } from './desired-state.ts';
import { collecting, type Planned, planOn, withPageProbes } from './plan.ts';
import { loadPlan } from './plan-file.ts';
import type { PlanRequest } from './request.ts';
import { type Reviewed, rememberReviewed, requireReviewed } from './reviewed.ts';
import { type Target, withTarget } from './target.ts';
import type { World } from './world.ts';

export interface ApplyRequest extends PlanRequest {
  /** A saved plan to apply, in place of planning the files. */
  readonly planFile?: string;
  /** Go on only if the plan is the one with this fingerprint, or what is left of it. */
  readonly fingerprint?: string;
  /** The same with the reviewed plan itself, in place of `fingerprint`; asked for only where something would be written. */
  readonly reviewed?: () => Promise<Reviewed>;
  /** Folder for what is about to be replaced. */
  readonly backupDir: string;
}

export interface Applied extends Planned {
  /** Undefined where apply did not begin: a problem, or the answer no. */
  readonly receipt: Receipt | undefined;
  /** Where it did not begin because this plan is not the reviewed one. */
  readonly unreviewed?: Plan;
}

/** Shows a plan and, where it would write something, answers whether to go on. */
export type Review = (planned: Planned & { readonly plan: Plan }, isWriting: boolean) => Promise<boolean>;

/** Plans (or opens a saved plan), asks, and makes the plan true. */
export async function apply(request: ApplyRequest, world: World, review: Review): Promise<Applied> {
  const { planFile } = request;
  return planFile === undefined
    ? applyFiles(request, world, review)
    : applySaved({ ...request, planFile }, world, review);
}

async function applyFiles(request: ApplyRequest, world: World, review: Review): Promise<Applied> {
  const loaded = await loadDesired({ ...request, runsTests: true }, world);
  if (loaded.desired === undefined) return { ...loaded, plan: undefined, receipt: undefined };
  const scopes = loaded.desired.scopes.map((scope) => scope.name);
  return carryOut(loaded, { request, world, scopes, review }, (target) =>
    planOn(target, loaded, { request, world }),
  );
}

async function applySaved(
  request: ApplyRequest & { readonly planFile: string },
  world: World,
  review: Review,
): Promise<Applied> {
  const nothing: Loaded = { desired: undefined, problems: [], pending: [], sources: new Map() };
  return carryOut(nothing, { request, world, scopes: [], review }, async (target) => {
    const saved = await loadPlan(request.planFile, world.cwd);
    requireTarget(saved, target.name, request.planFile);
    const allowed = allowHazards(saved, parseAllowances(request.allow));
    return request.probe ? withPageProbes(allowed, target) : allowed;
  });
}

interface Undertaking {
  readonly request: ApplyRequest;
  readonly world: World;
  readonly scopes: readonly ScopeName[];
  readonly review: Review;
}

async function carryOut(
  loaded: Loaded,
  { request, world, scopes, review }: Undertaking,
  makeIt: (target: Target<WriteConnection>) => Promise<Plan>,
): Promise<Applied> {
  let receipt: Receipt | undefined;
  let unreviewed: Plan | undefined;
  const options = { access: 'write', request: request.target, scopes, stoppable: false } as const;
  const planned = await collecting(loaded, () =>
    withTarget(options, world, async (target) => {
      const plan = await makeIt(target);
      const isWriting = hasChanges(plan) && !isBlocked(plan);
      const reviewed = await reviewOf(request, isWriting);
      unreviewed = plan;
      if (reviewed !== undefined) await requireReviewed(plan, reviewed, request, world);
      unreviewed = undefined;
      const goesOn = await review({ ...loaded, plan }, isWriting);
      if ((goesOn || !isWriting) && !world.signal?.aborted) {
        await rememberReviewed(plan, request, world);
        receipt = await applyPlan(plan, target.connection.remote, {
          backup: backupInto(request.backupDir, world, () => target.clock.now()),
          parallelism: request.target.parallelism,
          ...(world.signal === undefined ? {} : { signal: world.signal }),
          onEvent: (event) => world.onEvent?.({ kind: 'applying', event }),
        });
      }
      return plan;
    }),
  );
  return { ...planned, receipt, ...(unreviewed === undefined ? {} : { unreviewed }) };
}

async function reviewOf(
  { fingerprint, reviewed }: ApplyRequest,
  isWriting: boolean,
): Promise<Reviewed | undefined> {
  if (reviewed !== undefined) return isWriting ? reviewed() : undefined;
  return fingerprint === undefined ? undefined : { fingerprint };
}

function requireTarget(plan: Plan, name: string, path: string): void {
  if (plan.target === name) return;
  throw new ProblemError({
    code: 'app/plan-file-target',
    message: `${path} was made on ${plan.target} and cannot be applied to ${name}`,
    hint: 'set the same base URL that the plan was made with, or plan again here',
  });
}
