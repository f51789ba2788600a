import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runTests } from '../../src/behaviour/behaviour.ts';
import { pageFileKey, pageFiles, parseConfig } from '../../src/config/config.ts';
import { makeDesired } from '../../src/desired/desired.ts';
import { hasErrors } from '../../src/problem/problem.ts';
import { problemsTerminal } from '../../src/render/render.ts';
import { numRuns, oddText, timeout } from './fuzz.ts';

const examples = join(import.meta.dirname, '../../examples');
const texts = globSync('**/*.yaml', { cwd: examples })
  .sort()
  .map((path) => readFileSync(join(examples, path), 'utf8'))
  .filter((text) => text.length < 20_000);

/** One cut, copy or insertion in a text, by places in it from 0 to 1. */
const edit = fc.record({
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 40 }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('cut', 'copy', 'insert'),
  text: fc.oneof(
    oddText,
    fc.constantFrom(
      '\t',
      '\r',
      '\r\n',
      '\n\n',
      '  ',
      ': ',
      '- ',
      '#',
      '"',
      "'",
      '|',
      '>-\n',
      '&a ',
      '*a',
      '<<: ',
      '? ',
      '!!js ',
      '%YAML 1.1\n---\n',
      '...\n',
    ),
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '\u0085',
      '\u2028',
      '\ufeff',
      '\u001b[31m',
      '🧯',
      '{a: '.repeat(500),
      'x: *a\n'.repeat(200),
    ),
  ),
});

type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function edited(text: string, { from, length, to, kind, text: inserted }: Edit): string {
  const start = Math.floor(from * text.length);
  const target = Math.floor(to * text.length);
  if (kind === 'cut') return text.slice(0, start) + text.slice(start + length);
  const piece = kind === 'copy' ? text.slice(start, start + length) : inserted;
  return text.slice(0, target) + piece + text.slice(target);
}

const anyText = fc
  .tuple(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 4 }))
  .map(([text, edits]) => edits.reduce(edited, text));

it(
  'any text for a configuration gives a desired state or problems that can be shown',
  () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const source = { file: 'custom-errors.yaml', text, directory: '/work' };
        const config = parseConfig([source]);
        expect(config.value === undefined).toBe(hasErrors(config.problems));
        const pages = new Map(
          (config.value === undefined ? [] : pageFiles(config.value)).map((file) => [
            pageFileKey(file),
            'page',
          ]),
        );
        const desired = config.value === undefined ? undefined : makeDesired(config.value, pages);
        const tested = desired?.value === undefined ? [] : runTests(desired.value, desired.value.tests);
        const failed = tested.flatMap(({ problem }) => problem ?? []);
        expect(failed.length).toBe(tested.filter(({ outcome }) => outcome !== 'passed').length);
        const problems = [...config.problems, ...(desired?.problems ?? []), ...failed];
        for (const { span } of config.problems) expect(span?.file).toBe(source.file);
        const sources = new Map([[source.file, text]]);
        const shown = problemsTerminal(problems, { color: false, width: 80, sandbox: false, sources });
        expect(shown === '').toBe(problems.length === 0);
      }),
      { numRuns },
    );
  },
  timeout,
);
