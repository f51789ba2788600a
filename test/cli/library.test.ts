import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const path = join(import.meta.dirname, '../../dist/index.js');
const door: typeof import('../../src/index.ts') = await import(path);

describe('the library door of the built package', () => {
  it('analyses the rules of a list, each with just the keys that apply', () => {
    const code = 'http.response.code';
    const rules = [`${code} lt 400`, `${code} ge 500`, `${code} lt 500`, 'ssl', 'true and'];
    expect(door.analyseRules(rules)).toStrictEqual([
      { index: 0, satisfiable: false, reachable: false, needsDomain: true },
      { index: 1, satisfiable: true, reachable: true, witness: { [code]: 500 } },
      { index: 2, satisfiable: true, reachable: true, witness: { [code]: 400 } },
      { index: 3, satisfiable: true, reachable: false, coveredBy: [1, 2], needsDomain: false },
      { index: 4, satisfiable: null, reachable: null },
    ]);
    expect(door.analyseRules(['ip.src in $office'])).toStrictEqual([
      { index: 0, satisfiable: null, reachable: null },
    ]);
  });

  it('checks an expression, with and without a plan', () => {
    const regex = 'http.host matches "^a"';
    expect(door.checkExpression(regex)).toMatchObject({ valid: true, problems: [] });
    expect(door.checkExpression(regex, { plan: 'pro' })).toMatchObject({
      valid: false,
      problems: [{ code: 'expression/plan', severity: 'error' }],
    });
  });

  it('evaluates an expression, or says why it cannot', () => {
    expect(door.evaluateExpression('ssl', { ssl: true })).toStrictEqual({ result: true });
    expect(door.evaluateExpression('ip.src in $office', { 'ip.src': '192.0.2.1' })).toStrictEqual({
      result: null,
      reason: expect.any(String),
    });
  });
});
