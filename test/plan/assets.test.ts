import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/model/plan.ts';
import { furtherNeeds, readNeeds } from '../../src/plan/plan.ts';
import { asset, desired, live, only, plan, rule } from './builders.ts';

function told(change: Change): string {
  if (change.kind === 'ruleset-update') return change.kind;
  return `${change.kind} ${'asset' in change ? change.asset.name : change.live.name}`;
}

const before = [asset('same'), asset('z_gone'), asset('edited'), asset('a_gone')];
const after = [asset('same'), asset('fresh'), asset('edited', { url: 'https://example.com/' }), asset('new')];

describe('changes of assets', () => {
  it('run as creates, updates, refreshes, the rules, deletes', () => {
    const made = plan(
      desired({ assets: after, rules: [rule('a', { asset: 'new' })] }),
      live({ assets: before, rules: [rule('a', { asset: 'a_gone' })] }),
      { refresh: 'all' },
    );
    expect(only(made).changes.map(told)).toEqual([
      'asset-create fresh',
      'asset-create new',
      'asset-update edited',
      'asset-refresh same',
      'ruleset-update',
      'asset-delete a_gone',
      'asset-delete z_gone',
    ]);
    expect(only(made).unchanged).toEqual({ assets: 0, rules: 0 });
  });

  it('carry both bodies, the edits and their place in the file', () => {
    const [edit, removal] = only(
      plan(
        desired({ assets: [asset('a', { description: 'd' })] }),
        live({ assets: [asset('a'), asset('b')], rules: [] }),
      ),
    ).changes;
    expect(edit).toMatchObject({
      kind: 'asset-update',
      asset: { name: 'a', description: 'd' },
      live: { name: 'a', lastUpdated: '2026-01-01T00:00:00Z', sizeBytes: 1000 },
      edits: [{ field: 'description', before: '', after: 'd' }],
      origin: { item: { line: 501 } },
    });
    expect(removal).toMatchObject({ kind: 'asset-delete', live: { name: 'b' }, origin: { line: 500 } });
  });

  it('a refresh adds nothing to a create or an update, and touches only what it names', () => {
    const refreshing = (...refresh: string[]) =>
      only(plan(desired({ assets: after }), live({ assets: before, rules: [] }), { refresh })).changes.map(
        told,
      );
    expect(refreshing('edited', 'fresh')).toEqual(refreshing());
    expect(refreshing('same')).toContain('asset-refresh same');
  });

  it('a refresh of something that no file claims is an error with the nearest name', () => {
    const made = plan(desired({ assets: [asset('error_page')] }), live({ assets: [asset('error_page')] }), {
      refresh: ['eror_page'],
    });
    expect(made.problems).toMatchObject([
      { code: 'plan/unknown-refresh', severity: 'error', hint: 'did you mean "error_page"?' },
    ]);
  });
});

describe('what must be read', () => {
  const inline = [rule('a')];
  const naming = [rule('a', { asset: 'page' })];
  it.each([
    ['rules of their own pages', { rules: inline }, { ruleset: true, assets: false }],
    ['rules that name assets', { rules: naming }, { ruleset: true, assets: true }],
    ['assets', { assets: [] }, { ruleset: false, assets: true }],
    ['both', { rules: inline, assets: [] }, { ruleset: true, assets: true }],
    ['nothing', {}, { ruleset: false, assets: false }],
  ])('for a claim of %s', (_what, claims, needs) => {
    expect(readNeeds(desired(claims))).toEqual(needs);
  });

  it.each([
    ['assets are to be deleted', { assets: [asset('a')] }, { assets: [asset('a'), asset('b')] }, true],
    ['no asset is to be deleted', { assets: [asset('a')] }, { assets: [asset('a')] }, false],
    ['the rules are read already', { assets: [], rules: [] }, { assets: [asset('a')], rules: [] }, false],
    ['assets are not claimed', { rules: [] }, { assets: [asset('a')], rules: [] }, false],
  ])('besides, where %s', (_what, claims, read, ruleset) => {
    expect(furtherNeeds(desired(claims), live(read))).toEqual({ ruleset, assets: false });
  });

  it('is checked: a claim that nobody read is no empty state', () => {
    expect(() => plan(desired({ rules: [] }), live({ assets: [] }))).toThrow('nobody read');
    expect(() => plan(desired({ assets: [] }), live({ rules: [] }))).toThrow('nobody read');
    expect(() => plan(desired({ assets: [] }), live({ assets: [asset('a')] }))).toThrow('nobody read');
    expect(() => plan(desired({ rules: naming }), live({ rules: [] }))).toThrow('nobody read');
  });
});
