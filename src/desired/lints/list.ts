import { type ConfigRule, notesOf } from '../../config/config.ts';
import { type Fault, isError, lex, type Parsed } from '../../expression/expression.ts';
import type { Report } from '../../problem/problem.ts';
import { type FindUnreached, unreachedLint } from './reach.ts';
import { constantOf } from './status.ts';

/** A rule with what was read of its expression. */
export interface ReadRule extends Parsed {
  readonly rule: ConfigRule;
}

interface Within {
  readonly report: Report;
  readonly unreached: FindUnreached;
}

/**
 * What only the order of a list shows: rules that leave nothing to those after them, and rules that never answer. Rules
 * that are switched off serve nothing and count for nothing. Each cause is told once, in the plainest words for it.
 */
export function lintList(rules: readonly ReadRule[], { report, unreached }: Within): void {
  const enabled = rules.filter(({ rule }) => rule.enabled?.value !== false);
  const everything = reportAlwaysTrue(enabled, report);
  const copies = reportDuplicates(enabled, report);
  const trees = enabled.map((one) => (copies.has(one) || one.faults.some(isError) ? undefined : one.tree));
  for (const reach of unreached(trees, everything)) {
    const { faults = [] } = enabled[reach.index] ?? {};
    if (reach.satisfiable === false && faults.some(saysNeverTrue)) continue;
    const lint = unreachedLint(
      enabled.map(({ rule }) => rule),
      reach,
    );
    if (lint !== undefined) report(lint);
  }
}

/** The lints that say why an expression is never true. */
function saysNeverTrue({ code }: Fault): boolean {
  return code === 'lint/impossible-status' || code === 'lint/error-type';
}

/** Gives the place of a rule of which it was said that it leaves nothing to the others. */
function reportAlwaysTrue(rules: readonly ReadRule[], report: Report): ReadonlySet<number> {
  const index = rules.findIndex(({ tree }) => tree !== undefined && constantOf(tree) === true);
  const after = rules.length - 1 - index;
  const all = rules[index];
  if (all === undefined || after === 0) return new Set();
  const { ref, expression } = all.rule;
  const others = after === 1 ? 'the rule after it never does' : `the ${after} rules after it never do`;
  report({
    code: 'lint/always-true',
    message: `the rule "${ref.value}" answers every error, so ${others}`,
    span: expression.span,
    hint: 'move it to the end of the list',
    ...notesOf(expression),
  });
  return new Set([index]);
}

/** Gives the rules of which it was said that they are copies. */
function reportDuplicates(rules: readonly ReadRule[], report: Report): ReadonlySet<ReadRule> {
  const copies = new Set<ReadRule>();
  // Few expressions are equal but for their blanks, so few have to be split into tokens.
  const alike = Map.groupBy(rules, ({ rule }) => rule.expression.value.replaceAll(/\s/g, ''));
  for (const candidates of alike.values()) {
    if (candidates.length < 2) continue;
    const equal = Map.groupBy(candidates, ({ rule }) => tokensOf(rule.expression.value));
    for (const [first, ...others] of equal.values()) {
      for (const copy of first === undefined ? [] : others) {
        const { rule } = copy;
        const { expression } = rule;
        copies.add(copy);
        const note = {
          message: 'it stands here first',
          span: first?.rule.expression.span ?? expression.span,
        };
        report({
          code: 'lint/duplicate-expression',
          message: `the rule "${rule.ref.value}" has the expression of "${first?.rule.ref.value}", which answers first`,
          span: expression.span,
          hint: 'change one of the two expressions, or remove a rule',
          notes: [note, ...(notesOf(expression).notes ?? [])],
        });
      }
    }
  }
  return copies;
}

function tokensOf(expression: string): string {
  return JSON.stringify(lex(expression).tokens.map(({ text }) => text));
}
