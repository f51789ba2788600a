import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfigSources, readPages } from '../../src/app/config-files.ts';
import { parseConfig } from '../../src/config/config.ts';
import { makeDesired } from '../../src/desired/desired.ts';
import type { Problem } from '../../src/problem/problem.ts';

const folder = join(import.meta.dirname, '../../examples/broken');

/** Read as the default file of a directory of their own. */
const discovered = new Set(['no-default-file', 'two-default-files']);

/** What each input of `examples/broken` must say: code, line:column, and the first 30 characters that are marked. */
const table: readonly (readonly [input: string, ...said: string[]])[] = [
  ['account-in-an-account.yaml', 'config/unknown-key 4:5 account'],
  ['account-with-blanks.yaml', "config/account-name 3:3 ' Acme Inc'"],
  ['alias-bomb.yaml', 'config/too-many-aliases 7:18 *e'],
  ['alias-loop.yaml', 'config/alias-loop 5:16 *all'],
  ['alias-of-a-broken-rule.yaml', 'config/out-of-range 6:18 200'],
  ['alias-unknown.yaml', 'config/unknown-alias 6:21 *server_error'],
  ['asset-name-hyphen.yaml', 'config/asset-name 5:15 error-5xx'],
  ['asset-name-unknown.yaml', 'config/unknown-asset 10:21 eror_5xx'],
  ['asset-twice.yaml', 'config/duplicate-asset 7:15 error_5xx'],
  ['asset-url-port.yaml', 'config/asset-url 6:14 https://static.example.com:999'],
  ['asset-url-relative.yaml', 'config/asset-url 6:14 /errors/5xx.html'],
  ['asset-without-url.yaml', 'config/missing-key 5:9 name'],
  ['claimed-in-two-files', 'config/claimed-twice 4:5 rules'],
  ['content-as-mapping.yaml', 'config/wrong-type 8:18 {"message": "sorry"}'],
  ['content-empty.yaml', "config/empty-value 8:18 ''"],
  ['content-large.yaml', 'config/large-content 8:18 éééééééééééééééééééééééééééééé'],
  ['content-long.yaml', 'config/too-long 8:18 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
  ['content-type-mistyped.yaml', 'config/not-allowed 7:23 text/htm'],
  ['content-without-type.yaml', 'config/missing-key 7:9 content'],
  ['enabled-yes.yaml', 'config/wrong-type 8:18 yes'],
  ['expression-blank.yaml', 'config/empty-value 6:21 "   "'],
  ['expression-curly-quotes.yaml', 'expression/unrecognised-character 8:28 “'],
  ['expression-escape.yaml', 'expression/bad-escape 6:82 \\\\d'],
  ['expression-long.yaml', 'config/too-long 6:21 http.host in { "a.example.com"'],
  ['expression-missing.yaml', 'config/missing-key 5:9 ref'],
  ['expression-open-string.yaml', 'expression/unterminated-string 6:34 "example.com'],
  ['expression-tab.yaml', 'expression/tab 8:14'],
  ['expression-unknown-field.yaml', 'expression/unknown-field 8:15 http.hostt'],
  ['file-latin1.yaml', 'config/not-utf8 2:1'],
  ['file-utf16.yaml', 'config/not-utf8 1:1'],
  ['half-a-character.yaml', 'config/not-unicode 8:18 "sorry \\ud83d"'],
  [
    'ignore-comments.yaml',
    'config/ignore-unexplained 6:9 # cf-errors:ignore expression/',
    'expression/unknown-field 7:21 http.hostt',
    'config/ignore-unused 7:54 # cf-errors:ignore lint/always',
    'config/ignore-unknown 8:31 # cf-errors:ignore expression/',
  ],
  ['key-mistyped-at-the-top.yaml', 'config/unknown-key 2:1 zone'],
  ['key-mistyped-in-a-rule.yaml', 'config/unknown-key 6:9 expresion'],
  [
    'key-of-the-api.yaml',
    'config/no-page 5:9 ref',
    'config/unknown-key 6:9 action',
    'config/unknown-key 7:9 action_parameters',
  ],
  ['key-proto.yaml', 'config/unknown-key 2:1 __proto__'],
  ['key-reserved-in-a-scope.yaml', 'config/reserved-key 4:5 ownership'],
  ['key-reserved.yaml', 'config/reserved-key 2:1 include'],
  [
    'lints.yaml',
    'lint/always-true 6:21 http.response.code ge 400',
    'lint/not-json 8:18 "{message: \'::RAY_IDD::\'}"',
    'lint/unknown-token 8:18 "{message: \'::RAY_IDD::\'}"',
    'lint/impossible-status 10:21 http.response.code eq 1020',
    'lint/error-type 10:77 "WAF"',
    'lint/no-doctype 12:18 \'<meta name="referrer" content',
    'lint/referrer 12:18 \'<meta name="referrer" content',
    'lint/duplicate-expression 14:21 http.response.code  ge 400',
  ],
  [
    'many-at-once.yaml',
    'config/unknown-key 2:1 colour',
    'config/zone-name 4:3 example com',
    'config/unknown-key 9:9 expresion',
    'config/missing-key 10:9 content',
    'config/out-of-range 11:22 99',
    'config/unknown-key 12:5 asset',
  ],
  ['merge-of-text.yaml', 'config/bad-merge 5:13 html'],
  ['nested-too-deep.yaml', 'config/too-deep 2:73 [[[[[[[[[[[[[[[[]]]]]]]]]]]]]]'],
  ['no-default-file', 'config/no-file'],
  ['no-yaml-in-directory', 'config/empty-directory'],
  ['page-file-directory.yaml', 'config/page-unreadable 7:23 pages/directory.html'],
  ['page-file-empty.yaml', 'config/empty-page 7:23 pages/empty.html'],
  ['page-file-extension.yaml', 'config/page-extension 7:23 ../../LICENSE'],
  ['page-file-hidden.yaml', 'config/page-hidden 7:23 .hidden/page.html'],
  ['page-file-latin1.yaml', 'config/not-utf8 7:23 pages/latin1.txt'],
  ['page-file-long.yaml', 'config/too-long 7:23 pages/long.txt'],
  ['page-file-missing.yaml', 'config/page-not-found 7:23 pages/missing.html'],
  ['page-file-outside.yaml', 'config/page-outside 7:23 ../../package.json'],
  ['page-missing.yaml', 'config/no-page 5:9 ref'],
  ['page-twice.yaml', 'config/two-pages 8:9 content'],
  ['ref-empty.yaml', "config/empty-value 5:14 ''"],
  ['ref-long.yaml', 'config/too-long 5:14 rrrrrrrrrrrrrrrrrrrrrrrrrrrrrr'],
  ['ref-missing.yaml', 'config/missing-key 5:9 description'],
  ['ref-number.yaml', 'config/wrong-type 5:14 000000000000000000000000000000'],
  ['ref-odd.yaml', 'config/odd-ref 5:14 JSON for clients'],
  ['ref-twice.yaml', 'config/duplicate-ref 9:14 api_json'],
  ['rules-as-mapping.yaml', 'config/wrong-type 5:7 api_json:'],
  ['rules-at-the-top.yaml', 'config/unknown-key 2:1 rules'],
  ['rules-without-value.yaml', 'config/wrong-type 4:5 rules'],
  ['status-code-200.yaml', 'config/out-of-range 8:22 200'],
  ['status-code-text.yaml', 'config/wrong-type 8:22 "530"'],
  [
    'test-facts.yaml',
    'config/impossible-fact 6:22 https://example.com/',
    'config/impossible-fact 6:50 api',
    'config/impossible-fact 6:63 post',
    'config/impossible-fact 6:78 de',
    'config/impossible-fact 6:86 192.0.2.0/24',
    'config/out-of-range 7:25 200',
    'config/out-of-range 7:36 1',
    "config/impossible-fact 7:50 'content type'",
    'config/wrong-type 7:82 5',
    'config/empty-value 8:5 expect',
    'config/unknown-key 9:5 zon',
    'config/unknown-key 10:5 reqest',
    "config/wrong-type 11:25 '503'",
    'config/unknown-key 12:23 asset_name',
    'config/missing-key 13:5 response',
    'config/missing-key 13:5 response',
    'config/unknown-key 15:5 ref',
  ],
  [
    'test-of-nothing.yaml',
    'config/unknown-test-scope 14:11 exmaple.com',
    'config/untestable 17:11 example.org',
    'config/impossible-fact 22:15 cf.bot_management.scor',
    'config/unknown-expected 23:20 maintenence',
    'config/unknown-expected 23:40 maintenanse',
    'config/untestable 26:20 none',
  ],
  ['two-default-files', 'config/two-files'],
  ['version-as-text.yaml', 'config/version 1:10 "1"'],
  ['version-missing.yaml', 'config/missing-key 1:1 zones'],
  ['version-of-the-future.yaml', 'config/version 1:10 2'],
  ['yaml-backslash.yaml', 'config/yaml-syntax 6:97 \\'],
  ['yaml-colon-in-text.yaml', 'config/yaml-syntax 6:22 J'],
  ['yaml-duplicate-key.yaml', 'config/duplicate-key 7:3 example.com'],
  ['yaml-empty.yaml', 'config/empty 1:1'],
  ['yaml-indentation.yaml', 'config/yaml-syntax 7:8 a'],
  ['yaml-item-without-dash.yaml', 'config/unknown-key 8:5 ref'],
  ['yaml-key-without-colon.yaml', 'config/yaml-syntax 6:9 expression http.response.code'],
  ['yaml-list-as-key.yaml', 'config/yaml-syntax 3:5 ['],
  ['yaml-not-a-mapping.yaml', 'config/wrong-type 1:1 - version: 1'],
  ['yaml-old-version.yaml', 'config/yaml-syntax 1:1 %YAML'],
  ['yaml-open-bracket.yaml', 'config/yaml-syntax 2:31 }'],
  ['yaml-open-quote.yaml', 'config/yaml-syntax 6:21 "'],
  ['yaml-reserved-character.yaml', 'config/yaml-syntax 6:22 @'],
  ['yaml-tab.yaml', 'config/tab 3:1', 'config/tab 4:1'],
  ['yaml-tag.yaml', 'config/tag 6:21 !expr'],
  ['yaml-two-documents.yaml', 'config/several-documents 3:1 ---'],
  ['zone-as-url.yaml', 'config/zone-name 3:3 https://example.com/'],
  ['zone-claimed-twice.yaml', 'config/claimed-twice 6:5 rules'],
  ['zone-number.yaml', 'config/zone-name 3:3 10'],
  ['zone-wildcard.yaml', "config/zone-name 3:3 '*.example.com'"],
  ['zone-without-content.yaml', 'config/wrong-type 3:3 example.com'],
];

describe('examples/broken', () => {
  it.each(table)('%s', async (input, ...said) => {
    const problems = await check(input);
    expect(problems.map(brief)).toEqual(said);
    for (const { message, hint } of problems) {
      expect(message).toMatch(/^\S.*[^.\s]$/);
      expect(hint ?? message).not.toBe('');
    }
  });

  it('has a row for every input', () => {
    const inputs = readdirSync(folder).filter((name) => !/^\.|^pages$|\.md$/.test(name));
    expect(table.map(([input]) => input)).toEqual(inputs.sort());
  });
});

async function check(input: string): Promise<readonly Problem[]> {
  const [paths, cwd] = discovered.has(input) ? [[], join(folder, input)] : [[input], folder];
  const readStdin = () => Promise.reject(new Error('nothing was to be read from standard input'));
  const sources = await readConfigSources({ paths, cwd, readStdin });
  const config = parseConfig(sources.value ?? []);
  const pages = config.value && (await readPages(config.value, cwd));
  const desired = config.value && makeDesired(config.value, pages?.value ?? new Map());
  return [sources, config, pages, desired].flatMap((stage) => stage?.problems ?? []);
}

function brief({ code, span }: Problem): string {
  if (span === undefined) return code;
  const { file, line, column, endLine, endColumn } = span;
  const text = [...(readFileSync(join(folder, file), 'utf8').split('\n')[line - 1] ?? '')];
  const marked = text.slice(column - 1, endLine === line ? endColumn - 1 : undefined).slice(0, 30);
  return `${code} ${line}:${column} ${marked.join('')}`.trim();
}
