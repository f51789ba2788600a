import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assetEdits,
  bodyKey,
  carryAlong,
  changeDigest,
  digest,
  fingerprintOf,
  ruleEdits,
  rulesMatch,
  sameRule,
} from '../../src/compare/compare.ts';
import type { Json, Rule, Serve } from '../../src/model/body.ts';
import type { LiveAsset } from '../../src/model/live.ts';
import * as arbitrary from '../plan/arbitraries.ts';
import { asset, liveAsset, liveRule, noRuleset, rule, span, zone } from '../plan/builders.ts';

/** A rule of one changed part. */
function withExpression(expression: string): Rule {
  return rule('a', { expression });
}

function withServe(serve: Partial<Serve>): Rule {
  return { ...rule('a'), serve: { ...rule('a').serve, ...serve } };
}

function content(text: string): Serve['source'] {
  return { kind: 'content', content: text };
}

const page: Serve['source'] = { kind: 'asset', assetName: 'page' };

describe('expressions are equal', () => {
  it.each<[string, string]>([
    ['a eq 5 and not b', '  a\n eq\r\n5 and not b\n\n'],
    ['a in {1 2}', 'a in{ 1\n2 }'],
    ['f ( h["x"][0] , "y" )', 'f(h["x"][0],"y")'],
    ['not ssl', 'notssl'],
    ['a eq 500 or b', 'a eq500or b'],
    ['a in {"x" "y"}', 'a in {"x""y"}'],
    ['a eq "unclosed', 'a eq "unclosed\n'],
  ])('%j and %j', (one, other) => {
    expect(ruleEdits(withExpression(one), withExpression(other))).toEqual([]);
  });
});

describe('expressions differ', () => {
  it.each<[string, string]>([
    ['a eq "x y"', 'a eq "x  y"'],
    ['a eq "x"', 'a eq "x "'],
    ['a ~ "x y"', 'a ~ "xy"'],
    ['a eq r"x y"', 'a eq r"x\ny"'],
    ['a strict wildcard "x"', 'a strict  wildcard "x"'],
    ['a and b', 'a && b'],
    ['a eq 500 and b', 'a eq 500and b'],
    ['a eq 0 xor b', 'a eq 0xor b'],
    ['a eq ::1 and b', 'a eq ::1and b'],
    ['a eq 61.62.63.64 and b', 'a eq 61.62.63.64and b'],
    ['a eq 5', 'aeq5'],
    ['h["x"] eq 1', 'h ["x"] eq 1'],
    ['a in {1 2}', 'a in {12}'],
    ['a in {400..499}', 'a in {400 ..499}'],
    ['a like orders', 'a like or ders'],
    ['a\teq 5', 'a eq 5'],
    ['a eq "unclosed', 'a  eq "unclosed'],
  ])('%j and %j', (one, other) => {
    expect(ruleEdits(withExpression(one), withExpression(other))).toEqual([
      { field: 'expression', before: one, after: other },
    ]);
  });
});

describe('fields', () => {
  it('absent and default are the same', () => {
    const bare = rule('a', { asset: 'page' });
    const { contentType: _, ...serve } = bare.serve;
    expect(ruleEdits({ ...bare, serve }, { ...bare, description: '', enabled: true })).toEqual([]);
  });

  it('trailing newlines of content are no difference, anything else is', () => {
    const edits = (before: string, after: string) =>
      ruleEdits(withServe({ source: content(before) }), withServe({ source: content(after) }));
    expect(edits('x\r\n\n', 'x')).toEqual([]);
    for (const other of ['x ', ' x', 'x\r', 'X', '\nx']) {
      expect(edits('x', other)).toEqual([{ field: 'content', before: 'x', after: other }]);
    }
  });

  it.each<[what: string, live: Rule, desired: Rule, edits: ReturnType<typeof ruleEdits>]>([
    [
      'content gives way to an asset',
      withServe({ source: content('x'), contentType: 'text/plain' }),
      withServe({ source: page }),
      [
        { field: 'asset_name', after: 'page' },
        { field: 'content', before: 'x' },
        { field: 'content_type', before: 'text/plain', after: 'text/html' },
      ],
    ],
    [
      'a status is dropped, a rule switched off and described',
      withServe({ statusCode: 503 }),
      { ...rule('a'), enabled: false, description: 'd' },
      [
        { field: 'description', after: 'd' },
        { field: 'enabled', before: true, after: false },
        { field: 'status_code', before: 503 },
      ],
    ],
    [
      'unknown parameters are no field, malformed known ones are',
      withServe({ source: { kind: 'nothing' }, extra: { ttl: 1, content: ['x'], status_code: '530' } }),
      withServe({ source: content('x'), statusCode: 530 }),
      [
        { field: 'content', before: ['x'], after: 'x' },
        { field: 'status_code', before: '530', after: 530 },
      ],
    ],
    [
      'a second source in the live rule goes',
      withServe({ source: page, extra: { content: [] } }),
      withServe({ source: page }),
      [{ field: 'content', before: [] }],
    ],
  ])('%s', (_what, live, desired, edits) => {
    expect(ruleEdits(live, desired)).toEqual(edits);
    expect(sameRule(live, desired)).toBe(false);
    expect(bodyKey(live)).not.toBe(bodyKey(desired));
  });

  it('absent type beside content has no default', () => {
    const { contentType: _, ...serve } = withServe({}).serve;
    expect(ruleEdits({ ...rule('a'), serve }, rule('a'))).toEqual([
      { field: 'content_type', after: 'text/html' },
    ]);
  });

  it('the ref is no field, but rules of different refs are not the same', () => {
    const renamed = { ...rule('a'), ref: 'b' };
    expect(ruleEdits(rule('a'), renamed)).toEqual([]);
    expect(sameRule(rule('a'), renamed)).toBe(false);
    expect(rulesMatch([rule('a'), rule('b')], [rule('b'), rule('a')])).toBe(false);
    expect(rulesMatch([rule('a')], [])).toBe(false);
  });

  it('of assets are url and description, letter by letter', () => {
    expect(assetEdits(asset('a'), asset('a', { url: 'https://static.example.com/A.html' }))).toHaveLength(1);
    expect(assetEdits(asset('a'), asset('a', { description: 'd' }))).toEqual([
      { field: 'description', before: '', after: 'd' },
    ]);
  });
});

describe('carryAlong', () => {
  it('keeps the live text of what is equal and takes the desired text of what is not', () => {
    const live = liveRule({
      ref: 'a',
      expression: 'a  eq 5\n',
      serve: {
        source: { kind: 'content', content: 'x\n' },
        contentType: 'text/html',
        extra: { ttl: 1, status_code: 'x' },
      },
    });
    const desired = withServe({ source: content('x'), statusCode: 503 });
    expect(carryAlong(live, { ...desired, expression: 'a eq 5', description: '', enabled: false })).toEqual({
      ref: 'a',
      expression: 'a  eq 5\n',
      enabled: false,
      serve: { source: content('x\n'), contentType: 'text/html', statusCode: 503, extra: { ttl: 1 } },
    });
  });

  it('never writes content without its type', () => {
    const { contentType: _, ...serve } = rule('a', { asset: 'page' }).serve;
    const written = carryAlong({ ...rule('a'), serve }, rule('a'));
    expect(written.serve).toEqual(rule('a').serve);
  });
});

describe('laws', () => {
  const pair = fc.tuple(arbitrary.rule, arbitrary.rule, arbitrary.extra);

  it('equality is one relation, however it is asked', () => {
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const edits = ruleEdits(one, other);
        expect(edits.length === 0).toBe(bodyKey(one) === bodyKey(other));
        expect(ruleEdits(other, one).map(({ field }) => field)).toEqual(edits.map(({ field }) => field));
        expect(ruleEdits(one, one)).toEqual([]);
        expect(rulesMatch([one], [other])).toBe(sameRule(one, other));
      }),
    );
  });

  it('what is carried along is what was desired, and keeps every unknown parameter', () => {
    fc.assert(
      fc.property(pair, ([one, desired, extra]) => {
        const live = { ...one, serve: { ...one.serve, ...(Object.keys(extra).length > 0 && { extra }) } };
        const written = carryAlong(live, desired);
        expect(sameRule(written, desired)).toBe(true);
        expect(written.serve.extra ?? {}).toEqual(extra);
        expect(carryAlong(live, { ...live, serve: one.serve })).toEqual(live);
      }),
    );
  });
});

describe('digests', () => {
  it('do not depend on the order of keys, and on nothing less than the value', () => {
    expect(digest({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
      digest({ a: true, b: [1, { c: 'x', d: null }] }),
    );
    const values: readonly Json[] = [
      null,
      'null',
      0,
      '',
      [],
      {},
      [[]],
      [null],
      ['a', 'b'],
      ['a,b'],
      { a: 1 },
      ['a', 1],
    ];
    expect(new Set(values.map(digest)).size).toBe(values.length);
  });

  const there = { scope: zone, ruleset: noRuleset };
  const place = { item: span(1), keys: {} };

  it('of a ruleset update depend on everything that is written, as the API understands it', () => {
    const of = (one: Rule, description?: string): string =>
      changeDigest(there, {
        kind: 'ruleset-update',
        rules: [],
        body: {
          rules: [{ rule: one, origin: place }],
          ...(description === undefined ? {} : { description }),
        },
        origin: span(1),
      });
    const different = [
      of(rule('a')),
      of(rule('a'), ''),
      of(rule('a', { expression: 'ssl' })),
      of(rule('a', { description: 'd' })),
      of(rule('a', { enabled: false })),
      of(withServe({ source: page })),
      of(withServe({ contentType: 'text/xml' })),
      of(withServe({ statusCode: 503 })),
      of(withServe({ extra: { ttl: 1 } })),
    ];
    expect(new Set(different).size).toBe(different.length);
    expect(of(rule('a', { enabled: true, description: '' }))).toBe(of(rule('a')));
  });

  it('of an asset change depend on the kind, the body and everything that was read', () => {
    const before = liveAsset(asset('a'));
    const over = (live: LiveAsset): string =>
      changeDigest(there, { kind: 'asset-refresh', asset: asset('a'), live, origin: place });
    const different = [
      over(before),
      over({ ...before, lastUpdated: '2026-02-02T00:00:00Z' }),
      over({ ...before, sizeBytes: 1 }),
      over({ ...before, description: 'd' }),
      over({ ...before, url: 'https://example.org/' }),
      changeDigest(there, {
        kind: 'asset-update',
        asset: asset('a'),
        live: before,
        edits: [],
        origin: place,
      }),
      changeDigest(there, { kind: 'asset-create', asset: asset('a'), origin: place }),
      changeDigest(there, { kind: 'asset-delete', live: before, origin: span(1) }),
    ];
    expect(new Set(different).size).toBe(different.length);
  });

  it('are SHA-256 in hexadecimal', () => {
    // The hash of the two bytes `{}`, as any SHA-256 tool gives it.
    expect(digest({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
    expect(fingerprintOf([])).toMatch(/^cfe1:[0-9a-f]{64}$/);
    expect(fingerprintOf(['a', 'b'])).not.toBe(fingerprintOf(['b', 'a']));
  });
});
