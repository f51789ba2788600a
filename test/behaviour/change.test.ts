import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerTo, type RuleLists, visitorChanges } from '../../src/behaviour/behaviour.ts';
import { type Context, type Expression, evaluate, parse } from '../../src/expression/expression.ts';
import type { KnownSight, RuleName, VisitorChange, VisitorCondition } from '../../src/model/behaviour.ts';
import type { Rule } from '../../src/model/body.ts';
import { contexts, expressions } from './lists.ts';

function rule(ref: string, expression: string, content = ref): Rule {
  return { ref, expression, serve: { source: { kind: 'content', content }, contentType: 'text/html' } };
}

const api = rule('api_json', 'http.response.code ge 500 and starts_with(http.request.uri.path, "/api/")');
const branded = rule('branded_5xx', 'http.response.code ge 500 and http.response.code lt 600');
const maintenance = rule('maintenance', 'http.response.code eq 503 and http.host eq "shop.example.com"');
const notFound = rule('not_found', 'http.response.code eq 404');

function words(before: RuleLists, after: RuleLists): readonly string[] {
  const { rows, leftOut, isComplete } = visitorChanges(before, after);
  expect({ leftOut, isComplete }).toEqual({ leftOut: 0, isComplete: true });
  return rows.map((row) => row.words);
}

const runs = Number(process.env.REACH_RUNS ?? 200);
const timeout = 30_000 + runs * 100;

describe('visitorChanges', () => {
  it.each<[what: string, before: RuleLists, after: RuleLists, rows: readonly string[]]>([
    [
      'rules that are added',
      { zone: [branded] },
      { zone: [maintenance, branded, notFound] },
      ['404 anywhere: no zone rule → not_found', '503 on shop.example.com: branded_5xx → maintenance'],
    ],
    [
      'a rule behind one that stays',
      { zone: [api, branded] },
      { zone: [api, maintenance, branded] },
      ['503 on shop.example.com unless api_json answers: branded_5xx → maintenance'],
    ],
    [
      'an order that is turned round',
      { zone: [api, branded] },
      { zone: [branded, api] },
      ['500-599 at /api/*: api_json → branded_5xx'],
    ],
    ['an order that makes no difference', { zone: [notFound, branded] }, { zone: [branded, notFound] }, []],
    [
      'another name for the same page',
      { zone: [rule('old', 'ssl', 'page')] },
      { zone: [rule('new', 'ssl', 'page')] },
      [],
    ],
    [
      'another page',
      { zone: [branded] },
      { zone: [rule('branded_5xx', branded.expression, 'new')] },
      ['500-599 anywhere: branded_5xx → branded_5xx (new page)'],
    ],
    [
      'a rule that is disabled',
      { zone: [notFound] },
      { zone: [{ ...notFound, enabled: false }] },
      ['404 anywhere: not_found → no zone rule'],
    ],
    [
      'an account that answers instead',
      { zone: [branded], account: [rule('all', 'true')] },
      { zone: [], account: [rule('all', 'true')] },
      ['500-599 anywhere: branded_5xx → account rule all'],
    ],
    [
      'an account for itself',
      { account: [] },
      { account: [rule('all', 'true')] },
      ['any error anywhere: no account rule → all'],
    ],
    ['a rule that nobody reaches', { zone: [branded] }, { zone: [branded, maintenance] }, []],
    [
      'a condition that nobody can compute',
      { zone: [] },
      { zone: [rule('office', 'ip.src in $office')] },
      ['any error anywhere: no zone rule → unknown (office or no zone rule; ip.src in $office decides)'],
    ],
    [
      'a condition that nobody can compute beside others that everybody can',
      { zone: [branded] },
      {
        zone: [
          rule('office', 'http.response.code eq 503 and http.host eq "a" and ip.src in $office'),
          branded,
          notFound,
        ],
      },
      [
        '503 on a: branded_5xx → unknown (office or branded_5xx; ip.src in $office decides)',
        '404 anywhere: no zone rule → not_found',
      ],
    ],
    [
      'a regular expression that only Cloudflare can run',
      { zone: [] },
      { zone: [rule('letters', String.raw`http.host matches r"^\pL+$"`)] },
      [
        String.raw`any error anywhere: no zone rule → unknown (letters or no zone rule; http.host matches r"^\pL+$" decides)`,
      ],
    ],
    [
      'a function of which nobody says what it gives',
      { zone: [rule('hash', 'sha256(http.host) eq "x"'), notFound] },
      { zone: [notFound] },
      [
        '404 anywhere: unknown (hash or not_found; sha256(http.host) eq "x" decides) → not_found',
        '400-403, 405-999 anywhere: unknown (hash or no zone rule; sha256(http.host) eq "x" decides) → no zone rule',
      ],
    ],
    [
      'another page of a rule that answers nobody knows when',
      { zone: [rule('office', 'ip.src in $office'), branded] },
      { zone: [rule('office', 'ip.src in $office', 'new'), branded, notFound] },
      [
        'any error where office answers: office → office (new page)',
        '404 unless office answers: no zone rule → not_found',
      ],
    ],
    [
      'the same page from whoever answers',
      { zone: [branded] },
      { zone: [rule('office', 'ip.src in $office', 'branded_5xx'), branded] },
      [
        '400-499, 600-999 anywhere: no zone rule → unknown (office or no zone rule; ip.src in $office decides)',
      ],
    ],
    [
      'another status, and another type',
      { zone: [branded] },
      { zone: [{ ...branded, serve: { ...branded.serve, statusCode: 503, contentType: 'text/plain' } }] },
      ['500-599 anywhere: branded_5xx → branded_5xx (status 503, as text/plain)'],
    ],
    [
      'more values than a sentence holds',
      { zone: [] },
      {
        zone: [
          rule(
            'hosts',
            `http.host in {${'abcdefghij'
              .split('')
              .map((one) => `"${one}"`)
              .join(' ')}}`,
          ),
        ],
      },
      ['any error on a, b, c, d, e, f, g and 3 more: no zone rule → hosts'],
    ],
    [
      'a rule that cannot be read, and stays',
      { zone: [rule('odd', 'odd(')] },
      { zone: [rule('odd', 'odd('), notFound] },
      ['404 unless odd answers: no zone rule → not_found'],
    ],
    [
      'methods and headers',
      { zone: [] },
      {
        zone: [
          rule('json', 'http.request.method in {"GET" "HEAD"} and http.request.headers["accept"][0] ne "x"'),
        ],
      },
      [
        'any error for GET, HEAD where http.request.headers["accept"][0] is none of x, nothing: no zone rule → json',
      ],
    ],
  ])('%s', (_, before, after, rows) => {
    expect(words(before, after).toSorted()).toEqual(rows.toSorted());
  });

  it('says unknown where more conditions than anybody can read decide', () => {
    const tangled = Array.from(
      { length: 8 },
      (_, at) => `any(http.request.headers["h${at}"][*] eq "x")`,
    ).join(' xor ');
    const { rows } = visitorChanges({ zone: [] }, { zone: [rule('tangled', tangled)] });
    expect(rows.map(({ after }) => after.kind)).toContain('unknown');
  });

  it('is bounded, and says what it left out', () => {
    const many = Array.from({ length: 300 }, (_, at) =>
      rule(`r${at}`, `http.host eq "h${at}.example" and http.response.code eq ${400 + at}`),
    );
    const found = visitorChanges({ zone: [] }, { zone: many });
    expect(found.rows).toHaveLength(50);
    expect(found.leftOut).toBe(250);
  });

  it('names what presses most first', () => {
    const list = ['404', '999', '503', '400', '599'].map((code) =>
      rule(`r${code}`, `http.response.code eq ${code}`),
    );
    const there = rule('here', 'http.response.code eq 599 and http.host eq "a"');
    expect(words({ zone: [] }, { zone: [there, ...list] })).toEqual([
      '503 anywhere: no zone rule → r503',
      '599 on a: no zone rule → here',
      '599 on other hosts than a: no zone rule → r599',
      '400 anywhere: no zone rule → r400',
      '404 anywhere: no zone rule → r404',
      '999 anywhere: no zone rule → r999',
    ]);
  });

  it('tells of pages that change behind rules that do not', () => {
    const asset = (ref: string, expression: string): Rule => ({
      ...rule(ref, expression),
      serve: { source: { kind: 'asset', assetName: ref } },
    });
    const lists = {
      zone: [asset('down', branded.expression), asset('gone', notFound.expression), asset('kept', 'true')],
      account: [asset('down', 'true')],
    };
    const renewals = {
      zone: new Map([
        ['down', 'fetch'],
        ['gone', 'page'],
      ] as const),
    };
    expect(visitorChanges(lists, lists, renewals).rows.map((row) => row.words)).toEqual([
      '500-599 anywhere: down → down (page fetched again)',
      '404 anywhere: gone → gone (new page)',
    ]);
  });

  it('agrees with what visitors are served', { timeout }, () => {
    const serves = fc.array(
      fc.record({ page: fc.constantFrom('one', 'two'), status: fc.constantFrom(undefined, 503) }),
      { minLength: 4, maxLength: 4 },
    );
    const list = fc.array(expressions.unordered, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(list, serves, serves, fc.nat(6), (texts, one, other, part) => {
        const [before, after] = [one, other].map((choice): readonly Rule[] =>
          texts.map((text, at) => serving(rule(`r${at}`, text, choice[at]?.page), choice[at]?.status)),
        );
        const { rows, leftOut, isComplete } = visitorChanges({ zone: before ?? [] }, { zone: after ?? [] });
        fc.pre(leftOut === 0 && isComplete);
        const world = new Map(texts.map((text, at) => [`r${at}`, truths(text)]));
        for (const [at, context] of contexts.entries()) {
          if (at % 7 !== part) continue;
          const [then, now] = [before, after].map((zone) => answerTo({ zone: zone ?? [] }, context));
          const mine = rows.filter((row) => fits(row, context, { world, at }));
          if (JSON.stringify(then?.served) !== JSON.stringify(now?.served)) expect(mine).not.toEqual([]);
          const kinds = mine.flatMap(({ before, differences }) =>
            before.kind === 'rule' ? differences : [],
          );
          const isOther = JSON.stringify(then?.served?.source) !== JSON.stringify(now?.served?.source);
          if (mine.every((row) => row.after.kind === 'rule'))
            expect(kinds.some(({ kind }) => kind === 'page')).toBe(isOther);
        }
      }),
      { numRuns: runs },
    );
  });

  it('never says for certain what an opaque condition decides', { timeout }, () => {
    const opaque = 'ip.src in $office';
    const tangled = fc
      .tuple(expressions.unordered, fc.constantFrom('X', 'X and Y', 'X or Y', 'not X and Y', 'Y', 'Y'))
      .map(([text, shape]) => shape.replace('X', opaque).replace('Y', `(${text})`));
    const list = fc.array(tangled, { maxLength: 3 });
    fc.assert(
      fc.property(list, list, list, fc.nat(6), (kept, removed, added, part) => {
        const before = [...named('k', kept), ...named('r', removed)];
        const after = [...named('a', added), ...named('k', kept)];
        const { rows, leftOut, isComplete } = visitorChanges({ zone: before }, { zone: after });
        fc.pre(leftOut === 0 && isComplete);
        for (const truth of ['true', 'not true']) {
          const known = (one: Rule) => truths(one.expression.replaceAll(opaque, `(${truth})`));
          const world = new Map([...before, ...after].map((one) => [one.ref, known(one)]));
          for (const [at, context] of contexts.entries()) {
            if (at % 7 !== part) continue;
            const wanted = [before, after].map(
              (some) => some.find(({ ref }) => world.get(ref)?.[at])?.ref ?? 'none',
            );
            const mine = rows.filter((row) => fits(row, context, { world, at }));
            expect(mine.every((row) => isPossible(row, wanted))).toBe(true);
            expect(mine.length > 0 || wanted[0] === wanted[1]).toBe(true);
          }
        }
      }),
      { numRuns: runs },
    );
  });

  it('agrees with evaluating both lists for every response of a small world', { timeout }, () => {
    const list = fc.array(expressions.unordered, { maxLength: 4 });
    fc.assert(
      fc.property(list, list, list, fc.nat(6), (kept, removed, added, part) => {
        const before = [...named('k', kept), ...named('r', removed)];
        const after = [...named('a', added), ...named('k', kept)];
        const { rows, leftOut, isComplete } = visitorChanges({ zone: before }, { zone: after });
        fc.pre(leftOut === 0 && isComplete);
        const world = new Map([...before, ...after].map((one) => [one.ref, truths(one.expression)]));
        // A seventh of the small world will do each time.
        for (const [at, context] of contexts.entries()) {
          if (at % 7 !== part) continue;
          const wanted = [before, after].map(
            (list) => list.find(({ ref }) => world.get(ref)?.[at])?.ref ?? 'none',
          );
          const mine = rows.filter((row) => fits(row, context, { world, at }));
          expect({ wanted, told: mine.map(told) }).toSatisfy(agrees);
        }
      }),
      { numRuns: runs },
    );
  });
});

function named(prefix: string, texts: readonly string[]): readonly Rule[] {
  return texts.map((text, at) => rule(`${prefix}${at}`, text));
}

function serving(one: Rule, statusCode: number | undefined): Rule {
  return statusCode === undefined ? one : { ...one, serve: { ...one.serve, statusCode } };
}

/** What is wanted is what is told, or among what is told to be possible. */
function isPossible({ before, after }: VisitorChange, wanted: readonly string[]): boolean {
  const refOf = (seen: KnownSight): string => (seen.kind === 'rule' ? seen.ref : 'none');
  return [before, after].every((seen, side) => {
    if (seen.kind !== 'unknown') return refOf(seen) === wanted[side];
    return seen.candidates.length > 4 || seen.candidates.map(refOf).includes(wanted[side] ?? '');
  });
}

type World = ReadonlyMap<string, readonly boolean[]>;

function truths(expression: string): readonly boolean[] {
  const { tree } = parse(expression);
  return contexts.map((context) => tree !== undefined && evaluate(tree, context).result === true);
}

function told({ before, after }: VisitorChange): readonly string[] {
  return [before, after].map((seen) => (seen.kind === 'rule' ? seen.ref : seen.kind));
}

/** Every row that speaks of a visitor must be right or unknown, and whoever sees something else is spoken of. */
function agrees({
  wanted,
  told,
}: {
  wanted: readonly string[];
  told: readonly (readonly string[])[];
}): boolean {
  const isRight = told.every((row) => row.every((ref, side) => ref === 'unknown' || ref === wanted[side]));
  return isRight && (told.length > 0 || wanted[0] === wanted[1]);
}

interface Place {
  readonly world: World;
  readonly at: number;
}

function fits({ status, conditions }: VisitorChange, context: Context, place: Place): boolean {
  const code = Number(context['http.response.code']);
  return inRanges(status.split(', '), code) && conditions.every((one) => isMet(one, context, place));
}

function inRanges(ranges: readonly string[], value: number): boolean {
  return ranges.some((range) => {
    const [from = '', to = from] = range
      .replace('up to ', '0-')
      .replace(/^from (\d+)$/, '$1-9999')
      .split('-');
    return Number(from) <= value && value <= Number(to);
  });
}

function isMet(condition: VisitorCondition, context: Context, { world, at }: Place): boolean {
  if (condition.kind === 'unless') return !answers(condition.rule, world, at);
  if (condition.kind === 'when') return answers(condition.rule, world, at);
  if (condition.kind === 'part') return holds(condition.text, context) === condition.holds;
  return condition.values.some((value) => isValue(condition.field, value, context)) !== condition.isNot;
}

function answers({ ref }: RuleName, world: World, at: number): boolean {
  return world.get(ref)?.[at] === true;
}

const trees = new Map<string, Expression | undefined>();

function holds(text: string, context: Context): boolean | null {
  const tree = trees.has(text) ? trees.get(text) : parse(text).tree;
  trees.set(text, tree);
  return tree === undefined ? null : evaluate(tree, context).result;
}

/** Asks the evaluator whether a field has the value that a row names, by way of an expression. */
function isValue(field: string, value: string, context: Context): boolean {
  if (value === 'nothing')
    return !holds(field.startsWith('len(') ? `${field} ge 0` : `len(${field}) ge 0`, context);
  if (value === 'true' || value === 'false') return holds(field, context) === (value === 'true');
  const number = /^(?:up to |from )?-?\d+(?:-\d+)?$/.test(value) && field.startsWith('len(');
  if (number)
    return Array.from({ length: 30 }, (_, at) => at).some(
      (at) => inRanges([value], at) && holds(`${field} eq ${at}`, context),
    );
  return holds(`${field} eq "${value}"`, context) === true;
}
