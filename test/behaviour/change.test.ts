import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RuleLists, visitorChanges } from '../../src/behaviour/behaviour.ts';
import { type Context, type Expression, evaluate, parse } from '../../src/expression/expression.ts';
import type { RuleName, VisitorChange, VisitorCondition } from '../../src/model/behaviour.ts';
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
      ['500-599 where starts_with(http.request.uri.path, "/api/"): api_json → branded_5xx'],
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
      ['500-599 anywhere: branded_5xx → branded_5xx with another page'],
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
      ['any error where ip.src in $office: no zone rule → office'],
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
        'any error for GET, HEAD where http.request.headers["accept"][0] is not x, nothing: no zone rule → json',
      ],
    ],
  ])('%s', (_, before, after, rows) => {
    expect(words(before, after).toSorted()).toEqual(rows.toSorted());
  });

  it('says unknown where more conditions than anybody can read decide', () => {
    const tangled = Array.from({ length: 8 }, (_, at) => `ip.src in $l${at}`).join(' xor ');
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
