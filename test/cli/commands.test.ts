import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toolVersion } from '../../src/app/app.ts';
import { sandboxWorld } from '../sandbox/world.ts';
import { noRules, oneRule, type RunOptions, user } from './user.ts';

/** What must be said; a text that is not given must be empty, and no stack may be anywhere. */
interface Expected {
  readonly code: number;
  readonly stdout?: RegExp;
  readonly stderr?: RegExp;
}

type Row = readonly [
  line: string,
  expected: Expected,
  files?: Readonly<Record<string, string>>,
  options?: RunOptions,
];

const token = { CLOUDFLARE_API_TOKEN: 'a-token' };
const file = { 'custom-errors.yaml': oneRule };
const inZone = '{ zone: example.com, response: { status: 503 }, expect: { ref: sorry } }';
const tests = { 'tests/all.yaml': `version: 1\ntests: [${inZone}, ${inZone.replace('503', '404')}]\n` };
const tested = { 'custom-errors.yaml': `${oneRule}tests: [${inZone}]\n` };
const dark = 'rules: rules:';
const nothing = /^$/;

const usage = (stderr: RegExp): Expected => ({ code: 1, stderr });

const rows: readonly Row[] = [
  // Help and version
  ['', { code: 1, stderr: /^Usage: cf-errors <command>/ }],
  ['--help', { code: 0, stdout: /^Usage: cf-errors <command>[\s\S]*Exit codes:/ }],
  ['help', { code: 0, stdout: /^Usage: cf-errors <command>/ }],
  ['help plan', { code: 0, stdout: /^Usage: cf-errors plan/ }],
  ['help plam', usage(/^error: unknown command 'plam' \[cli\/usage\]/)],
  ['version', { code: 0, stdout: new RegExp(`^${toolVersion}\n$`) }],
  ['--version', { code: 0, stdout: new RegExp(`^${toolVersion}\n$`) }],
  ['schema', { code: 0, stdout: /^\{\n {2}"\$schema"/ }],
  // Mistakes on the command line
  ['plam', usage(/^error: unknown command 'plam' \[cli\/usage\]\n {2}hint: did you mean plan\?\n$/)],
  ['diff', usage(/^error: missing required argument 'old'/)],
  ['diff - -', usage(/standard input cannot be both sides/)],
  ['diff custom-errors.yaml nope.yaml', usage(/nope\.yaml cannot be read: it does not exist/), file],
  [
    'diff nope.yaml custom-errors.yaml',
    usage(/^error: nothing can be compared[\s\S]*nope\.yaml cannot be/),
    file,
  ],
  [
    'diff custom-errors.yaml custom-errors.yaml --detailed-exitcode',
    { code: 0, stdout: /No difference/ },
    file,
  ],
  [
    'diff custom-errors.yaml new.yaml --detailed-exitcode',
    { code: 2, stdout: /500-999 anywhere: sorry → sorry \(new page\)[\s\S]*no fingerprint/ },
    { ...file, 'new.yaml': oneRule.replace('Sorry.', 'So sorry.') },
  ],
  [
    'diff - custom-errors.yaml --format markdown',
    { code: 0, stdout: /^### Custom errors(?:: .*)?\n\n(?:`<stdin>`|<code>.*) → `custom-errors.yaml`/ },
    file,
    { stdin: noRules },
  ],
  ['plan --formt json', usage(/unknown option '--formt'.*\n {2}hint: did you mean --format\?/)],
  ['apply --dry-run', usage(/hint: "cf-errors plan" shows what apply would do/)],
  ['apply --force', usage(/hint: there is none; a hazard is let pass by its own code/)],
  ['plan --token=s3cret', usage(/^error: unknown option '--token' \[cli\/usage\]\n.*CLOUDFLARE_API_TOKEN/)],
  ['plan --format yaml', usage(/argument 'yaml' is invalid .*\n.*terminal, markdown, json/)],
  ['plan --parallelism 65', usage(/argument '65' is invalid .*\n.*a whole number from 1 to 64/)],
  ['plan custom-errors.yaml', usage(/too many arguments for 'plan'.*\n {2}hint: files are named with -c/)],
  ['plan -q -v', usage(/cannot be used with option '-v, --verbose'/)],
  ['plan --sandbox-pages pages', usage(/--sandbox-pages means nothing without --sandbox/)],
  ['apply plan.json -c a.yaml --zone b', usage(/^error: --config, --zone cannot be used with a saved plan/)],
  [
    'plan --sandbox',
    usage(/--sandbox and CLOUDFLARE_BASE_URL exclude each other/),
    file,
    { env: { CLOUDFLARE_BASE_URL: 'http://127.0.0.1:9' } },
  ],
  [
    'plan --sandbox --allow plan/mass-delet',
    usage(/there is no problem code "plan\/mass-delet".*\n.*did you mean "plan\/mass-delete"/),
    file,
  ],
  [
    'plan --sandbox --allow plan/empty@exmaple.com',
    {
      code: 0,
      stdout: /warning: --allow .*: the files list no "exmaple\.com" .*\n.*did you mean "example\.com"\?/,
    },
    file,
  ],
  // Which file
  ['validate', usageOf('stdout', /neither custom-errors.yaml nor custom-errors.yml .*\n.*cf-errors init/)],
  ['validate', usageOf('stdout', /both custom-errors.yaml and/), { ...file, 'custom-errors.yml': oneRule }],
  ['plan --sandbox', usage(/neither custom-errors.yaml nor custom-errors.yml/)],
  ['validate', { code: 0, stdout: /^Valid: 1 scope, 1 rule, 0 assets\.\n$/ }, file],
  ['validate -c -', { code: 0, stdout: /^Valid: 1 scope/ }, {}, { stdin: oneRule }],
  ['validate -c -', usageOf('stdout', /^<stdin>:1:8 error: /), {}, { stdin: dark }],
  ['validate -c zones', { code: 0, stdout: /^Valid: 1 scope/ }, { 'zones/a.yaml': oneRule }],
  ['validate --zone a.com', usageOf('stdout', /--zone a\.com is not in .*\n.*it lists: example\.com/), file],
  // Tests
  [
    'test',
    { code: 0, stdout: /^✓ 503 on example\.com, GET \/ {2}zone rule 1, sorry\n\n1 test: 1 passed\n$/ },
    tested,
  ],
  ['test -q', { code: 0, stdout: /^1 test: 1 passed\n$/ }, tested],
  ['validate', { code: 0, stdout: /^Valid: 1 scope, 1 rule, 0 assets; tests: 1 passed\.\n$/ }, tested],
  ['plan --sandbox', { code: 0, stdout: /0 unchanged\ntests: 1 passed\nfingerprint/ }, tested],
  [
    'test tests',
    {
      code: 1,
      stdout:
        /^✓ 503 .*\n✗ 404 .* expected sorry, got no rule\n\ntests\/all\.yaml:2:\d+ error: .*\n[\s\S]*· 1 sorry {2}does not answer\n {8}http\.response\.code ge 500 is false: .* is 404\n\n2 tests: 1 passed, 1 failed\n$/,
    },
    { ...file, ...tests },
  ],
  [
    'validate -c custom-errors.yaml -c tests',
    {
      code: 1,
      stdout:
        /^tests\/all\.yaml:2:\d+ error: expected sorry, got no rule [\s\S]*\n {4}· 1 sorry {2}does not answer\n {8}http\.response\.code ge 500 is false: .* is 404\n/,
    },
    { ...file, ...tests },
  ],
  [
    'test tests --allow behaviour/test-failed',
    { code: 0, stdout: /warning: expected sorry, got no rule \(allowed\).*\n[\s\S]*1 failed\n$/ },
    { ...file, ...tests },
  ],
  ['test', { code: 1, stdout: /^error: the configuration holds no tests \[app\/no-tests\]/ }, file],
  ['test', usage(/^error: there is neither/)],
  ['test nope.yaml', usage(/^error: nope\.yaml cannot be read/), file],
  // Which Cloudflare
  ['plan', usage(/^error: no Cloudflare credentials in the environment/), file],
  ['plan', usage(/"ftp:\/\/a" is neither https nor http/), file, at('ftp://a')],
  [
    'plan',
    usage(/has no answer: the connection was refused.*cloudflare\/unreachable/),
    file,
    at('http://127.0.0.1:9'),
  ],
  ['import', usage(/^error: import was not told what to read/), {}, { env: token }],
  // The embedded one
  ['validate --sandbox', { code: 0, stdout: /^SANDBOX[\s\S]*Valid: 1 scope/ }, file],
  ['plan --sandbox', { code: 0, stdout: /^SANDBOX[\s\S]*\+ sorry[\s\S]*1 zone: 1 to add/ }, file],
  ['plan --sandbox --detailed-exitcode', { code: 2, stdout: /1 to add/ }, file],
  ['plan --sandbox --zone nope', { code: 1, stderr: /^SANDBOX[\s\S]*--zone nope is not in/ }, file],
  ['plan --sandbox --format markdown', { code: 0, stdout: /^SANDBOX[\s\S]*<summary>zone/ }, file],
  ['apply --sandbox', { code: 1, stdout: /1 to add/, stderr: /nobody can be asked.*\[cli\/no-answer/ }, file],
  [
    'apply --sandbox -y',
    { code: 0, stdout: /✓ done +write the rules: add 1[\s\S]*Applied: 1 done, 0 failed\n$/ },
    file,
  ],
  ['apply --sandbox -y', { code: 0, stdout: /Nothing to do/ }, { 'custom-errors.yaml': noRules }],
  [
    'import --sandbox --zone example.com',
    { code: 0, stdout: /^# yaml/, stderr: /^SANDBOX[\s\S]*Proven: a plan of this file is empty/ },
  ],
  ['import --sandbox --zone example.com -q', { code: 0, stdout: /^# yaml-language-server/ }],
  ['plan --sandbox -v', { code: 0, stdout: /1 to add/, stderr: /^→ GET .*\n← 200 in \d+ ms {2}GET /m }, file],
  ['apply nope.json --sandbox', usage(/nope\.json.*it does not exist/)],
  ['plan --sandbox=custom-errors.yaml', usage(/does not hold|is no state of a sandbox/), file],
  // Writing files
  [
    'init',
    { code: 0, stdout: /^wrote custom-errors.yaml\nwrote custom-errors.schema.json\n$/, stderr: /^Next: / },
  ],
  ['init sub -q', { code: 0, stdout: /^wrote sub\/custom-errors.yaml\n/ }],
  [
    'init --github',
    {
      code: 0,
      stdout:
        /^wrote custom-errors.yaml\nwrote custom-errors.schema.json\nwrote .github\/workflows\/cf-errors.yml\n$/,
      stderr: /^Next: .*\nNext: .*secrets/,
    },
  ],
  [
    'init --github',
    { code: 0, stdout: /^wrote .github\/workflows\/cf-errors.yml\n$/, stderr: /^Next: .*secrets/ },
    file,
  ],
  [
    'init --github',
    usage(/^error: .github\/workflows\/cf-errors.yml exists already and was left as it is/),
    { '.github/workflows/cf-errors.yml': '' },
  ],
  ['init', usage(/^error: custom-errors.yaml exists already and was left as it is/), file],
  ['init custom-errors.yaml/sub', usage(/could not be written: /), file],
  [
    'plan --sandbox --sandbox-pages pages --out plan.json',
    {
      code: 0,
      stdout: /1 to add/,
      stderr: /Apply it with: cf-errors apply plan\.json --sandbox --sandbox-pages pages\n$/,
    },
    file,
  ],
  [
    'plan --sandbox --out plan.json',
    {
      code: 0,
      stdout: /1 to add/,
      stderr: /^\nSaved to plan\.json\. Apply it with: cf-errors apply plan\.json --sandbox\n$/,
    },
    file,
  ],
  [
    'plan --sandbox --out custom-errors.yaml/plan.json',
    { code: 1, stdout: /\+ sorry[\s\S]*could not be written: a file is in the way/ },
    file,
  ],
];

/** A mistake in the files is what `validate` was asked for, and so its result. */
function usageOf(stream: 'stdout', said: RegExp): Expected {
  return { code: 1, [stream]: said };
}

function at(baseUrl: string): RunOptions {
  return { env: { ...token, CLOUDFLARE_BASE_URL: baseUrl } };
}

describe('a command line', () => {
  it.for(rows)('cf-errors %s', async ([line, expected, files, options]) => {
    const ended = await user(files).run(line.split(' ').filter(Boolean), options);
    expect(ended.stdout).toMatch(expected.stdout ?? nothing);
    expect(ended.stderr).toMatch(expected.stderr ?? nothing);
    expect(ended.code).toBe(expected.code);
    expect(ended.stdout + ended.stderr).not.toMatch(/^ +at .*:\d+:\d+\)?$|s3cret/m);
  });
});

describe('a whole round', () => {
  it('plans, saves, applies, shows drift, repairs it, imports', async () => {
    const { run, write, cwd } = user({ 'custom-errors.yaml': oneRule });
    const sandbox = '--sandbox=state.json';
    expect(await run(['plan', sandbox, '--out', 'plan.json'])).toMatchObject({ code: 0 });
    expect(statSync(join(cwd, 'plan.json')).mode & 0o777).toBe(0o600);
    expect(await run(['apply', sandbox, '-y', 'plan.json'])).toMatchObject({ code: 0 });
    expect(await run(['plan', sandbox, '--detailed-exitcode'])).toMatchObject({ code: 0 });
    expect(await run(['apply', sandbox, '-y', 'plan.json'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('done before'),
    });
    write('custom-errors.yaml', oneRule.replace('Sorry.', 'So sorry.'));
    expect(await run(['plan', sandbox, '--detailed-exitcode'])).toMatchObject({ code: 2 });
    expect(await run(['apply', sandbox, '-y', '--fingerprint', 'cfe1:0'])).toMatchObject({ code: 4 });
    expect(await run(['apply', sandbox, '-y'])).toMatchObject({ code: 0 });
    expect(await run(['apply', sandbox, '-y', 'plan.json'])).toMatchObject({ code: 4 });
    write('custom-errors.yaml', noRules);
    expect(await run(['apply', sandbox, '-y'])).toMatchObject({ code: 5 });
    const out = ['--zone', 'example.com', '--out', 'live.yaml'];
    expect(await run(['import', sandbox, ...out])).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(join(cwd, 'live.yaml'), 'utf8')).toContain('So sorry.');
    const again = await run(['plan', sandbox, '-c', 'live.yaml', '--detailed-exitcode']);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing to do') });
  });

  it('answers 3 where one scope is done and another is not', async () => {
    await using world = await sandboxWorld();
    const { run } = user({
      'custom-errors.yaml': oneRule,
      'more.yaml': oneRule.replace('example', 'missing'),
    });
    const ended = await run(
      ['apply', '-y', '-c', 'custom-errors.yaml', '-c', 'more.yaml'],
      at(world.baseUrl),
    );
    expect(ended.code).toBe(3);
    expect(ended.stdout).toMatch(/missing\.com[\s\S]*Not finished: 1 done/);
  });

  it('colours where it is told to, and never where it is told not to', async () => {
    const { run } = user({ 'custom-errors.yaml': oneRule });
    const forced = { env: { FORCE_COLOR: '1' } };
    expect((await run(['plan', '--sandbox'])).stdout).not.toContain('\u001b');
    expect((await run(['plan', '--sandbox'], forced)).stdout).toContain('\u001b[32m+');
    expect((await run(['plan', '--sandbox', '--no-color'], forced)).stdout).not.toContain('\u001b');
  });
});
