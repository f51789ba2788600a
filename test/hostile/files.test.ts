import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { problemsTerminal } from '../../src/render/render.ts';
import { oneRule } from '../cli/user.ts';
import { type Journey, setOut } from '../e2e/journey.ts';
import { changesOf, codesOf, planCodes } from '../e2e/results.ts';

/** More than any file may hold, without filling the disk. */
function hundredMegabytes(path: string): void {
  writeFileSync(path, '');
  truncateSync(path, 100_000_000);
}

describe('a plan file', () => {
  it.each<[string, (path: string) => void]>([
    ['a pipe that nobody writes to', (path) => void execFileSync('mkfifo', [path])],
    ['a device without an end', (path) => symlinkSync('/dev/zero', path)],
    ['a directory', (path) => mkdirSync(path)],
    ['100 MB of zeros', hundredMegabytes],
    ['a link that leads nowhere', (path) => symlinkSync('nowhere', path)],
    ['text that is not UTF-8', (path) => writeFileSync(path, Uint8Array.of(0x7b, 0xff, 0x7d))],
    [
      'keys that objects have of themselves',
      (path) => writeFileSync(path, '{"__proto__": {"format": "cf-errors/plan-file"}}'),
    ],
    ['brackets without an end', (path) => writeFileSync(path, '['.repeat(1_000_000))],
  ])('that is %s is a problem, at once', async (_, make) => {
    const journey = await setOut();
    make(join(journey.cwd, 'plan.json'));
    const applied = await journey.apply({ planFile: 'plan.json' });
    expect(codesOf(applied.problems)).toEqual(['app/plan-file-damaged']);
    expect(journey.sent()).toEqual([]);
  });

  it('over one that others could read is for its owner alone from then on', async () => {
    const journey = await setOut();
    journey.write({ 'custom-errors.yaml': oneRule, 'plan.json': 'old' });
    chmodSync(join(journey.cwd, 'plan.json'), 0o644);
    await journey.save();
    expect(statSync(join(journey.cwd, 'plan.json')).mode & 0o777).toBe(0o600);
  });
});

it('a record of reviewed plans that is damaged counts for nothing', async () => {
  const journey = await setOut();
  journey.write(oneRule);
  const fingerprint = `cfe1:${'0'.repeat(64)}`;
  const name = `.cf-errors/backup/reviewed-${fingerprint.replace(':', '-')}.json`;
  for (const text of ['{', '[]', 'null', '{"digests": 5}', '\u0000']) {
    journey.write({ [name]: text });
    expect(planCodes(await journey.apply({ fingerprint }))).toEqual(['apply/plan-changed']);
  }
});

describe('a configuration file', () => {
  const planned = async (text: string | Uint8Array): Promise<Journey> => {
    const journey = await setOut();
    writeFileSync(join(journey.cwd, 'custom-errors.yaml'), text);
    return journey;
  };

  it.each<[string, string]>([
    ['a byte order mark', `\ufeff${oneRule}`],
    ['line ends of Windows', oneRule.replaceAll('\n', '\r\n')],
    ['a byte order mark and line ends of Windows', `\ufeff${oneRule}`.replaceAll('\n', '\r\n')],
    ['no newline at its end', oneRule.trimEnd()],
    ['a comment of tabs', `#\t\t\n${oneRule}`],
  ])('with %s means what it shows', async (_, text) => {
    const journey = await planned(text);
    const { plan, problems } = await journey.plan();
    expect([codesOf(problems), changesOf({ plan, problems, sources: new Map() })]).toEqual([
      [],
      ['zone example.com add sorry'],
    ]);
    const [scope] = plan?.scopes ?? [];
    const [change] = scope?.changes ?? [];
    expect(JSON.stringify(change)).toContain('"content":"Sorry."');
    expect(JSON.stringify(change)).not.toMatch(/\\r|\ufeff/);
  });

  it('of 100 MB is refused without being read', async () => {
    const journey = await planned('');
    hundredMegabytes(join(journey.cwd, 'custom-errors.yaml'));
    const before = process.memoryUsage().arrayBuffers;
    expect(codesOf((await journey.plan()).problems)).toEqual(['config/too-large']);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });

  /** A lot of one thing: the work must grow with the size, not with its square. */
  const bombs: Readonly<Record<string, string>> = {
    'unknown keys': Array.from({ length: 8_000 }, (_, n) => `k${n}: 1\n`).join(''),
    'the same key': 'k: 1\n'.repeat(8_000),
    anchors: `x-a:\n${Array.from({ length: 10_000 }, (_, n) => ` - &a${n} x\n`).join('')}`,
    'a line': `a: ${'x'.repeat(2_000_000)}`,
    comments: '# c\n'.repeat(50_000),
    'an open quote': `a: "${'x\n'.repeat(1_000_000)}`,
    'escapes in an expression': `version: 1\nzones: {a.com: {rules: [{ref: a, asset_name: b, expression: "${'\\"'.repeat(1_000_000)}"}]}}`,
    'merges of merges': `x-0: &a0 {k0: 1}\n${Array.from({ length: 500 }, (_, n) => `x-${n + 1}: &a${n + 1} {<<: *a${n}, k${n + 1}: 1}\n`).join('')}`,
    'aliases of aliases': `x-0: &a0 [1, 2]\n${Array.from({ length: 64 }, (_, n) => `x-${n + 1}: &a${n + 1} [*a${n}, *a${n}]\n`).join('')}`,
    'wide characters in one line': `a: [${'🧯,'.repeat(30_000)}]`,
    'faulty rules': `version: 1\nzones:\n  a.com:\n    rules:\n${'      - {reff: a, expresion: x, asset_nam: b}\n'.repeat(3_000)}`,
    'unknown aliases': `a: [${'*a, '.repeat(10_000)}]`,
    directives: '%A b\n'.repeat(5_000),
    documents: '---\n'.repeat(200_000),
    'question marks': '? '.repeat(40_000),
    colons: ': '.repeat(40_000),
    bangs: '!'.repeat(1_000_000),
  };
  it.each(Object.keys(bombs))(
    'full of %s ends in problems, in seconds',
    (name) => {
      const text = bombs[name] ?? '';
      const { value, problems } = parseConfig([{ file: 'a.yaml', text, directory: '/' }]);
      expect(value).toBeUndefined();
      const sources = new Map([['a.yaml', text]]);
      expect(problemsTerminal(problems, { color: false, width: 80, sandbox: false, sources })).not.toBe('');
    },
    20_000,
  );
});
