import { type ConfigRule, type Located, notesOf, type Pages } from '../config/config.ts';
import type { Rule } from '../model/body.ts';
import type { DesiredRule } from '../model/desired.ts';
import { nearest } from '../problem/nearest.ts';
import type { Report } from '../problem/problem.ts';
import { type ReadExpression, reportFaults } from './expressions.ts';
import { lintList } from './lints/list.ts';
import { pageLints } from './lints/page.ts';
import type { FindUnreached } from './lints/reach.ts';
import { pageContent } from './page.ts';
import { reportTwice } from './unique.ts';

/** What the rules of a scope are checked against. */
export interface RulesIn {
  readonly pages: Pages;
  /** The names of the scope's own assets; undefined where the file does not list them. */
  readonly assetNames: ReadonlySet<string> | undefined;
  readonly read: ReadExpression;
  readonly unreached: FindUnreached;
  readonly report: Report;
}

/** The rules of one scope, in the order of the file; undefined where a page is missing. */
export function desiredRules(rules: readonly ConfigRule[], within: RulesIn): DesiredRule[] | undefined {
  const hint = 'a ref names one rule of a zone or account for life: give this rule one of its own';
  reportTwice(
    rules.map((rule) => rule.ref),
    { code: 'config/duplicate-ref', key: 'ref', hint },
    within.report,
  );
  const read = rules.map((rule) => {
    const { tree, faults } = within.read(rule.expression.value);
    reportFaults(rule.expression, faults, within.report);
    return { rule, tree, faults };
  });
  lintList(read, within);
  const desired = rules.flatMap((rule) => {
    const body = desiredRule(rule, within);
    return body === undefined ? [] : [{ body, origin: rule.origin }];
  });
  return desired.length === rules.length ? desired : undefined;
}

function desiredRule(rule: ConfigRule, within: RulesIn): Rule | undefined {
  checkRef(rule, within.report);
  const page = servedPage(rule, within);
  if (page === undefined) return undefined;
  const { ref, expression, description, enabled, statusCode } = rule;
  return {
    ref: ref.value,
    expression: expression.value,
    ...(description === undefined ? {} : { description: description.value }),
    ...(enabled === undefined ? {} : { enabled: enabled.value }),
    serve: { ...page, ...(statusCode === undefined ? {} : { statusCode: statusCode.value }) },
  };
}

function servedPage({ page, contentType }: ConfigRule, within: RulesIn): Rule['serve'] | undefined {
  if (page.kind === 'asset') {
    checkAssetName(page.name, within);
    const source = { kind: 'asset', assetName: page.name.value } as const;
    return { source, contentType: contentType?.value ?? 'text/html' };
  }
  const found = pageContent(page, within.pages, within.report);
  if (found === undefined) return undefined;
  const told = contentType?.value ?? found.type;
  const at: Located<string> = page.kind === 'file' ? page.path : page.content;
  for (const lint of pageLints({ content: found.content, contentType: told })) {
    within.report({ ...lint, span: at.span, ...notesOf(at) });
  }
  return {
    source: { kind: 'content', content: found.content },
    ...(told === undefined ? {} : { contentType: told }),
  };
}

function checkAssetName(name: ConfigRule['ref'], { assetNames, report }: RulesIn): void {
  if (assetNames === undefined || assetNames.has(name.value)) return;
  const near = nearest(name.value, assetNames);
  const some = [...assetNames].slice(0, 10).join(', ');
  const listed =
    some === ''
      ? 'its list of assets is empty'
      : `its assets are ${some}${assetNames.size > 10 ? ', …' : ''}`;
  report({
    code: 'config/unknown-asset',
    message: `this scope lists its assets, and none is called "${name.value}"`,
    span: name.span,
    hint: near === undefined ? `add it to "assets:"; ${listed}` : `did you mean "${near}"?`,
    ...notesOf(name),
  });
}

function checkRef({ ref }: ConfigRule, report: Report): void {
  if (/^[A-Za-z0-9_.-]+$/.test(ref.value)) return;
  report({
    code: 'config/odd-ref',
    message: `the ref "${ref.value}" holds characters that not every tool takes`,
    span: ref.span,
    hint: 'letters, digits and _ . - are safe everywhere',
    ...notesOf(ref),
  });
}
