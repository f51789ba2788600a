import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { annotationsOf } from '../../src/action/annotations.ts';
import { inInputWords } from '../../src/action/input-words.ts';
import { readInputs } from '../../src/action/inputs.ts';
import { reasonOf, reasons } from '../../src/action/reasons.ts';
import { codes, type ProblemCode } from '../../src/problem/codes.ts';
import { type Problem, problem, type Severity } from '../../src/problem/problem.ts';

const span = { file: 'errors.yaml', line: 3, column: 5, endLine: 3, endColumn: 9 };

function problems(count: number, severity: Severity): readonly Problem[] {
  return Array.from({ length: count }, (_, at) =>
    problem({ code: 'config/not-allowed', severity, message: `number ${at + 1}`, span }),
  );
}

describe('annotations', () => {
  const ground = { cwd: '/work/sites', workspace: '/work', isApply: false };

  it('stand at their line, with a path from the root of the repository', () => {
    const [mark] = annotationsOf(problems(1, 'error'), ground);
    expect(mark).toMatchObject({
      level: 'error',
      title: 'config/not-allowed',
      place: { ...span, file: 'sites/errors.yaml' },
    });
  });

  it.each([
    ['<stdin>', '/work/sites'],
    ['../../etc/errors.yaml', '/work/sites'],
    ['/elsewhere/errors.yaml', '/work'],
  ])('have no place in %s', (file, cwd) => {
    const one = problem({ code: 'config/not-allowed', message: 'wrong', span: { ...span, file } });
    expect(annotationsOf([one], { ...ground, cwd })[0]).not.toHaveProperty('place');
  });

  it('never show more than GitHub does, and count the rest', () => {
    expect(annotationsOf(problems(10, 'error'), ground)).toHaveLength(10);
    const marks = annotationsOf([...problems(14, 'error'), ...problems(2, 'warning')], ground);
    expect(marks.map(({ level }) => level)).toEqual([...Array(10).fill('error'), 'warning', 'warning']);
    expect(marks[9]).toMatchObject({ title: '14 errors', message: expect.stringContaining('5 more errors') });
  });

  it('say a hazard as grave as it is', () => {
    expect(annotationsOf(problems(1, 'hazard'), ground)[0]?.level).toBe('warning');
    expect(annotationsOf(problems(1, 'hazard'), { ...ground, isApply: true })[0]?.level).toBe('error');
  });

  it('are lines of which no text makes more', () => {
    const one = problem({ code: 'config/not-allowed', message: 'a\n::error::b\u001b[2J', hint: 'c\r\nd' });
    expect(annotationsOf([one], ground)[0]?.message).toBe('a\\n::error::b\\u{1b}[2J\nhint: c\\r\\nd');
  });
});

describe('inputs', () => {
  const read = (given: Readonly<Record<string, string>>) => readInputs((name) => given[name] ?? '');

  it('have the defaults of action.yml where they are empty', () => {
    const text = readFileSync('action.yml', 'utf8');
    const defaults = [...text.matchAll(/^ {2}([\w-]+):\n(?: {4}.*\n)*? {4}default: (.*)$/gm)].map(
      ([, name = '', value = '']) => [name, value.replaceAll("'", '')] as const,
    );
    expect(defaults.length).toBeGreaterThan(15);
    const given = Object.fromEntries(defaults.filter(([, value]) => !value.startsWith('$')));
    expect(read(given).value).toEqual(read({}).value);
  });

  it.each([
    ['command', 'destroy'],
    ['comment', 'yes'],
    ['comment-id', 'a b'],
    ['fingerprint', 'from-comment'],
    ['plan-file', 'plan.json'],
    ['config', '-'],
    ['online', '1'],
    ['parallelism', '65'],
    ['max-wait', '-1'],
  ])('%s cannot be %j', (name, value) => {
    const { value: inputs, problems: found } = read({ [name]: value });
    expect(inputs).toBeUndefined();
    expect(found).toMatchObject([{ code: 'action/usage', message: expect.stringContaining(name) }]);
  });

  it('fingerprint cannot be any text', () => {
    expect(read({ command: 'apply', fingerprint: 'cfe1:XYZ' }).problems).toHaveLength(1);
    expect(read({ command: 'apply', fingerprint: 'cfe1:0a' }).problems).toEqual([]);
  });

  it('all report at once', () => {
    expect(read({ command: 'x', online: 'x', 'max-wait': 'x' }).problems).toHaveLength(3);
  });
});

describe('the reason of a failure', () => {
  it('is always one that action.yml explains', () => {
    const text = readFileSync('action.yml', 'utf8').replaceAll(/\s+/g, ' ');
    for (const reason of Object.keys(reasons)) expect(text).toContain(`\`${reason}\``);
  });

  it.each<readonly [ProblemCode, string]>([
    ['config/not-allowed', 'validation'],
    ['expression/unknown-field', 'validation'],
    ['app/no-credentials', 'auth'],
    ['cloudflare/no-permission', 'auth'],
    ['cloudflare/timeout', 'plan-failed'],
    ['apply/plan-changed', 'plan-changed'],
    ['apply/overwrote-other-writer', 'other-writer'],
    ['apply/changed-meanwhile', 'other-writer'],
    ['behaviour/test-failed', 'validation'],
    ['action/stray-link', 'validation'],
    ['action/github-permission', 'not-reviewed'],
    ['action/fork-with-token', 'refused'],
    ['action/usage', 'usage'],
  ])('is, for %s, %s', (code, expected) => {
    expect(reasonOf([problem({ code, severity: 'error', message: 'it is so' })], 'plan-failed')).toBe(
      expected,
    );
  });

  it('comes from errors alone', () => {
    expect(reasonOf(problems(1, 'warning'), 'plan-failed')).toBe('plan-failed');
    expect(Object.keys(codes)).toContain('action/usage');
  });
});

describe('words of the command line', () => {
  it.each([
    [
      'if it is meant: --allow plan/empty@example.com',
      'if it is meant: "allow: plan/empty@example.com" in this step',
    ],
    [
      "allowed here by --allow 'plan/empty@Acme Inc'",
      'allowed here by "allow: plan/empty@Acme Inc" in this step',
    ],
    [
      'set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_EMAIL with CLOUDFLARE_API_KEY; or add --sandbox to try without an account',
      'set the input api-token, or the environment variables CLOUDFLARE_EMAIL with CLOUDFLARE_API_KEY',
    ],
    [
      "allowed here by --allow 'plan/empty@Bob'\\''s, Inc.'",
      'allowed here by "allow: plan/empty@Bob\'s, Inc." in this step',
    ],
    [
      'nothing of this scope was written; choose another folder with --backup',
      'nothing of this scope was written; look at the folder and at its permissions',
    ],
    ['name the right thing', 'name the right thing'],
  ])('%j', (hint, expected) => {
    expect(inInputWords(problem({ code: 'plan/empty', message: 'so', hint })).hint).toBe(expected);
  });
});
