import { type Renewals, type RuleLists, visitorChanges } from '../behaviour/behaviour.ts';
import type { Rule } from '../model/body.ts';
import type { LiveScope } from '../model/live.ts';
import type { Change, Plan, ScopePlan } from '../model/plan.ts';
import type { ScopeKind } from '../model/scope.ts';

/**
 * The plan with what changes for visitors in every scope that gets other rules or other pages and whose rules were
 * read. Where no rule of a zone answers, the rules of its account do, as far as the same plan knows them: before and
 * after what the plan does to them. No part of any digest.
 */
export function withBehaviour(plan: Plan): Plan {
  const accounts = new Map(
    plan.scopes.flatMap((one) => (one.scope.kind === 'account' ? [[one.scope.id, one] as const] : [])),
  );
  return {
    ...plan,
    scopes: plan.scopes.map((one) => {
      const behaviour = behaviourOf(one, accounts.get(one.scope.account?.id ?? ''));
      const { behaviour: _, ...rest } = one;
      return behaviour === undefined ? rest : { ...rest, behaviour };
    }),
  };
}

function behaviourOf(plan: ScopePlan, account: ScopePlan | undefined): ScopePlan['behaviour'] {
  const own = sidesOf(plan);
  const isTouched = plan.changes.some(({ kind }) => kind === 'ruleset-update') || own.renewed.size > 0;
  if (own.before === undefined || own.after === undefined || !isTouched) return undefined;
  const theirs = plan.scope.kind === 'zone' && account !== undefined ? sidesOf(account) : undefined;
  const lists = (side: 'before' | 'after'): RuleLists => ({
    ...listOf(plan.scope.kind, own[side]),
    ...(theirs?.before === undefined ? {} : listOf('account', theirs[side])),
  });
  const renewals: Renewals = {
    [plan.scope.kind]: own.renewed,
    ...(theirs === undefined ? {} : { account: theirs.renewed }),
  };
  return visitorChanges(lists('before'), lists('after'), renewals);
}

function listOf(kind: ScopeKind, rules: readonly Rule[] | undefined): RuleLists {
  return rules === undefined ? {} : { [kind]: rules };
}

/** The rules of a scope before and after its changes, undefined where they were not read, and its new pages. */
interface Sides {
  readonly before: readonly Rule[] | undefined;
  readonly after: readonly Rule[] | undefined;
  readonly renewed: ReadonlyMap<string, 'page' | 'fetch'>;
}

function sidesOf({ live, changes }: ScopePlan): Sides {
  const before = manageable(live);
  const update = changes.find((change) => change.kind === 'ruleset-update');
  const after = update === undefined ? before : update.body.rules.map(({ rule }) => rule);
  return { before, after, renewed: new Map(changes.flatMap(renewalOf)) };
}

/** Rules that do something else than serve an error stop their scope, and nobody here knows what visitors see. */
function manageable({ ruleset }: LiveScope): readonly Rule[] | undefined {
  return ruleset?.rules.every(({ action }) => action === 'serve_error') ? ruleset.rules : undefined;
}

/** Cloudflare fetches the page with every write of an asset, also where another field is what changes. */
function renewalOf(change: Change): readonly (readonly [name: string, renewal: 'page' | 'fetch'])[] {
  switch (change.kind) {
    case 'asset-create':
      return [[change.asset.name, 'page']];
    case 'asset-update':
      return [[change.asset.name, change.edits.some(({ field }) => field === 'url') ? 'page' : 'fetch']];
    case 'asset-refresh':
      return [[change.asset.name, 'fetch']];
    default:
      return [];
  }
}
