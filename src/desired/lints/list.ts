import { type ConfigRule, notesOf } from '../../config/config.ts';
import { type Expression, lex } from '../../expression/expression.ts';
import type { Report } from '../../problem/problem.ts';
import { constantOf } from './status.ts';

/** A rule with the tree of its expression; undefined where it cannot be understood. */
export interface ReadRule {
  readonly rule: ConfigRule;
  readonly tree: Expression | undefined;
}

/**
 * What only the order of a list shows: rules that leave nothing to those after them. Rules that are switched off serve
 * nothing and count for nothing. (Rules that earlier ones cover in other ways are for `behaviour` to find.)
 */
export function lintList(rules: readonly ReadRule[], report: Report): void {
  const enabled = rules.filter(({ rule }) => rule.enabled?.value !== false);
  reportAlwaysTrue(enabled, report);
  reportDuplicates(enabled, report);
}

function reportAlwaysTrue(rules: readonly ReadRule[], report: Report): void {
  const index = rules.findIndex(({ tree }) => tree !== undefined && constantOf(tree) === true);
  const after = rules.length - 1 - index;
  const all = rules[index];
  if (all === undefined || after === 0) return;
  const { ref, expression } = all.rule;
  const others = after === 1 ? 'the rule after it never does' : `the ${after} rules after it never do`;
  report({
    code: 'lint/always-true',
    message: `the rule "${ref.value}" answers every error, so ${others}`,
    span: expression.span,
    hint: 'move it to the end of the list',
    ...notesOf(expression),
  });
}

function reportDuplicates(rules: readonly ReadRule[], report: Report): void {
  // Few expressions are equal but for their blanks, so few have to be split into tokens.
  const alike = Map.groupBy(rules, ({ rule }) => rule.expression.value.replaceAll(/\s/g, ''));
  for (const candidates of alike.values()) {
    if (candidates.length < 2) continue;
    const equal = Map.groupBy(candidates, ({ rule }) => tokensOf(rule.expression.value));
    for (const [first, ...others] of equal.values()) {
      for (const { rule } of first === undefined ? [] : others) {
        const { expression } = rule;
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
}

function tokensOf(expression: string): string {
  return JSON.stringify(lex(expression).tokens.map(({ text }) => text));
}
