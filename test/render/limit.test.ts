import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import { type Problem, problem, type Severity } from '../../src/problem/problem.ts';
import { planMarkdown } from '../../src/render/render.ts';
import { emptyPlan, richPlan, source } from './fixture.ts';

const look = { sandbox: false, sources: new Map([['custom-errors.yaml', source]]) };
const whole = planMarkdown(richPlan, look);

/** Many scopes, the first of them by far the largest. */
function manyScopes(number: number): Plan {
  const [large, small] = richPlan.scopes;
  if (large === undefined || small === undefined) throw new Error('the fixture has two scopes that change');
  const others = Array.from({ length: number }, (_, index) => ({
    ...small,
    scope: { ...small.scope, name: `zone${index}.example.com` },
    problems: [],
  }));
  return { ...richPlan, scopes: [large, ...others] };
}

describe('a limit on Markdown', () => {
  it('changes nothing that fits', () => {
    expect(planMarkdown(richPlan, { ...look, limit: whole.length })).toBe(whole);
  });

  it('is kept at every size, and the counts and the fingerprint stay', () => {
    for (let limit = 700; limit < whole.length; limit += 41) {
      const text = planMarkdown(richPlan, { ...look, limit });
      expect(text.length).toBeLessThanOrEqual(limit);
      expect(text).toContain('2 to add, 5 to change, 1 to move, 4 to destroy');
      expect(text).toContain(richPlan.fingerprint);
      expect(text).toContain('_Shortened to fit');
      expect(text).toMatch(/\*\*What changes for visitors\*\*\n\nzone `shop\.example\.com`:/);
    }
  });

  it('takes the details of the largest scope first, the last ones before others', () => {
    const detail = 'rule `maintenance`, content';
    const text = planMarkdown(richPlan, { ...look, limit: whole.length - 1 });
    expect(text).toContain('| `-` | rule | `old_404`');
    expect(text).toContain(detail);
    expect(text).toMatch(/_\d longer texts left out here\._\n\n<\/details>/);
    expect(planMarkdown(richPlan, { ...look, limit: whole.length / 2 })).not.toContain(detail);
  });

  it('leaves the gravest problems, each with its beginning, where there are too many to tell', () => {
    const many = (severity: Severity, number: number): readonly Problem[] =>
      Array.from({ length: number }, (_, at) =>
        problem({ code: 'plan/empty', severity, message: `${severity} ${at} ${'x'.repeat(2_000)}` }),
      );
    const plan = { ...richPlan, problems: [...many('warning', 500), ...many('hazard', 2)] };
    const text = planMarkdown(plan, { ...look, limit: 20_000 });
    expect(text.length).toBeLessThanOrEqual(20_000);
    for (const words of ['hazard: hazard 0', 'hazard: hazard 1', 'warning: warning 0'])
      expect(text).toContain(words);
    expect(text).toMatch(/and \d+ more\n```/);
  });

  it('is not there for a line of a problem, which is broken where a reader could not see its end', () => {
    const long = problem({ code: 'plan/empty', message: `${'word '.repeat(60)}END` });
    const lines = planMarkdown({ ...richPlan, problems: [long] }, look).split('\n');
    expect(lines.find((line) => line.includes('END'))?.length).toBeLessThanOrEqual(104);
  });

  it('holds 500 scopes in one comment, each at least by name', () => {
    const text = planMarkdown(manyScopes(500), { ...look, limit: 65_536 });
    expect(text.length).toBeLessThanOrEqual(65_536);
    for (const name of ['zone0.', 'zone250.', 'zone499.']) expect(text).toContain(name);
  });

  it('leaves out the names of quiet scopes only when it must', () => {
    const quiet = Array.from({ length: 300 }, (_, index) => ({
      ...emptyPlan.scopes[0],
      scope: { kind: 'zone', id: `${index}`.padStart(32, '0'), name: `quiet${index}.example.com` },
    })) as unknown as Plan['scopes'];
    const plan = { ...emptyPlan, scopes: quiet };
    expect(planMarkdown(plan, look)).toContain('quiet299.example.com');
    expect(planMarkdown(plan, { ...look, limit: 1_000 })).toContain('300 scopes without changes.');
  });
});
