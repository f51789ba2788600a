import { fieldFault } from '../behaviour/behaviour.ts';
import {
  type Config,
  type ConfigRule,
  type ConfigScope,
  type ConfigTest,
  type Located,
  notesOf,
} from '../config/config.ts';
import { scopeLabel } from '../model/scope.ts';
import type { DesiredTest, Expectation } from '../model/tests.ts';
import { nearest } from '../problem/nearest.ts';
import type { ProblemInput, Report } from '../problem/problem.ts';

/** What a test says when no rule may answer. */
const none = 'none';

/** The tests with their scopes found; one that asks for a scope, a rule, an asset or a field that there is not is reported. */
export function desiredTests({ tests, scopes }: Config, report: Report): DesiredTest[] {
  return tests.flatMap((test) => desiredTest(test, scopes, report) ?? []);
}

function desiredTest(
  test: ConfigTest,
  scopes: readonly ConfigScope[],
  report: Report,
): DesiredTest | undefined {
  const scope = scopeOf(test, scopes, report);
  checkFields(test, report);
  if (scope === undefined) return undefined;
  const others = test.scope.kind === 'zone' ? scopes.filter(({ name }) => name.kind === 'account') : [];
  const rules = [scope, ...others].flatMap((one) => one.rules?.items ?? []);
  const label = scopeLabel(scope.name);
  const reportHere: Report = (input) => report({ scope: label, ...input });
  checkRef(test.expect.ref, { rules, label, report: reportHere });
  checkAsset(test.expect.asset, { rules, label, report: reportHere });
  const { name, visitor, origin, expect } = test;
  return {
    ...(name === undefined ? {} : { name: name.value }),
    scope: scope.name,
    visitor,
    expect: expectationOf(expect),
    origin,
    expected: { item: expect.span, keys: placesOf(expect), uses: expect.uses },
  };
}

function expectationOf({ ref, asset, status }: ConfigTest['expect']): Expectation {
  return {
    ...(ref === undefined ? {} : { ref: ref.value === none ? null : ref.value }),
    ...(asset === undefined ? {} : { asset: asset.value }),
    ...(status === undefined ? {} : { status: status.value }),
  };
}

function placesOf({ ref, asset, status }: ConfigTest['expect']): DesiredTest['expected']['keys'] {
  const found = Object.entries({ ref, asset, status });
  return Object.fromEntries(
    found.flatMap(([key, value]) => (value === undefined ? [] : [[key, value.span]])),
  );
}

function scopeOf(
  { scope: { kind, name, account } }: ConfigTest,
  scopes: readonly ConfigScope[],
  report: Report,
): ConfigScope | undefined {
  const refuse = (input: Omit<ProblemInput, 'span' | 'notes'>): undefined =>
    report({ ...input, span: name.span, ...notesOf(name) }) as undefined;
  const others = scopes.filter((one) => one.name.kind === kind);
  const found = others.filter((one) => isSame(one.name.name, name.value) && mayBeIn(one, account?.value));
  const [scope, second] = found;
  const label = scopeLabel({ kind, name: name.value });
  if (scope === undefined) {
    const message = `this test asks ${label}, which is not in the configuration`;
    const names = others.map((one) => one.name.name);
    const hint = didYouMean(name.value, names, {
      none: `the configuration lists no ${kind}s`,
      some: 'it lists',
    });
    return refuse({ code: 'config/unknown-test-scope', message, hint });
  }
  if (second !== undefined) {
    const message = `this test asks ${label}, and there are two zones of that name`;
    const hint = 'write the account as well, as account: beside zone:';
    return refuse({ code: 'config/untestable', message, hint });
  }
  if (scope.rules !== undefined) return scope;
  const message = `this test asks ${label}, of which the configuration lists no rules`;
  const hint = 'list them with "rules:"; what is live is asked by "cf-errors explain --live"';
  return refuse({ code: 'config/untestable', message, hint, scope: label });
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function mayBeIn({ name }: ConfigScope, account: string | undefined): boolean {
  return account === undefined || name.account === undefined || isSame(name.account, account);
}

/** Rules among which an expected name is looked for, the scope's own and those of accounts. */
interface Among {
  readonly rules: readonly ConfigRule[];
  readonly label: string;
  readonly report: Report;
}

function checkRef(ref: Located<string> | undefined, { rules, label, report }: Among): void {
  if (ref === undefined) return;
  const refs = rules.map((rule) => rule.ref.value);
  const isKnown = refs.includes(ref.value);
  if (ref.value === none && isKnown) {
    const message = 'none means that no rule answers, and a rule has the ref "none"';
    const hint = 'expect the status or the asset instead, or give the rule another ref';
    report({ code: 'config/untestable', message, span: ref.span, hint, ...notesOf(ref) });
  }
  if (ref.value === none || isKnown) return;
  report({
    code: 'config/unknown-expected',
    message: `no rule of ${label} has the ref "${ref.value}"`,
    span: ref.span,
    hint: didYouMean(ref.value, refs, { none: 'it has no rules', some: 'its rules are' }),
    ...notesOf(ref),
  });
}

function checkAsset(asset: Located<string> | undefined, { rules, label, report }: Among): void {
  if (asset === undefined) return;
  const served = rules.flatMap(({ page }) => (page.kind === 'asset' ? [page.name.value] : []));
  if (served.includes(asset.value)) return;
  report({
    code: 'config/unknown-expected',
    message: `no rule of ${label} serves the asset "${asset.value}"`,
    span: asset.span,
    hint: didYouMean(asset.value, served, { none: 'its rules serve no assets', some: 'its rules serve' }),
    ...notesOf(asset),
  });
}

function checkFields({ fields, visitor }: ConfigTest, report: Report): void {
  for (const name of fields) {
    const fault = fieldFault(name.value, visitor.fields?.[name.value] ?? null, 'keys');
    if (fault === undefined) continue;
    report({ code: 'config/impossible-fact', ...fault, span: name.span, ...notesOf(name) });
  }
}

const mostListed = 10;

/** The nearest of some names; where none is near, the first of them all. */
function didYouMean(
  name: string,
  known: readonly string[],
  words: { readonly none: string; readonly some: string },
): string {
  const near = nearest(name, known);
  if (near !== undefined) return `did you mean "${near}"?`;
  const names = [...new Set(known)];
  const more = names.length > mostListed ? ', …' : '';
  return names.length === 0 ? words.none : `${words.some} ${names.slice(0, mostListed).join(', ')}${more}`;
}
