import { type Scope, scopeLabel } from '../model/scope.ts';
import { visible } from '../problem/printable.ts';
import type { Paint } from './paint.ts';

/** The line that begins what a terminal says of a scope: its label, then its id, its account and asides, dim. */
export function scopeHead(scope: Scope, paint: Paint, asides: readonly string[] = []): string {
  const account = scope.kind === 'zone' && scope.account ? [`in account ${scope.account.name}`] : [];
  const id = scope.id === scope.name ? [] : [scope.id];
  const rest = [...id, ...account, ...asides].join(', ');
  return `${paint('title', visible(scopeLabel(scope)))}  ${paint('dim', visible(rest))}`;
}
