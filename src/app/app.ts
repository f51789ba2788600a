/**
 * The use cases, one function each: what the faces and the library's door ask for. A use case gathers what the outside
 * world holds, hands it down the corridor and answers with a value; it prints nothing.
 */

export { type Applied, type ApplyRequest, apply, type Review } from './apply.ts';
export { defaultBackupDir } from './backup.ts';
export { type DiffRequest, type DiffSide, diff, diffSide } from './diff.ts';
export { type ExitCode, exitOfPlan, exitOfProblems, exitOfReceipt, exitOfSignal } from './exit.ts';
export { type Explained, type ExplainRequest, explainError } from './explain.ts';
export { type ImportRequest, importScopes } from './import.ts';
export { configSchemaText, type InitRequest, init } from './init.ts';
export { namedPages } from './named-pages.ts';
export { type Planned, plan, withProblems } from './plan.ts';
export { savePlan } from './plan-file.ts';
export type { PlanRequest, Selection, TargetRequest } from './request.ts';
export { type Reviewed, type ReviewedChange, reviewedOf } from './reviewed.ts';
export { type HostedSandbox, hostSandbox, type SandboxRequest } from './sandbox-host.ts';
export { type Tested, type TestRequest, test } from './test.ts';
export { type Validated, type ValidateRequest, validate } from './validate.ts';
export { toolVersion } from './version.ts';
export type { AppEvent, World } from './world.ts';
