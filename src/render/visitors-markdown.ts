import type { VisitorChanges } from '../model/behaviour.ts';
import type { ScopePlan } from '../model/plan.ts';
import { afterWords, beforeWords, visitorWords } from '../model/visitor-words.ts';
import { type Block, code, phrase, table } from './markdown.ts';
import { aside, nobody, unshown } from './visitors-words.ts';
import { count } from './words.ts';

/** Longer tables are for JSON. */
const mostRows = 20;
const fewRows = 5;
const mostNames = 5;

/** A scope of which it can be told who sees something else. */
interface Told extends ScopePlan {
  readonly behaviour: VisitorChanges;
}

/**
 * Who sees something else: a table for each scope, and one for all that have the same. The shorter versions hold the
 * first rows, then none.
 */
export function visitorBlocks(scopes: readonly ScopePlan[]): readonly Block[] {
  const told = scopes.filter((scope): scope is Told => scope.behaviour !== undefined);
  const alike = Map.groupBy(told, ({ scope, behaviour }) =>
    JSON.stringify([scope.kind, sentences(behaviour)]),
  );
  const blocks = Array.from(alike.values(), groupBlock);
  return blocks.map((block, at) => (at === 0 ? titled(block) : block));
}

function sentences({ rows, lists, leftOut, isComplete }: VisitorChanges): readonly unknown[] {
  return [rows.map(({ words }) => words), lists, leftOut, isComplete];
}

/** The block that holds the title never goes, so that no table stands without one. */
function titled({ versions: [text, ...shorter] }: Block): Block {
  const title = (one: string): string => `**What changes for visitors**\n\n${one}`;
  return { versions: [title(text), ...shorter.filter((one) => one !== '').map(title)] };
}

function groupBlock(scopes: readonly Told[]): Block {
  const [first] = scopes;
  if (first === undefined) throw new Error('a group has a member');
  const { behaviour, scope } = first;
  const names = scopes.slice(0, mostNames).map((one) => `${one.scope.kind} ${code(one.scope.name)}`);
  const more = scopes.length - names.length;
  const head = [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  const total = behaviour.rows.length + behaviour.leftOut;
  if (total === 0 && behaviour.isComplete) return { versions: [`${head}: ${nobody}.`, ''] };
  const about = [head, aside(scope)].filter((words) => words !== '').join(', ');
  const kinds = `${head}: ${count(total, 'kind')} of visitors ${total === 1 ? 'sees' : 'see'} something else.`;
  return {
    versions: [tableOf(about, behaviour, mostRows), tableOf(about, behaviour, fewRows), kinds, ''],
  };
}

function tableOf(about: string, behaviour: VisitorChanges, most: number): string {
  const shown = behaviour.rows.slice(0, most);
  const { lists } = behaviour;
  const rows = shown.map((row) => [
    phrase(visitorWords(row)),
    phrase(beforeWords(row, lists)),
    phrase(afterWords(row, lists)),
  ]);
  const cells = shown.length === 0 ? [] : [table(['visitors', 'before', 'after'], rows)];
  const rest = unshown(behaviour, shown.length);
  return [`${about}:`, ...cells, ...(rest === '' ? [] : [rest])].join('\n\n');
}
