/**
 * The library's door. Use cases take a request and a `World` and answer with values; renderers turn those values into
 * text. Nothing here prints, and nothing but `apply` writes to Cloudflare.
 */
export {
  type AppEvent,
  type Applied,
  type ApplyRequest,
  apply,
  type DiffRequest,
  type DiffSide,
  diff,
  type ExitCode,
  type Explained,
  type ExplainRequest,
  exitOfPlan,
  exitOfProblems,
  exitOfReceipt,
  explainError,
  type ImportRequest,
  importScopes,
  type Planned,
  type PlanRequest,
  plan,
  type Review,
  type Selection,
  savePlan,
  type TargetRequest,
  type Tested,
  type TestRequest,
  test,
  toolVersion,
  type Validated,
  type ValidateRequest,
  validate,
  type World,
} from './app/app.ts';
export { analyseRules } from './behaviour/behaviour.ts';
export {
  type Check,
  type Context,
  checkExpression,
  type Evaluation,
  evaluateExpression,
  type Fault,
  type Lexed,
  lex,
  type Token,
  type TokenKind,
} from './expression/expression.ts';
export type * from './model/allowance.ts';
export type * from './model/behaviour.ts';
export type * from './model/body.ts';
export type * from './model/desired.ts';
export type * from './model/imported.ts';
export type * from './model/live.ts';
export type * from './model/plan.ts';
export type * from './model/receipt.ts';
export type * from './model/scope.ts';
export type * from './model/tests.ts';
export type * from './model/visitor.ts';
export { codes, isProblemCode } from './problem/codes.ts';
export { type Problem, type ProblemCode, ProblemError, type Severity, type Span } from './problem/problem.ts';
export * from './render/render.ts';
