import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseRules } from '../../src/behaviour/behaviour.ts';
import { type Context, evaluate, evaluateExpression, parse } from '../../src/expression/expression.ts';
import { contexts, expressions } from './lists.ts';

interface Row {
  readonly rules: readonly string[];
  readonly results: readonly {
    readonly index: number;
    readonly satisfiable: boolean;
    readonly reachable: boolean;
    readonly needs_domain?: boolean;
  }[];
}

function corpus(): readonly Row[] {
  const text = readFileSync(new URL('../corpora/reachability.jsonl', import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function answers(rules: readonly string[], index: number, context: Context): boolean {
  return rules
    .slice(0, index + 1)
    .every((rule, at) => evaluateExpression(rule, context).result === (at === index));
}

/** For each response of the small world, whether the rule answers it. */
function truths(rule: string): readonly boolean[] {
  const { tree } = parse(rule);
  return contexts.map((context) => tree !== undefined && evaluate(tree, context).result === true);
}

/** Whether some response of the small world gets past the other rules to the last. */
function isReached(rules: readonly (readonly boolean[])[]): boolean {
  const [last = [], ...others] = rules.toReversed();
  return last.some((truth, at) => truth && others.every((other) => other[at] === false));
}

const runs = Number(process.env.REACH_RUNS ?? 300);
const timeout = 30_000 + runs * 100;

describe('analyseRules', () => {
  it('agrees with the engine on which rules of the corpus are reached', () => {
    const cases = corpus().flatMap(({ rules, results }) => {
      const found = analyseRules(rules);
      return results.map((wanted) => ({ wanted, found: found[wanted.index], rules }));
    });
    const dead = cases.filter(({ wanted }) => !wanted.reachable);
    const wrong = cases.filter(({ wanted, found }) => wanted.reachable && found?.reachable === false);
    const unsound = cases.filter(({ wanted, found }) => !wanted.reachable && found?.reachable === true);
    const missed = dead.filter(({ found }) => found?.reachable !== false);
    const domains = dead.filter(({ wanted, found }) => found?.needsDomain !== wanted.needs_domain);
    expect({ wrong, unsound, domains }).toEqual({ wrong: [], unsound: [], domains: [] });
    expect(missed.length).toBeLessThanOrEqual(dead.length * 0.02);
  });

  it('agrees with trying every response of a small world', { timeout }, () => {
    fc.assert(
      fc.property(fc.array(expressions.exact, { minLength: 1, maxLength: 6 }), (rules) => {
        const world = rules.map(truths);
        for (const { index, satisfiable, reachable, coveredBy = [], witness } of analyseRules(rules)) {
          expect(reachable, rules.join('\n')).toBe(isReached(world.slice(0, index + 1)));
          expect(satisfiable).toBe(world[index]?.includes(true));
          if (witness !== undefined) expect(answers(rules, index, witness)).toBe(true);
          const cover = [...coveredBy, index].map((at) => world[at] ?? []);
          if (reachable === false) expect(isReached(cover)).toBe(false);
          for (const left of coveredBy)
            expect(isReached(cover.filter((one) => one !== world[left]))).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  });

  it('never calls a rule unreachable that some response reaches, whatever its conditions', {
    timeout,
  }, () => {
    fc.assert(
      fc.property(fc.array(expressions.any, { minLength: 1, maxLength: 6 }), (rules) => {
        const world = rules.map(truths);
        for (const { index, satisfiable, reachable, witness } of analyseRules(rules)) {
          if (world[index]?.includes(true)) expect(satisfiable).not.toBe(false);
          if (isReached(world.slice(0, index + 1))) expect(reachable, rules.join('\n')).not.toBe(false);
          if (reachable === true) expect(answers(rules, index, witness ?? {})).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  });

  const code = 'http.response.code';
  const path = 'http.request.uri.path';
  const header = 'http.request.headers["a"][0]';
  const each = 'http.request.headers["a"][*]';
  const ids = 'cf.bot_management.detection_ids[*]';
  it.each<[why: string, rules: readonly string[], reachable: boolean | null, coveredBy?: readonly number[]]>([
    ['a status below 400', [`${code} lt 400`], false],
    ['no set at all', [`${code} in {}`], false],
    ['one rule covers', ['ssl', `${code} ge 500`, `${code} eq 503 and ssl`], false, [0]],
    [
      'two rules cover together',
      [`${code} lt 450`, `${path} eq "/"`, `${code} ge 450`, 'ssl'],
      false,
      [0, 2],
    ],
    ['bits of a status', [`${code} & 1`, `not ${code} & 1`, 'true'], false, [0, 1]],
    ['a missing header is not equal', [`${header} eq "x"`, `not (${header} eq "x")`, 'true'], false, [0, 1]],
    ['a missing header is not unequal either', [`${header} eq "x"`, `${header} ne "x"`, 'true'], true],
    [
      'the same call twice',
      [`lower(${header}) matches "^a+$"`, `ssl and lower(${header}) matches "^a+$"`],
      false,
      [0],
    ],
    ['a fresh value each time', ['cf.random_seed eq "a"', 'cf.random_seed eq "a" and ssl'], null],
    ['a longer prefix', [`starts_with(${path}, "/api")`, `starts_with(${path}, "/api/v1")`], false, [0]],
    ['a shorter prefix', [`starts_with(${path}, "/api/v1")`, `starts_with(${path}, "/api")`], true],
    ['case that does not count', [`${path} wildcard "/API/*"`, `lower(${path}) eq "/api/x"`], false, [0]],
    ['case that counts', [`${path} strict wildcard "/API/*"`, `lower(${path}) eq "/api/x"`], true],
    ['capitals in lower case', [`lower(${path}) eq "/A"`], false],
    ['a length of a named value', [`${path} eq "/a" and len(${path}) gt 2`], false],
    ['a part of a named value', [`${path} eq "/a/b" and not ${path} contains "/b"`], false],
    [
      'networks of both families',
      ['ip.src in {0.0.0.0/1}', 'ip.src in {128.0.0.0/1}', 'ip.src in {::/0}', 'true'],
      false,
      [0, 1, 2],
    ],
    ['one family only', ['ip.src in {0.0.0.0/0}', 'true'], true],
    ['a list', ['ip.src in $office', 'ip.src in $office and ssl'], false, [0]],
    ['what nobody can evaluate', ['ip.src in $office'], null],
    ['a field that is always 0', ['cf.threat_score gt 10'], false],
    ['one of the documented words', ['cf.response.error_type contains "challenge"'], true],
    ['what no string comes before', [`${path} ge ""`, 'true'], false, [0]],
    ['one text in any case, and a part', [`lower(${path}) eq "/a" and ${path} contains "b"`], false],
    [
      'a regular expression for any case',
      [`${path} matches "(?i)^/API/"`, `${path} eq "/api/x"`],
      false,
      [0],
    ],
    [
      'a regular expression with a loose end',
      [`${path} matches "^/a/.*"`, `starts_with(${path}, "/a/b")`],
      false,
      [0],
    ],
    [
      'the first bytes',
      [`starts_with(${path}, "/a")`, `substring(${path}, 0, 3) in {"/ab" "/ac"}`],
      false,
      [0],
    ],
    ['the last bytes', [`ends_with(${path}, "b")`, `substring(${path}, -2) eq "ab"`], false, [0]],
    ['fewer bytes than asked for', [`substring(${path}, 0, 3) eq "/abc"`], false],
    ['a part of any element', [`any(${each} contains "x")`, `any(${each} eq "xy")`], false, [0]],
    [
      'any element in any case',
      [`any(lower(${each})[*] eq "x")`, `any(starts_with(${each}, "X")) and any(${each} in {"X" "x"})`],
      false,
      [0],
    ],
    ['a number among more', [`any(${ids} in {1..9})`, `any(${ids} in {3 5})`], false, [0]],
    ['every element of fewer', [`all(${each} in {"x" "y"})`, `all(${each} eq "x")`], false, [0]],
    ['every element, and another one', [`all(${each} eq "x") and any(${each} eq "y")`], false],
    [
      'a bare call of nothing is false, a comparison true',
      [`all(starts_with(${each}, "x"))`, `all(${each} eq "x")`],
      true,
    ],
    [
      'and the other way round',
      [`all((starts_with(${each}, "x")))`, `all(starts_with(${each}, "xy"))`],
      false,
      [0],
    ],
    ['capitals in lower-case elements', [`any(lower(${each})[*] eq "X")`], false],
    ['a number in an array', [`any(${ids} eq 3221228505)`], true],
    ['a bit of a number', ['ip.src.asnum & 4096'], true],
    ['a header that is there', ['has_key(http.request.headers, "a")'], true],
    [
      'a header and what it holds',
      ['not has_key(http.request.headers, "a")', `${header} eq "x"`, 'has_key(http.request.headers, "b")'],
      true,
    ],
    [
      'three parts of a path',
      [`${path} contains "a" and ${path} contains "b" and ${path} contains "c"`],
      true,
    ],
    ['a header value found by any', ['any(http.request.headers["a"][*] eq "x")'], true],
    [
      'any and all are no opposites',
      [`any(http.request.headers["a"][*] eq "x")`, `all(http.request.headers["a"][*] ne "x")`, 'true'],
      null,
    ],
    ['one field against another', ['http.host eq http.request.uri.path', 'ssl'], true],
    ['strings in order', [`${path} lt "/m"`, `${path} ge "/m"`, 'true'], false, [0, 1]],
    ['a rule that cannot be read covers nothing', ['true and', 'ssl'], true],
    ['a rule that cannot be read', ['ssl', 'true and'], null],
  ])('%s', (_, rules, reachable, coveredBy) => {
    const last = analyseRules(rules).at(-1);
    expect(last?.reachable).toBe(reachable);
    expect(last?.coveredBy).toEqual(coveredBy);
  });

  it('gives up on what is too tangled, and says so', () => {
    const knots = Array.from(
      { length: 40 },
      (_, at) => `(any(http.request.headers["a${at}"][*] matches "(x+x+)+${at}") xor ip.src in $l${at})`,
    );
    const [found] = analyseRules([knots.join(' xor ')]);
    expect(found).toEqual({ index: 0, satisfiable: null, reachable: null });
  });
});
