import { scopeLabel } from '../model/scope.ts';
import type { Report } from '../problem/problem.ts';
import type { ConfigScope } from './config.ts';
import { notesOf, type Place } from './place.ts';
import { identity } from './scope-name.ts';

/**
 * The scopes of all files, each once, in the order in which they were first met. One scope may claim its assets in one
 * file and its rules in another; who claims one kind twice is told both places.
 */
export function uniteScopes(scopes: readonly ConfigScope[], report: Report): ConfigScope[] {
  const met = new Map<string, ConfigScope[]>();
  for (const scope of scopes) {
    const key = identity(scope.name.kind, scope.name.name);
    const namesakes = met.get(key) ?? [];
    const index = namesakes.findIndex((other) => mayBeOne(other, scope));
    const before = namesakes[index];
    if (before === undefined) namesakes.push(scope);
    else namesakes[index] = unite(before, scope, report);
    met.set(key, namesakes);
  }
  return [...met.values()].flat();
}

/** Two zones of one name are different ones only where both say their accounts, and say different ones. */
function mayBeOne(a: ConfigScope, b: ConfigScope): boolean {
  const [one, other] = [a.name.account, b.name.account];
  return one === undefined || other === undefined || one.toLowerCase() === other.toLowerCase();
}

function unite(before: ConfigScope, scope: ConfigScope, report: Report): ConfigScope {
  for (const kind of ['assets', 'rules'] as const) {
    const [first, second] = [before[kind], scope[kind]];
    if (first !== undefined && second !== undefined) reportTwice(scope, { kind, first, second }, report);
  }
  const account = before.name.account ?? scope.name.account;
  const name = { ...before.name, ...(account === undefined ? {} : { account }) };
  return { ...scope, ...before, name };
}

type Twice = { readonly kind: 'assets' | 'rules'; readonly first: Place; readonly second: Place };

function reportTwice(scope: ConfigScope, { kind, first, second }: Twice, report: Report): void {
  const label = scopeLabel(scope.name);
  report({
    code: 'config/claimed-twice',
    message: `the ${kind} of ${label} are claimed twice`,
    span: second.span,
    scope: label,
    hint: 'a scope says its whole list in one place: put the two lists together',
    notes: [{ message: 'they are claimed here first', span: first.span }, ...(notesOf(second).notes ?? [])],
  });
}
