import { describe, expect, it } from 'vitest';
import { withBehaviour } from '../../src/app/behaviour.ts';
import type { DesiredScope } from '../../src/model/desired.ts';
import type { LiveScope } from '../../src/model/live.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Scope } from '../../src/model/scope.ts';
import { asset, desired, live, liveRule, plan, rule, zone } from '../plan/builders.ts';

const account: Scope = { kind: 'account', id: 'a'.repeat(32), name: 'Acme Inc' };
const inside: Scope = { ...zone, account: { id: account.id, name: account.name } };
const other: Scope = { ...account, id: 'b'.repeat(32) };

const all = rule('all', { expression: 'true' });
const down = rule('down', { expression: 'http.response.code eq 503', asset: 'page' });
const gone = rule('gone', { expression: 'http.response.code eq 404' });

type Side = readonly [wanted: DesiredScope, there: LiveScope];

function planned(...sides: readonly Side[]): Plan {
  const [first] = sides;
  if (first === undefined) throw new Error('a plan has a scope');
  return withBehaviour(
    plan(...first, {
      scopes: sides.map(([wanted, there]) => ({ scope: there.scope, desired: wanted })),
      live: new Map(sides.map(([, there]) => [there.scope.id, there])),
      refresh: ['again'],
    }),
  );
}

function told(made: Plan): readonly (readonly string[] | undefined)[] {
  return made.scopes.map(({ behaviour }) => behaviour?.rows.map(({ words }) => words));
}

function side(scope: Scope, wanted: Parameters<typeof desired>[0], there: Parameters<typeof live>[0]): Side {
  return [desired(wanted, scope), live(there, scope)];
}

describe('what a plan changes for visitors', () => {
  it.each<[what: string, sides: readonly Side[], told: readonly (readonly string[] | undefined)[]]>([
    [
      'rules that change',
      [side(zone, { rules: [gone] }, { rules: [] })],
      [['404 anywhere: no zone rule → gone']],
    ],
    [
      'rules in another order that nobody notices',
      [side(zone, { rules: [gone, all] }, { rules: [gone, { ...all, description: 'The rest' }] })],
      [[]],
    ],
    ['nothing', [side(zone, { rules: [gone] }, { rules: [gone] })], [undefined]],
    [
      'rules that were not read',
      [side(zone, { assets: [asset('page', { url: 'https://new.example' })] }, { assets: [asset('page')] })],
      [undefined],
    ],
    [
      'an asset of another URL behind rules that stay',
      [
        side(
          zone,
          { rules: [down], assets: [asset('page', { url: 'https://new.example' })] },
          { rules: [down], assets: [asset('page')] },
        ),
      ],
      [['503 anywhere: down → down (new page)']],
    ],
    [
      'an asset with another description, and one that is refreshed',
      [
        side(
          zone,
          {
            rules: [down, rule('rest', { expression: 'true', asset: 'again' })],
            assets: [asset('page', { description: 'Better' }), asset('again')],
          },
          {
            rules: [down, rule('rest', { expression: 'true', asset: 'again' })],
            assets: [asset('page'), asset('again')],
          },
        ),
      ],
      [
        [
          '400-502, 504-999 anywhere: rest → rest (page fetched again)',
          '503 anywhere: down → down (page fetched again)',
        ],
      ],
    ],
    [
      'assets that no rule names',
      [side(zone, { rules: [gone], assets: [asset('page')] }, { rules: [gone], assets: [] })],
      [[]],
    ],
    [
      'a zone whose account is in the plan, and says nothing new',
      [side(inside, { rules: [gone] }, { rules: [] }), side(account, { rules: [all] }, { rules: [all] })],
      [['404 anywhere: account rule all → gone'], undefined],
    ],
    [
      'a zone and its account at once',
      [side(inside, { rules: [gone] }, { rules: [] }), side(account, { rules: [all] }, { rules: [] })],
      [
        ['400-403, 405-999 anywhere: no rule → account rule all', '404 anywhere: no rule → gone'],
        ['any error anywhere: no account rule → all'],
      ],
    ],
    [
      'a zone and the account of another',
      [side(inside, { rules: [gone] }, { rules: [] }), side(other, { rules: [all] }, { rules: [all] })],
      [['404 anywhere: no zone rule → gone'], undefined],
    ],
    [
      'a zone whose account keeps its rules to itself',
      [side(inside, { rules: [gone] }, { rules: [] }), side(account, { assets: [] }, { assets: [] })],
      [['404 anywhere: no zone rule → gone'], undefined],
    ],
    [
      'a zone whose account holds rules of another kind',
      [
        side(inside, { rules: [gone] }, { rules: [] }),
        side(account, { rules: [all] }, { rules: [liveRule(all, { action: 'block' })] }),
      ],
      [['404 anywhere: no zone rule → gone'], undefined],
    ],
  ])('%s', (_, sides, rows) => {
    expect(told(planned(...sides))).toEqual(rows);
  });

  it('is no part of what a review is bound to', () => {
    const [wanted, there] = side(zone, { rules: [gone] }, { rules: [] });
    const bare = plan(wanted, there, { refresh: [] });
    const { fingerprint, scopes } = withBehaviour(bare);
    expect(fingerprint).toBe(bare.fingerprint);
    expect(scopes.map(({ changes }) => changes)).toEqual(bare.scopes.map(({ changes }) => changes));
    expect(withBehaviour(withBehaviour(bare))).toEqual(withBehaviour(bare));
  });

  it('is not guessed at where a scope with an error is not written', () => {
    const made = planned(side(zone, { rules: [down], assets: [] }, { rules: [gone], assets: [] }));
    expect(made.scopes[0]?.problems.map(({ code }) => code)).toContain('plan/asset-missing');
    expect(told(made)).toEqual([undefined]);
  });
});
