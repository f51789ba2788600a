import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulesMatch } from '../../src/compare/compare.ts';
import type { Rule } from '../../src/model/body.ts';
import type { DesiredScope } from '../../src/model/desired.ts';
import { hasChanges, type Plan, type RulesetUpdate } from '../../src/model/plan.ts';
import type { Scope } from '../../src/model/scope.ts';
import { makePlan } from '../../src/plan/plan.ts';
import * as arbitrary from './arbitraries.ts';
import { asset, desired, live, only, plan, rule, span, update, zone } from './builders.ts';

const twoLists = fc.tuple(arbitrary.rules(), arbitrary.rules());
const everyAsset = ['page_a', 'page_b', 'page_c', 'page_d'].map((name) => asset(name));

function planRules(before: readonly Rule[], after: readonly Rule[]): Plan {
  return plan(desired({ rules: after }), live({ rules: before, assets: everyAsset }));
}

/** The list that somebody gets who follows the changes, one by one, and nothing else. */
function followed(before: readonly Rule[], { rules: changes }: RulesetUpdate): readonly Rule[] {
  const list: (Rule | undefined)[] = [...before];
  const inserted: { readonly rule: Rule; readonly to: number }[] = [];
  for (const change of changes) {
    if (change.kind === 'remove') list[change.position - 1] = undefined;
    if (change.kind === 'add') inserted.push({ rule: change.rule, to: change.position });
    if (change.kind === 'edit' || change.kind === 'rename') {
      const at = list.findIndex((one) => one?.ref === change.live.ref);
      list[at] = change.rule;
    }
  }
  for (const change of changes) {
    if (change.kind !== 'move') continue;
    const at = list.findIndex((one) => one?.ref === change.rule.ref);
    inserted.push({ rule: list[at] ?? change.rule, to: change.to });
    list[at] = undefined;
  }
  const result = list.filter((one) => one !== undefined);
  for (const { rule, to } of inserted.sort((one, other) => one.to - other.to)) result.splice(to - 1, 0, rule);
  return result;
}

/** The fewest rules of a list that have to be moved, by trying every choice of rules that stay. */
function fewestMoves(places: readonly number[]): number {
  let most = 0;
  for (let choice = 0; choice < 1 << places.length; choice += 1) {
    const staying = places.filter((_, index) => (choice >> index) & 1);
    const ascending = staying.every((place, index) => index === 0 || place > (staying[index - 1] ?? 0));
    if (ascending) most = Math.max(most, staying.length);
  }
  return places.length - most;
}

describe('rules', () => {
  it('following the changes of a plan gives what is desired', () => {
    fc.assert(
      fc.property(twoLists, ([before, after]) => {
        const made = planRules(before, after);
        if (!hasChanges(made)) {
          expect(rulesMatch(before, after)).toBe(true);
          return;
        }
        expect(rulesMatch(followed(before, update(made)), after)).toBe(true);
        expect(
          rulesMatch(
            update(made).body.rules.map((one) => one.rule),
            after,
          ),
        ).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('as few rules move as can, up to 8', () => {
    const order = fc.nat(8).chain((length) => {
      const all = Array.from({ length }, (_, index) => index);
      return fc.shuffledSubarray(all, { minLength: length });
    });
    fc.assert(
      fc.property(order, (places) => {
        const list = places.map((place) => rule(`r${place}`));
        const made = planRules(
          [...list].sort((one, other) => (one.ref < other.ref ? -1 : 1)),
          list,
        );
        const moves = hasChanges(made) ? update(made).rules : [];
        expect(moves.every(({ kind }) => kind === 'move')).toBe(true);
        expect(moves.length).toBe(fewestMoves(places));
      }),
      { numRuns: 500 },
    );
  });

  it('what a plan leaves alone and what it changes add up to what is desired', () => {
    fc.assert(
      fc.property(twoLists, ([before, after]) => {
        const made = planRules(before, after);
        const touched = hasChanges(made) ? update(made).rules : [];
        const refs = new Set(touched.flatMap((change) => (change.kind === 'remove' ? [] : change.rule.ref)));
        expect(only(made).unchanged.rules + refs.size).toBe(after.length);
      }),
    );
  });
});

describe('a state that is as desired', () => {
  it('needs no change, whatever Cloudflare computes', () => {
    fc.assert(
      fc.property(arbitrary.rules(), arbitrary.assets, (rules, assets) => {
        const named = [...new Map([...everyAsset, ...assets].map((one) => [one.name, one])).values()];
        const made = plan(desired({ rules, assets: named }), live({ rules, assets: named }));
        expect(only(made)).toMatchObject({ changes: [], problems: [] });
        expect(only(made).unchanged).toEqual({ rules: rules.length, assets: named.length });
      }),
    );
  });

  it('is what a plan leads to', () => {
    fc.assert(
      fc.property(twoLists, ([before, after]) => {
        const made = planRules(before, after);
        const then = hasChanges(made) ? update(made).body.rules.map((one) => one.rule) : before;
        expect(hasChanges(planRules(then, after))).toBe(false);
      }),
    );
  });
});

describe('the fingerprint', () => {
  const other: Scope = { kind: 'account', id: 'f'.repeat(32), name: 'Acme Inc' };

  function both(order: readonly Scope[], wanted: (scope: Scope) => DesiredScope, version = '7'): string {
    const there = order.map((scope) => {
      const read = live({ rules: [rule('old')], assets: [asset('gone')] }, scope);
      return read.ruleset === undefined ? read : { ...read, ruleset: { ...read.ruleset, version } };
    });
    return makePlan({
      target: 'https://api.cloudflare.com/client/v4',
      scopes: order.map((scope) => ({ scope, desired: wanted(scope) })),
      live: new Map(there.map((one) => [one.scope.id, one])),
      problems: [],
      refresh: [],
      allow: [],
    }).fingerprint;
  }

  const wanted = (scope: Scope) => desired({ rules: [rule('a')], assets: [asset('b')] }, scope);
  const reviewed = both([zone, other], wanted);

  it('depends on no order of scopes, name or place in the file', () => {
    expect(both([other, zone], wanted)).toBe(reviewed);
    expect(
      both(
        [
          { ...zone, name: zone.id },
          { ...other, name: 'Renamed' },
        ],
        wanted,
      ),
    ).toBe(reviewed);
    const elsewhere = (scope: Scope) => ({ ...wanted(scope), origin: span(77) });
    expect(both([zone, other], elsewhere)).toBe(reviewed);
    const shifted = (scope: Scope): DesiredScope => {
      const { rules, ...rest } = wanted(scope);
      const items = rules?.items.map((one) => ({ ...one, origin: { item: span(78), keys: {} } })) ?? [];
      return { ...rest, rules: { origin: span(76), items } };
    };
    expect(both([zone, other], shifted)).toBe(reviewed);
  });

  it('depends on what is written and on what it is written over', () => {
    const changed = [
      both([zone, other], wanted, '8'),
      both([zone, { ...other, id: 'e'.repeat(32) }], wanted),
      both([zone], wanted),
      both([zone, other], (scope) =>
        desired({ rules: [rule('a', { enabled: false })], assets: [asset('b')] }, scope),
      ),
      both([zone, other], (scope) =>
        desired({ rules: [rule('a')], assets: [asset('b', { url: 'https://b.example/' })] }, scope),
      ),
      both([zone, other], (scope) => desired({ rules: [rule('a')] }, scope)),
    ];
    expect(new Set([reviewed, ...changed]).size).toBe(changed.length + 1);
  });

  it('is the same for the same rules, whatever the order of their keys', () => {
    fc.assert(
      fc.property(arbitrary.rules(), (rules) => {
        const turned = rules.map((one): Rule => {
          const entries = Object.entries(one).reverse();
          return {
            ...one,
            ...Object.fromEntries(entries),
            serve: { ...Object.fromEntries(Object.entries(one.serve).reverse()), ...one.serve },
          };
        });
        expect(planRules([rule('old')], turned).fingerprint).toBe(
          planRules([rule('old')], rules).fingerprint,
        );
      }),
    );
  });
});
