import type { Origin } from '../model/desired.ts';
import type { Plan, RulesetBody, ScopePlan } from '../model/plan.ts';
import type { Refusal, RemoteValidator } from '../model/remote.ts';
import { scopeLabel } from '../model/scope.ts';
import { type ResolvedScope, wantedBody } from '../plan/plan.ts';
import {
  hasErrors,
  type Problem,
  ProblemError,
  type ProblemInput,
  problem,
  type Span,
} from '../problem/problem.ts';
import type { Finding } from './plan.ts';

/** What Cloudflare said of the rules of a plan's scopes. */
export interface Verdicts {
  readonly findings: readonly Finding[];
  /** The ids of the scopes whose rules it would take. */
  readonly accepted: ReadonlySet<string>;
}

/** Where nobody was asked. */
export const noVerdicts: Verdicts = { findings: [], accepted: new Set() };

/**
 * Asks Cloudflare for its verdict on the rules of every scope that claims them, with exactly the body that apply would
 * send, and places each refusal at the line that it belongs to.
 */
export async function serverVerdicts(
  plan: Plan,
  resolved: readonly ResolvedScope[],
  validator: RemoteValidator,
): Promise<Verdicts> {
  const accepted = new Set<string>();
  const findings = await Promise.all(
    plan.scopes.map(async (scopePlan) => {
      const desired = resolved.find((one) => one.scope.id === scopePlan.scope.id)?.desired;
      const { ruleset } = scopePlan.live;
      if (desired?.rules === undefined || ruleset === undefined || hasErrors(scopePlan.problems)) return [];
      const verdict = await verdictOf(scopePlan, wantedBody(desired, ruleset), validator);
      if (verdict === 'accepted') accepted.add(scopePlan.scope.id);
      return verdict === 'accepted' ? [] : verdict;
    }),
  );
  return { findings: withoutRepeats(findings.flat()), accepted };
}

/**
 * What becomes of errors that rest on our tables once Cloudflare was asked: warnings in the scopes whose rules it takes,
 * errors in all others. One that several scopes share stays an error as long as one of them is in doubt.
 */
export function settled(
  pending: readonly Problem[],
  resolved: readonly ResolvedScope[],
  accepted: ReadonlySet<string>,
): Finding[] {
  return pending.flatMap((one): Finding[] => {
    const concerned = resolved.filter(
      ({ desired }) =>
        desired.rules !== undefined && (one.scope === undefined || one.scope === scopeLabel(desired.name)),
    );
    if (concerned.length === 0) return [{ problem: one }];
    const doubtful = concerned.filter(({ scope }) => !accepted.has(scope.id));
    if (doubtful.length > 0) return doubtful.map(({ scope }) => ({ scopeId: scope.id, problem: one }));
    const hint = 'the tables of this version are older than Cloudflare, or its dry run does not look at this';
    const message = `${one.message} (but Cloudflare accepts it)`;
    const warning = { ...one, severity: 'warning', message, hint } as const;
    const [only, ...others] = concerned;
    return [
      others.length > 0 || only === undefined
        ? { problem: warning }
        : { scopeId: only.scope.id, problem: warning },
    ];
  });
}

async function verdictOf(
  plan: ScopePlan,
  body: RulesetBody,
  validator: RemoteValidator,
): Promise<'accepted' | Finding[]> {
  const scopeId = plan.scope.id;
  try {
    const verdict = await validator.validateRuleset(plan.scope, body);
    if (verdict.kind === 'accepted') return 'accepted';
    if (verdict.kind === 'refused') {
      return verdict.refusals.map((refusal) => ({ scopeId, problem: problem(refused(refusal, plan, body)) }));
    }
    return [{ problem: problem(unavailable(verdict.reason)) }];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems.map((one) => ({ scopeId, problem: { span: plan.origin, ...one } }));
  }
}

function unavailable(reason: string): ProblemInput {
  return {
    code: 'app/server-check-unavailable',
    message: `Cloudflare did not check the rules: ${reason}`,
    hint: 'the rules were checked offline only',
  };
}

function refused(refusal: Refusal, plan: ScopePlan, body: RulesetBody): ProblemInput {
  const [, list, index, ...path] = refusal.pointer?.split('/') ?? [];
  const planned = list === 'rules' ? body.rules[Number(index)] : undefined;
  const scope = scopeLabel(plan.scope);
  const span = planned === undefined ? plan.origin : placeOf(planned.origin, path.at(-1));
  const created = planned === undefined ? undefined : createdAsset(plan, planned.rule.serve.source);
  if (path.at(-1) === 'asset_name' && planned !== undefined && created !== undefined) {
    return {
      code: 'app/checked-at-apply',
      message: `rule ${planned.rule.ref} names asset ${created}, which this plan creates: Cloudflare checks it at apply`,
      span,
      scope,
    };
  }
  const code = refusal.code === undefined ? '' : ` (code ${refusal.code})`;
  const what = planned === undefined ? `the rules of ${scope}` : `rule ${planned.rule.ref} of ${scope}`;
  return {
    code: 'app/server-refused',
    message: `Cloudflare refuses ${what}: ${withoutExcerpt(refusal.message)}${code}`,
    span,
    scope,
  };
}

/** Cloudflare quotes the expression with carets below it, which on one line nobody can read; the YAML is quoted anyway. */
function withoutExcerpt(message: string): string {
  return message.replace(/(\(\d+:\d+\):) .*? \^+ /, '$1 ');
}

function createdAsset(plan: ScopePlan, source: RulesetBody['rules'][number]['rule']['serve']['source']) {
  if (source.kind !== 'asset') return undefined;
  const creates = plan.changes.some(
    (change) => change.kind === 'asset-create' && change.asset.name === source.assetName,
  );
  return creates ? source.assetName : undefined;
}

/** The value that a pointer's last part names; content that came from a file stands at `content_file`. */
function placeOf({ item, keys }: Origin, key: string | undefined): Span {
  if (key === undefined) return item;
  return keys[key] ?? (key === 'content' ? keys.content_file : undefined) ?? item;
}

/** The same sentence about no scope in particular is said once. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const said = new Set<string>();
  return findings.filter(({ scopeId, problem: { message } }) => {
    if (scopeId !== undefined) return true;
    const first = !said.has(message);
    said.add(message);
    return first;
  });
}
