import type { DesiredScope, DesiredState } from '../model/desired.ts';
import type { RuleSource, RuleSources } from './explain-visitor.ts';

/**
 * Whose rules an error in a scope meets, as far as the files say: its own, and in a zone those of the account that the
 * zone names by `account:`. A list that nobody claims is absent.
 */
export function ruleSources(state: Pick<DesiredState, 'scopes'>, scope: DesiredScope): RuleSources {
  const own = sourceOf(scope);
  if (scope.name.kind === 'account') return own === undefined ? {} : { account: own };
  const zone = own === undefined ? {} : { zone: own };
  const { name, account } = scope.name;
  if (account === undefined) return { ...zone, untried: `the file does not say which account ${name} is in` };
  const found = state.scopes.find((other) => isAccount(other, account));
  const source = found && sourceOf(found);
  if (source === undefined)
    return { ...zone, untried: `the file does not claim the rules of account ${account}` };
  return { ...zone, account: source };
}

function isAccount({ name }: DesiredScope, account: string): boolean {
  return name.kind === 'account' && name.name.toLowerCase() === account.toLowerCase();
}

function sourceOf({ name, rules, assets }: DesiredScope): RuleSource | undefined {
  if (rules === undefined) return undefined;
  return {
    name: name.name,
    rules: rules.items.map(({ body }) => body),
    ...(assets === undefined ? {} : { assets: assets.items.map(({ body }) => body) }),
  };
}
