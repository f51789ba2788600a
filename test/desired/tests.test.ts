import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { type Desired, makeDesired } from '../../src/desired/desired.ts';

const rules = (...refs: readonly string[]) =>
  `rules: [${refs.map((ref) => `{ ref: ${ref}, expression: ssl, asset_name: page_${ref} }`).join(', ')}]`;

/** Files with their scopes, and one with this test on line 2. */
function desired(test: string, ...scopes: readonly string[]): Desired {
  const texts = [`tests:\n  - { response: { status: 503 }, ${test} }`, ...scopes];
  const sources = texts.map((text, at) => ({
    file: `${at}.yaml`,
    text: `version: 1\n${text}\n`,
    directory: '/',
  }));
  const config = parseConfig(sources);
  if (config.value === undefined) throw new Error(JSON.stringify(config.problems));
  return makeDesired(config.value, new Map());
}

function said({ problems }: Desired): readonly string[] {
  return problems
    .filter(({ span }) => span?.file === '0.yaml')
    .map(({ code, message, hint }) => `${code}: ${message} (${hint})`);
}

const [here, there] = [
  `zones: { a.com: { account: One, ${rules('x')} } }`,
  `zones: { a.com: { account: Two, ${rules('y')} } }`,
];

describe('the scope of a test', () => {
  it('is found by its name as scopes are compared, or by its id', () => {
    const id = 'ABCDEF0123456789abcdef0123456789';
    const zones = `zones: { xn--bcher-kva.example: { ${rules('x')} }, ${id}: { ${rules('x')} } }`;
    const accounts = `accounts: { Acme Inc: { ${rules('x')} } }`;
    for (const scope of ['zone: BÜCHER.example', `zone: ${id.toLowerCase()}`, 'account: acme inc']) {
      expect(said(desired(`${scope}, expect: { ref: x }`, zones, accounts))).toEqual([]);
    }
  });

  it('is told apart from a zone of the same name by its account', () => {
    expect(said(desired('zone: a.com, expect: { ref: x }', here, there))).toEqual([
      'config/untestable: this test asks zone a.com, and there are two zones of that name (write the account as well, as account: beside zone:)',
    ]);
    const { value } = desired('zone: a.com, account: two, expect: { ref: y }', here, there);
    expect(value?.tests[0]?.scope).toEqual({ kind: 'zone', name: 'a.com', account: 'Two' });
    expect(said(desired('zone: a.com, account: Three, expect: { ref: y }', here, there))).toHaveLength(1);
  });

  it('must be in the files, and must list rules', () => {
    expect(said(desired('account: One, expect: { ref: x }', here))).toEqual([
      'config/unknown-test-scope: this test asks account One, which is not in the configuration (the configuration lists no accounts)',
    ]);
    expect(said(desired('zone: a.com, expect: { ref: x }', 'zones: { a.com: { assets: [] } }'))).toEqual([
      'config/untestable: this test asks zone a.com, of which the configuration lists no rules (list them with "rules:"; what is live is asked by "cf-errors explain --live")',
    ]);
  });
});

describe('what a test expects', () => {
  const account = `accounts: { One: { ${rules('none', 'gone')} } }`;

  it.each([
    ['{ ref: gone }', []],
    ['{ asset: page_gone }', []],
    [
      '{ ref: gome }',
      ['config/unknown-expected: no rule of zone a.com has the ref "gome" (did you mean "gone"?)'],
    ],
    [
      '{ ref: other }',
      ['config/unknown-expected: no rule of zone a.com has the ref "other" (its rules are x, none, gone)'],
    ],
    [
      '{ ref: none }',
      [
        'config/untestable: none means that no rule answers, and a rule has the ref "none" (expect the status or the asset instead, or give the rule another ref)',
      ],
    ],
    [
      '{ asset: sorry }',
      [
        'config/unknown-expected: no rule of zone a.com serves the asset "sorry" (its rules serve page_x, page_none, page_gone)',
      ],
    ],
  ])('is looked for in the zone and in the accounts: %s', (expected, problems) => {
    expect(said(desired(`zone: a.com, expect: ${expected}`, here, account))).toEqual(problems);
  });

  it('is no rule where none is called none', () => {
    const { value } = desired('zone: a.com, expect: { ref: none }', here);
    expect(value?.tests[0]?.expect).toEqual({ ref: null });
  });
});

describe('the fields of a test', () => {
  it.each([
    ['cf.bot_management.score: 30', []],
    ['cf.bot_management.score: many', ['"many" is no value for "cf.bot_management.score"']],
    ['http.host: b.com', ['"http.host" follows from the rest of the case']],
    ['http.hostt: b.com', ['unknown field "http.hostt"']],
  ])('%s', (fields, messages) => {
    const { problems } = desired(`zone: a.com, fields: { ${fields} }, expect: { ref: x }`, here);
    const impossible = problems.filter(({ code }) => code === 'config/impossible-fact');
    expect(impossible.map(({ message }) => message)).toEqual(messages);
    for (const { span } of impossible) expect(span).toMatchObject({ file: '0.yaml', line: 3 });
  });
});
