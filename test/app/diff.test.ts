import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DiffRequest, diff, diffSide, type Planned, savePlan } from '../../src/app/app.ts';
import { planTerminal } from '../../src/render/render.ts';
import { changesOf, codesOf, planCodes } from '../e2e/results.ts';

type Texts = Readonly<Record<string, string>>;

/** Two folders of files, compared as two sides that have nothing in common. */
async function compare(former: Texts, wanted: Texts, more: Partial<DiffRequest> = {}): Promise<Planned> {
  const root = mkdtempSync(join(tmpdir(), 'diff-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [side, files] of Object.entries({ former, wanted })) {
    mkdirSync(join(root, side));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, side, path)), { recursive: true });
      writeFileSync(join(root, side, path), text);
    }
  }
  const side = (name: string) => ({ name, cwd: join(root, name), config: [] });
  const world = { cwd: root, env: {}, readStdin: async () => new Uint8Array() };
  const request = { before: side('former'), after: side('wanted'), zones: [], accounts: [], allow: [] };
  return diff({ ...request, ...more }, world);
}

const file = 'custom-errors.yaml';

function config(scopes: object): Texts {
  return { [file]: JSON.stringify({ version: 1, ...scopes }) };
}

function rule(ref: string, more: object = {}): object {
  return { ref, expression: 'http.response.code eq 503', content: ref, content_type: 'text/plain', ...more };
}

function zone(claims: object, name = 'example.com'): Texts {
  return config({ zones: { [name]: claims } });
}

const page = { name: 'page', url: 'https://static.example.com/page.html' };
const paged = { ref: 'paged', expression: 'ssl', asset_name: 'page' };

/** What differs, what changes for visitors, and every problem. */
type Told = readonly [
  changes: readonly string[],
  visitors: readonly (string | undefined)[],
  codes: readonly string[],
];

function told(compared: Planned): Told {
  const visitors = compared.plan?.scopes.flatMap(({ behaviour }) =>
    behaviour === undefined ? [undefined] : behaviour.rows.map(({ words }) => words),
  );
  return [changesOf(compared), visitors ?? [], planCodes(compared)];
}

describe('a comparison of files', () => {
  it.each<[what: string, former: Texts, wanted: Texts, told: Told]>([
    ['nothing', zone({ rules: [rule('a')] }), zone({ rules: [rule('a')] }), [[], [undefined], []]],
    [
      'an edit, an addition and a move',
      zone({ rules: [rule('a'), rule('b', { expression: 'ssl' })] }),
      zone({ rules: [rule('b', { expression: 'ssl' }), rule('c'), rule('a', { content: 'new' })] }),
      [
        ['zone example.com move b', 'zone example.com add c', 'zone example.com edit a'],
        ['503 where ssl is false: a → c', '503 where ssl is true: a → b'],
        [],
      ],
    ],
    [
      'everything replaced, which takes nothing over that somebody else made',
      zone({ rules: [rule('a'), rule('b'), rule('c')] }),
      zone({ rules: [rule('d', { content: 'new' })] }),
      [
        ['add d', 'remove a', 'remove b', 'remove c'].map((change) => `zone example.com ${change}`),
        ['503 anywhere: a → d'],
        ['plan/mass-delete'],
      ],
    ],
    [
      'the last rule removed',
      zone({ rules: [rule('a')] }),
      zone({ rules: [] }),
      [['zone example.com remove a'], ['503 anywhere: a → no zone rule'], ['plan/empty']],
    ],
    [
      'an asset of another URL',
      zone({ assets: [page], rules: [paged] }),
      zone({ assets: [{ ...page, url: 'https://new.example.com/' }], rules: [paged] }),
      [['zone example.com asset-update page'], ['any error where ssl is true: paged → paged (new page)'], []],
    ],
    [
      'an asset that nobody claims',
      zone({ rules: [rule('a')] }),
      zone({ rules: [paged] }),
      [
        ['zone example.com add paged', 'zone example.com remove a'],
        [
          '400-502, 504-999 where ssl is true: no zone rule → paged',
          '503 where ssl is false: a → no zone rule',
          '503 where ssl is true: a → paged',
        ],
        [],
      ],
    ],
    [
      'a scope that is claimed for the first time',
      config({}),
      zone({ rules: [rule('a')] }),
      [['zone example.com add a'], [undefined], ['app/newly-claimed']],
    ],
    [
      'a scope that is claimed no longer',
      zone({ rules: [rule('a')] }),
      config({}),
      [[], [], ['app/nothing-claimed', 'app/no-longer-claimed']],
    ],
    [
      'rules that are claimed no longer, and name an asset that goes',
      zone({ assets: [page], rules: [paged] }),
      zone({ assets: [] }),
      [[], [undefined], ['plan/asset-in-use', 'plan/empty', 'app/no-longer-claimed']],
    ],
    [
      'a zone and its account, whose names are written in other ways',
      config({
        zones: { 'Example.com': { account: 'Acme Inc', rules: [] } },
        accounts: { 'Acme Inc': { rules: [rule('all')] } },
      }),
      config({
        zones: { 'example.com': { account: 'acme inc', rules: [rule('own')] } },
        accounts: { 'Acme Inc': { rules: [rule('all')] } },
      }),
      [['zone example.com add own'], ['503 anywhere: account rule all → own', undefined], []],
    ],
    [
      'a former file with what tables call a mistake',
      zone({ rules: [rule('a', { expression: 'http.hostt eq "a"' })] }),
      zone({ rules: [rule('a', { expression: 'http.host eq "a"' })] }),
      [
        ['zone example.com edit a'],
        [
          'any error on a: unknown (a or no zone rule; http.hostt eq "a" decides) → a',
          'any error on other hosts than a: unknown (a or no zone rule; http.hostt eq "a" decides) → no zone rule',
        ],
        [],
      ],
    ],
  ])('%s', async (_, former, wanted, found) => {
    expect(told(await compare(former, wanted))).toEqual(found);
  });

  it('reads each page beside its own file', async () => {
    const text = JSON.stringify({
      version: 1,
      zones: { 'example.com': { rules: [{ ref: 'a', expression: 'ssl', content_file: 'pages/a.html' }] } },
    });
    const compared = await compare(
      { [file]: text, 'pages/a.html': '<!doctype html>old' },
      { [file]: text, 'pages/a.html': '<!doctype html>new' },
    );
    expect(told(compared)[1]).toEqual(['any error where ssl is true: a → a (new page)']);
  });

  it('says that the former side cannot be understood, and where', async () => {
    const compared = await compare({ [file]: 'version: 2\n' }, zone({ rules: [rule('a', { content: '' })] }));
    expect(compared.plan).toBeUndefined();
    expect(codesOf(compared.problems)).toEqual([
      'app/not-comparable',
      'config/version',
      'config/empty-value',
    ]);
    const [, version] = compared.problems;
    expect(version?.span?.file).toBe(`former/${file}`);
    expect(compared.sources.get(`former/${file}`)).toBe('version: 2\n');
    expect(compared.sources.get(file)).toContain('example.com');
  });

  it('shows what is wrong with the new side alone', async () => {
    const compared = await compare(zone({ rules: [] }), { [file]: 'version: 2\n' });
    expect([compared.plan, codesOf(compared.problems)]).toEqual([undefined, ['config/version']]);
  });

  it('looks at the chosen scopes of both sides', async () => {
    const former = config({ zones: { 'a.example': { rules: [] }, 'b.example': { rules: [] } } });
    const wanted = config({ zones: { 'b.example': { rules: [] }, 'c.example': { rules: [] } } });
    const codes = async (...zones: string[]) => planCodes(await compare(former, wanted, { zones }));
    expect(await codes('a.example')).toEqual(['app/no-longer-claimed']);
    expect(await codes('b.example')).toEqual([]);
    expect(await codes('c.example')).toEqual(['app/newly-claimed']);
    expect(await codes('d.example')).toEqual(['app/scope-not-in-file']);
  });

  it('has no fingerprint, says what it is, and cannot be saved to be applied', async () => {
    const { plan, sources } = await compare(zone({ rules: [] }), zone({ rules: [rule('a')] }));
    if (plan === undefined) throw new Error('there is no plan');
    const text = planTerminal(plan, { color: false, width: 100, sandbox: false, sources });
    expect(text).toMatch(/^former → wanted, /);
    expect(text).not.toContain('cfe1:');
    await expect(savePlan(plan, '/nowhere/plan.json')).rejects.toThrow('cannot be applied');
  });
});

describe('a side by its path', () => {
  it.each([
    ['-', { name: '<stdin>', cwd: '/work/here', config: ['-'] }],
    ['zones/a.yaml', { name: 'zones/a.yaml', cwd: '/work/here', config: ['zones/a.yaml'] }],
    ['..a.yaml', { name: '..a.yaml', cwd: '/work/here', config: ['..a.yaml'] }],
    ['../there/a.yaml', { name: '../there/a.yaml', cwd: '/work/there', config: ['/work/there/a.yaml'] }],
    ['/', { name: '/', cwd: '/', config: ['/'] }],
  ])('%s', async (path, side) => {
    expect(await diffSide(path, { cwd: '/work/here' })).toEqual(side);
  });
});
