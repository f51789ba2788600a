import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { makeDesired, planLimits } from '../../src/desired/desired.ts';
import { codes, isProblemCode, kindOf, type ProblemCode } from '../../src/problem/codes.ts';
import type { CodeEntry } from '../../src/problem/entry.ts';
import type { Problem } from '../../src/problem/problem.ts';

interface Documented extends CodeEntry {
  readonly code: ProblemCode;
}

/** Every lint and everything that can be found in an expression, as docs/problems.md tells it. */
const findings = Object.entries(codes).flatMap(([code, entry]): Documented[] =>
  isProblemCode(code) && /^(?:lint|expression)\//.test(code) ? [{ ...entry, code }] : [],
);

/** What no example of a line or two can show; `empty` is refused by the schema already. */
const unshown: ReadonlySet<ProblemCode> = new Set([
  'expression/empty',
  'expression/too-long',
  'expression/too-deep',
  'expression/too-many-regexes',
]);

const shown = findings.filter(({ code }) => !unshown.has(code));
const silenced = shown.filter(({ code }) => kindOf(code) !== undefined);

/** The file that an example stands for: a list of rules, the page of a rule, or the expression of one. */
function fileOf(example: string): string {
  const head = ['version: 1', 'zones:', '  example.com:'];
  const indented = (margin: string) => example.split('\n').map((line) => margin + line);
  if (example.startsWith('rules:')) return [...head, ...indented('    ')].join('\n');
  if (example.startsWith('content_type:')) {
    const rule = ['    rules:', '      - ref: a', '        expression: ssl'];
    return [...head, ...rule, ...indented('        ')].join('\n');
  }
  const expression = JSON.stringify(example);
  return [...head, '    rules:', `      - {ref: a, expression: ${expression}, asset_name: b}`].join('\n');
}

/** Everything that is found in a file; where the example is one of plans, in a zone that is known to be on Pro. */
function problemsOf(text: string, about: ProblemCode): readonly Problem[] {
  const { value, problems } = parseConfig([{ file: 'a.yaml', text, directory: '/' }]);
  if (value === undefined) return problems;
  return [
    ...makeDesired(value, new Map()).problems,
    ...planLimits(value, { planOf: () => (about === 'expression/plan' ? 'pro' : undefined), allow: [] }),
  ];
}

const found = (example: string, about: ProblemCode) =>
  problemsOf(fileOf(example), about).map(({ code }) => code);

describe('the example of', () => {
  it.each(shown)(
    '$code gives just that, and what is right gives nothing',
    ({ code, wrong = '', right = '' }) => {
      expect(found(wrong, code)).toEqual([code]);
      expect(found(right, code)).toEqual([]);
      expect(right).not.toBe('');
    },
  );

  it('all else is left out on purpose', () => {
    expect(findings.filter(({ wrong }) => wrong === undefined).map(({ code }) => code)).toEqual([...unshown]);
  });
});

describe('an ignore comment on the line', () => {
  it.each(silenced)('silences $code', ({ code, severity, wrong = '' }) => {
    const text = fileOf(wrong);
    const at = problemsOf(text, code)[0]?.span?.line;
    const lines = text
      .split('\n')
      .map((line, index) => (index + 1 === at ? `${line} # cf-errors:ignore ${code} it is meant so` : line));
    const left = problemsOf(lines.join('\n'), code).map((one) => `${one.severity} ${one.code}`);
    expect(left).toEqual(severity === 'error' ? [`warning ${code}`] : []);
  });

  it('silences nothing that Cloudflare is certain to refuse', () => {
    const certain = findings.filter(
      ({ code, severity }) => severity === 'error' && kindOf(code) === undefined,
    );
    expect(certain.every(({ code }) => code.startsWith('expression/'))).toBe(true);
  });
});
