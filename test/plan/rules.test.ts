import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/model/body.ts';
import { hasChanges, type RuleChange } from '../../src/model/plan.ts';
import { wantedBody } from '../../src/plan/plan.ts';
import { desired, live, liveRule, noRuleset, only, plan, rule, ruleset, update, zone } from './builders.ts';

/** A change in a few words: `move c 3 to 1`. */
function told(change: RuleChange): string {
  switch (change.kind) {
    case 'add':
      return `add ${change.rule.ref} at ${change.position}`;
    case 'remove':
      return `remove ${change.live.ref} from ${change.position}`;
    case 'edit':
      return `edit ${change.rule.ref} at ${change.position}: ${change.edits.map(({ field }) => field).join(' ')}`;
    case 'move':
      return `move ${change.rule.ref} ${change.from} to ${change.to}`;
    case 'rename':
      return `rename ${change.live.ref} ${change.from} to ${change.rule.ref} ${change.to}`;
  }
}

function changes(before: readonly Rule[], after: readonly Rule[]): readonly string[] {
  const made = plan(desired({ rules: after }), live({ rules: before }));
  return hasChanges(made) ? update(made).rules.map(told) : [];
}

function letters(refs: string): readonly Rule[] {
  return [...refs].map((ref) => rule(ref));
}

describe('changes of a list', () => {
  it.each<[before: string, after: string, changes: readonly string[]]>([
    ['', '', []],
    ['abc', 'abc', []],
    ['abc', 'xabc', ['add x at 1']],
    ['abc', 'bc', ['remove a from 1']],
    ['abcd', 'dabc', ['move d 4 to 1']],
    ['abcd', 'bcda', ['move a 1 to 4']],
    ['abcd', 'bacd', ['move b 2 to 1']],
    ['abcde', 'ebcxa', ['move e 5 to 1', 'add x at 4', 'move a 1 to 5', 'remove d from 4']],
    ['abcde', 'aecxb', ['move e 5 to 2', 'add x at 4', 'move b 2 to 5', 'remove d from 4']],
  ])('from %j to %j', (before, after, expected) => {
    expect(changes(letters(before), letters(after))).toEqual(expected);
  });

  it('an edited and moved rule is both', () => {
    const edited = rule('c', { description: 'new' });
    expect(changes(letters('abc'), [edited, ...letters('ab')])).toEqual([
      'edit c at 1: description',
      'move c 3 to 1',
    ]);
  });

  it('the same behaviour under a new ref is a rename, in order where several are alike', () => {
    const alike = (ref: string): Rule => ({ ...rule('x'), ref });
    expect(changes(['p', 'q', 'r'].map(alike), ['s', 'q', 't', 'u'].map(alike))).toEqual([
      'rename p 1 to s 1',
      'rename r 3 to t 3',
      'add u at 4',
    ]);
    expect(changes([alike('p'), rule('b')], [rule('b'), alike('s')])).toEqual([
      'move b 2 to 1',
      'rename p 1 to s 2',
    ]);
  });

  it('a new ref with another behaviour is a removal and an addition', () => {
    expect(changes([rule('a'), rule('b')], [rule('a'), rule('c', { enabled: false })])).toEqual([
      'add c at 2',
      'remove b from 2',
    ]);
  });

  it.each([
    ['no entry point', noRuleset],
    ['an empty one', ruleset([])],
  ])('an empty claim over %s is no change', (_what, entryPoint) => {
    const made = plan(desired({ rules: [] }), { scope: zone, ruleset: entryPoint });
    expect(hasChanges(made)).toBe(false);
    expect(only(made).problems).toEqual([]);
  });

  it('keys, defaults and blanks between tokens are none', () => {
    const written = rule('a', {
      asset: 'page',
      expression: 'a in{ 1\r\n2 }\n',
      enabled: true,
      description: '',
    });
    const wanted = rule('a', { asset: 'page', expression: 'a in {1 2}' });
    const made = plan(
      desired({ rules: [wanted] }),
      live({ rules: [written], assets: [{ name: 'page', url: 'u', description: '' }] }),
    );
    expect(hasChanges(made)).toBe(false);
    expect(only(made).unchanged).toEqual({ rules: 1, assets: 0 });
  });
});

describe('the body of the PUT', () => {
  it('holds unchanged rules as they were read, the live description, and no computed fields', () => {
    const kept = liveRule({ ...rule('a'), expression: 'a  eq 5', description: '' });
    const there = { scope: zone, ruleset: ruleset([kept], { description: 'made by hand' }) };
    const wanted = desired({ rules: [rule('a', { expression: 'a eq 5' }), rule('b')] });
    const { body } = update(plan(wanted, there));
    expect(body.description).toBe('made by hand');
    expect(body.rules.map((one) => one.rule)).toEqual([
      { ...rule('a'), expression: 'a  eq 5', description: '' },
      rule('b'),
    ]);
    expect(body.rules.map((one) => one.origin.item.line)).toEqual([101, 111]);
    expect(wantedBody(wanted, there.ruleset)).toEqual(body);
  });

  it('carries unknown parameters along, through edits and renames', () => {
    const extra = { cache_ttl: 5 };
    const withExtra = (one: Rule): Rule => ({ ...one, serve: { ...one.serve, extra } });
    const same = { ...rule('b'), ref: 'c' };
    const { body } = update(
      plan(
        desired({ rules: [rule('a', { enabled: false }), same] }),
        live({ rules: letters('ab').map(withExtra) }),
      ),
    );
    expect(body.rules.map((one) => one.rule.serve.extra)).toEqual([extra, extra]);
  });

  it('is nobody’s where rules are not claimed', () => {
    expect(() => wantedBody(desired({ assets: [] }), noRuleset)).toThrow('claims no rules');
  });
});
