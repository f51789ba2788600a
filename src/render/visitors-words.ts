import type { VisitorChanges } from '../model/behaviour.ts';
import type { Scope } from '../model/scope.ts';
import { count } from './words.ts';

/** Said of a plan that changes rules and nothing that anybody sees. */
export const nobody = 'nobody sees anything else';

/** What the table of a scope is about; an account's rules answer only where no rule of the zone does. */
export function aside({ kind }: Scope): string {
  return kind === 'account' ? 'where no zone rule answers' : '';
}

/** What a table that shows so many rows does not show; empty where it is whole. */
export function unshown({ rows, leftOut, isComplete }: VisitorChanges, shown: number): string {
  const more = rows.length + leftOut - shown;
  const words = [
    ...(more > 0 ? [`${count(more, 'more kind')} of visitors`] : []),
    ...(isComplete ? [] : ['others may be touched too, as the rules are too tangled to look at every case']),
  ];
  return words.length === 0 ? '' : `… ${words.join('; ')}`;
}
