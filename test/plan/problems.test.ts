import { describe, expect, it } from 'vitest';
import type { Allowance } from '../../src/model/allowance.ts';
import { hasChanges, type Plan } from '../../src/model/plan.ts';
import { allowHazards, wantedBody } from '../../src/plan/plan.ts';
import { asset, desired, live, liveRule, only, plan, rule, ruleset, zone } from './builders.ts';

function rules(refs: string) {
  return [...refs].map((ref) => rule(ref, { description: ref }));
}

/** What the plan of one list of rules over another one warns of. */
function hazards(before: string, after: string, allow: readonly Allowance[] = []): Plan {
  return plan(desired({ rules: rules(after) }), live({ rules: rules(before) }), { allow });
}

function codes(made: Plan): readonly string[] {
  return only(made).problems.map(({ code }) => code);
}

describe('hazards', () => {
  it.each<[before: string, after: string, codes: readonly string[]]>([
    ['', 'abc', []],
    ['ab', 'cd', ['plan/take-over']],
    ['ab', 'bc', []],
    ['abc', 'd', ['plan/take-over', 'plan/mass-delete']],
    ['abcdefghij', 'abcdefg', []],
    ['abcdefghi', 'abcdef', ['plan/mass-delete']],
    ['abc', 'a', []],
    ['a', '', ['plan/empty']],
    ['abc', '', ['plan/mass-delete', 'plan/empty']],
  ])('of going from %j to %j', (before, after, expected) => {
    const made = hazards(before, after);
    expect(codes(made)).toEqual(expected);
    expect(only(made).problems.every(({ severity }) => severity === 'hazard')).toBe(true);
    expect(hasChanges(made)).toBe(before !== after);
  });

  it('tell the numbers, every name, the place and what to do', () => {
    const { scope, severity, message, span, hint } = only(hazards('abcd', 'a')).problems[0] ?? {};
    expect({ scope, severity, message, span, hint }).toEqual({
      scope: 'zone example.com',
      severity: 'hazard',
      message: '3 of 4 live rules would be deleted: "b", "c", "d"',
      span: { file: 'custom-errors.yaml', line: 100, column: 1, endLine: 100, endColumn: 2 },
      hint: 'look whether a part of the file got lost; if every deletion is meant: --allow plan/mass-delete@example.com',
    });
  });

  it('count renamed rules as kept', () => {
    const renamed = rules('abcd').map((one) => ({ ...one, ref: `new_${one.ref}` }));
    expect(codes(plan(desired({ rules: renamed }), live({ rules: rules('abcd') })))).toEqual([]);
  });

  it('hold for assets as well', () => {
    const made = plan(desired({ assets: [] }), live({ assets: [asset('a'), asset('b')], rules: [] }));
    expect(only(made).problems).toMatchObject([
      {
        code: 'plan/empty',
        message: 'no asset would be left, as 2 would be deleted: "a", "b"',
        span: { line: 500 },
      },
    ]);
  });

  it('are not looked for in what nobody claims', () => {
    expect(
      codes(plan(desired({ assets: [asset('a')] }), live({ assets: [asset('a')], rules: rules('abc') }))),
    ).toEqual([]);
  });
});

describe('allowing', () => {
  const code = 'plan/empty';
  it.each<[what: string, allow: Allowance, severity: string]>([
    ['the code', { code }, 'warning'],
    ['the code in the zone by name', { code, scope: 'Example.com' }, 'warning'],
    ['by id', { code, scope: zone.id }, 'warning'],
    ['by label', { code, scope: 'zone example.com' }, 'warning'],
    ['elsewhere', { code, scope: 'example.org' }, 'hazard'],
    ['another code', { code: 'plan/take-over' }, 'hazard'],
  ])('%s', (_what, allow, severity) => {
    const made = hazards('a', '', [allow]);
    expect(only(made).problems).toMatchObject([{ code, severity }]);
    expect(allowHazards(hazards('a', ''), [allow])).toEqual(made);
  });

  it('says that it was allowed, and by what', () => {
    const allow = [{ code, scope: 'zone example.com' }] as const;
    expect(only(hazards('a', '', allow)).problems[0]).toMatchObject({
      message: 'no rule would be left, as 1 would be deleted: "a" (allowed)',
      hint: "this is a hazard, allowed here by --allow 'plan/empty@zone example.com'",
    });
  });

  it('never lets an error pass', () => {
    const foreign = live({ rules: [liveRule(rule('a'), { action: 'rewrite' })] });
    const made = plan(desired({ rules: [] }), foreign, { allow: [{ code: 'plan/foreign-action' }] });
    expect(only(made).problems[0]).toMatchObject({ code: 'plan/foreign-action', severity: 'error' });
  });
});

describe('obstacles', () => {
  const page = asset('page');
  it.each<[what: string, made: Plan, code: string, message: string, line: number]>([
    [
      'an unclaimed live rule names an asset that goes',
      plan(
        desired({ assets: [page] }),
        live({ assets: [page, asset('old')], rules: [rule('r', { asset: 'old' }), rule('s')] }),
      ),
      'plan/asset-in-use',
      'the asset "old" would be deleted, but live rules, which the file does not claim, name it: "r"',
      500,
    ],
    [
      'a claimed rule names an asset that goes',
      plan(
        desired({ assets: [page], rules: [rule('r', { asset: 'old' })] }),
        live({ assets: [page, asset('old')], rules: [] }),
      ),
      'plan/asset-in-use',
      'the asset "old" would be deleted, but rules of the file name it: "r"',
      500,
    ],
    [
      'a rule names an asset that is nowhere',
      plan(
        desired({ rules: [rule('q'), rule('r', { asset: 'pagr' })] }),
        live({ assets: [page], rules: [] }),
      ),
      'plan/asset-missing',
      'the rule "r" names the asset "pagr", which is neither in the file nor in Cloudflare',
      112,
    ],
    [
      'a live rule does something else',
      plan(
        desired({ rules: [rule('a')] }),
        live({ rules: [rule('a'), liveRule(rule('b'), { action: 'rewrite' })] }),
      ),
      'plan/foreign-action',
      'the live rule "b" has the action "rewrite"',
      100,
    ],
    [
      'two live rules have one ref',
      plan(
        desired({ rules: [rule('a')] }),
        live({ rules: [rule('a'), liveRule(rule('a'), { id: 'other' })] }),
      ),
      'plan/duplicate-live-ref',
      '2 live rules have the ref "a", with the ids id of a, other',
      100,
    ],
  ])('%s', (_what, made, code, message, line) => {
    const errors = only(made).problems.filter(({ severity }) => severity === 'error');
    expect(errors).toMatchObject([{ code, message, span: { line }, scope: 'zone example.com' }]);
    expect(hasChanges(made)).toBe(false);
  });

  it('a misspelt asset is answered with the nearest one', () => {
    const made = plan(
      desired({ rules: [rule('r', { asset: 'pagr' })] }),
      live({ assets: [page], rules: [] }),
    );
    expect(only(made).problems[0]?.hint).toBe('did you mean "page"?');
  });

  it('an asset that a rule names in a malformed way is in use too', () => {
    const odd = rule('r', {
      serve: { source: { kind: 'nothing' }, extra: { asset_name: 'old', content: 'x' } },
    });
    const made = plan(desired({ assets: [page] }), live({ assets: [page, asset('old')], rules: [odd] }));
    expect(codes(made)).toEqual(['plan/asset-in-use']);
  });

  it('unknown keys at the top of kept rules are a warning that names them', () => {
    const odd = [
      liveRule(rule('a'), { unknownKeys: ['x', 'y'] }),
      liveRule(rule('b'), { unknownKeys: ['x'] }),
    ];
    const made = plan(desired({ rules: [rule('a'), rule('b'), rule('c')] }), live({ rules: odd }));
    expect(only(made).problems).toMatchObject([
      {
        code: 'plan/unknown-rule-keys',
        severity: 'warning',
        message:
          'live rules hold keys that are unknown here and never sent back: "x" (in "a", "b"), "y" (in "a")',
      },
    ]);
    expect(hasChanges(made)).toBe(true);
  });

  it('a live rule with another action is no rule of the file, whatever its ref', () => {
    const foreign = liveRule(rule('a'), { action: 'rewrite' });
    const { rules } = wantedBody(desired({ rules: [rule('a', { enabled: false })] }), ruleset([foreign]));
    expect(rules.map((one) => one.rule)).toEqual([rule('a', { enabled: false })]);
    const made = plan(desired({ rules: [rule('a')] }), live({ rules: [foreign] }));
    expect(only(made).unchanged.rules).toBe(0);
  });

  it('of one scope stop no other', () => {
    const other = { ...zone, id: '2'.repeat(32), name: 'example.org' };
    const foreign = live({ rules: [liveRule(rule('b'), { action: 'rewrite' })] });
    const fine = live({ rules: [] }, other);
    const made = plan(desired({ rules: [rule('a')] }), foreign, {
      scopes: [
        { scope: zone, desired: desired({ rules: [rule('a')] }) },
        { scope: other, desired: desired({ rules: [rule('a')] }, other) },
      ],
      live: new Map([foreign, fine].map((one) => [one.scope.id, one])),
    });
    expect(made.scopes.map(({ changes }) => changes.length)).toEqual([0, 1]);
  });
});
