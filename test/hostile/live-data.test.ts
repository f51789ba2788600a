import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planProblems } from '../../src/model/plan.ts';
import type { Problem } from '../../src/problem/problem.ts';
import {
  importJson,
  type Look,
  planJson,
  planMarkdown,
  planTerminal,
  problemsJson,
  problemsTerminal,
  receiptJson,
  receiptMarkdown,
  receiptTerminal,
} from '../../src/render/render.ts';
import { user } from '../cli/user.ts';
import { dashboardRule, entrypoint, showing } from '../e2e/dashboard.ts';
import { type Journey, setOut } from '../e2e/journey.ts';
import { receiptOf } from '../e2e/results.ts';
import { numRuns, timeout } from '../fuzz/fuzz.ts';
import { expectHarmless, expectSound, hostileText } from '../render/hostile.ts';
import { hostileTexts } from './texts.ts';

type Kind = 'terminal' | 'markdown' | 'json' | 'yaml';

/** One text that somebody reads, by how it is read. */
interface Shown {
  readonly what: string;
  readonly kind: Kind;
  readonly text: string;
}

const look: Look = { color: false, width: 80, sandbox: true, sources: new Map() };

/** A string of the Rules language. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** Rules that hold the text wherever the API takes any: one that is edited later, one that goes, one with an asset. */
function liveRules(text: string) {
  const told = {
    description: text,
    expression: `http.host eq ${quoted(text.slice(0, 2_000).toWellFormed())}`,
  };
  const content = `<p>${text}</p>\n${text}`;
  return ['edited', 'gone', 'shown'].map((ref) => {
    const parameters =
      ref === 'shown' ? showing('page') : { action_parameters: { content, content_type: 'text/html' } };
    return dashboardRule(`${ref} ${text}`.slice(0, 150).toWellFormed(), { ...told, ...parameters });
  });
}

/** A zone and an account that somebody filled with the text, and a file that wants something else. */
async function setOutAmong(text: string): Promise<Journey> {
  const account = `Acme ${text.slice(0, 100)} Inc`.toWellFormed();
  const journey = await setOut({ accounts: [account], undocumented: /./ });
  for (const path of [journey.path(), journey.path('account')]) {
    const asset = { name: 'page', url: 'https://static.example.com/a', description: text };
    await journey.cloudflare.call('POST', `${path}/custom_pages/assets`, asset);
    await journey.cloudflare.call('PUT', entrypoint(path), { description: text, rules: liveRules(text) });
  }
  const [edited] = liveRules(text);
  const wanted = { ref: edited?.ref, expression: 'ssl', content: 'new', content_type: 'text/plain' };
  const scope = { assets: [], rules: [wanted] };
  const config = { version: 1, zones: { 'example.com': scope }, accounts: { [account]: scope } };
  journey.write(JSON.stringify(config));
  return journey;
}

function shownProblems(what: string, problems: readonly Problem[]): Shown[] {
  return [
    { what: `${what}: problems`, kind: 'terminal', text: problemsTerminal(problems, look) },
    { what: `${what}: problems`, kind: 'json', text: problemsJson(problems, look) },
  ];
}

/** Everything that plan, apply and import show of it; one write is refused in hostile words. */
async function everythingShown(text: string): Promise<Shown[]> {
  const journey = await setOutAmong(text);
  const { plan, problems } = await journey.plan();
  expect(problems.filter(({ code }) => code !== 'config/odd-ref')).toEqual([]);
  if (plan === undefined) throw new Error('no plan');
  expect(plan.scopes.map((scope) => scope.changes.length)).toEqual([2, 2]);
  const imported = await journey.import({
    zones: ['example.com'],
    accounts: [String(plan.scopes[1]?.scope.name)],
  });
  journey.hook = (name) => {
    if (name !== 'PUT zone example.com rules') return undefined;
    const body = { success: false, errors: [{ message: text, source: { pointer: `/rules/0/${text}` } }] };
    return {
      kind: 'answer',
      status: 400,
      body,
      headers: { 'cf-ray': encodeURIComponent(text.toWellFormed()).slice(0, 500) },
    };
  };
  const receipt = receiptOf(
    await journey.apply({ allow: ['plan/take-over', 'plan/mass-delete', 'plan/empty'] }),
  );
  await journey.end();
  expect(receipt.scopes.map((scope) => scope.outcome)).toEqual(['failed', 'done']);
  return [
    { what: 'plan', kind: 'terminal', text: planTerminal(plan, look) },
    {
      what: 'plan in colour',
      kind: 'terminal',
      text: stripVTControlCharacters(planTerminal(plan, { ...look, color: true })),
    },
    { what: 'plan', kind: 'markdown', text: planMarkdown(plan, look) },
    { what: 'plan, shortened', kind: 'markdown', text: planMarkdown(plan, { ...look, limit: 1_500 }) },
    { what: 'plan', kind: 'json', text: planJson(plan, look) },
    ...shownProblems('plan', [...problems, ...planProblems(plan)]),
    { what: 'receipt', kind: 'terminal', text: receiptTerminal(receipt, look) },
    { what: 'receipt', kind: 'markdown', text: receiptMarkdown(receipt, look) },
    { what: 'receipt', kind: 'json', text: receiptJson(receipt, look) },
    ...shownProblems(
      'apply',
      receipt.scopes.flatMap((scope) => scope.problems),
    ),
    { what: 'import', kind: 'yaml', text: imported.text ?? '' },
    { what: 'import', kind: 'json', text: importJson(imported, look) },
    ...shownProblems('import', imported.problems),
  ];
}

/** YAML keeps what is merely invisible, since it has to be the live text again; nothing in it may act. */
function expectHarmlessYaml(text: string): void {
  expect(text.replaceAll('\n', '')).not.toMatch(
    /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff]|##\[|##vso\[/u,
  );
  expect(text).not.toMatch(/^\s*::/m);
}

const checks: Readonly<Record<Kind, (text: string) => void>> = {
  terminal: expectHarmless,
  markdown: (text) => {
    expectHarmless(text);
    expectSound(text);
  },
  json: (text) => {
    expectHarmless(text);
    JSON.parse(text);
  },
  yaml: expectHarmlessYaml,
};

function expectAllHarmless(shown: readonly Shown[]): void {
  expect(shown.length).toBe(16);
  for (const { what, kind, text } of shown) {
    try {
      checks[kind](text);
    } catch (error) {
      throw new Error(`the ${what} as ${kind} lets something act`, { cause: error });
    }
  }
}

describe('live data on its way from the API to what people read', () => {
  it.each(Object.entries(hostileTexts))('with %s breaks out of nothing', async (_, text) => {
    expectAllHarmless(await everythingShown(text));
  });

  it(
    'of any kind breaks out of nothing',
    () =>
      fc.assert(
        fc.asyncProperty(hostileText, async (text) => expectAllHarmless(await everythingShown(text))),
        { numRuns: Math.ceil(numRuns / 5) },
      ),
    timeout,
  );

  it('in file names stays a name below the folder of pages', async () => {
    const names = [
      ...Object.values(hostileTexts),
      '../../../etc/passwd',
      '/etc/passwd',
      '.git/config',
      'a\\..\\b',
    ];
    const content = { action_parameters: { content: '1\n2\n3\n4', content_type: 'text/html' } };
    const rules = names.map((name, index) =>
      dashboardRule(`${name.slice(0, 150).toWellFormed()}${index}`, content),
    );
    const journey = await setOut();
    await journey.cloudflare.call('PUT', entrypoint(journey.path()), { rules });
    const { written } = await journey.import({ zones: ['example.com'], out: 'out.yaml', pagesDir: 'pages' });
    const there = readdirSync(journey.cwd, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(there.map((one) => join(relative(journey.cwd, one.parentPath), one.name)).sort()).toEqual(
      [...written].sort(),
    );
    expect(written).toHaveLength(names.length + 1);
    for (const path of written) {
      expect(path).toMatch(/^(?:out\.yaml|pages\/example\.com\/[A-Za-z0-9][A-Za-z0-9_.-]*\.html)$/);
    }
  });
});

describe('the command as a process', () => {
  it.each(['validate', 'plan -v', 'plan --format markdown', 'import -v --zone example.com', 'apply -v -y'])(
    '%s lets nothing out either',
    async (line) => {
      const journey = await setOutAmong(Object.values(hostileTexts).join(' ').slice(0, 3_000));
      const env = { CLOUDFLARE_API_TOKEN: 'test', CLOUDFLARE_BASE_URL: journey.cloudflare.baseUrl };
      const { stdout, stderr } = await user({ 'custom-errors.yaml': journey.read('custom-errors.yaml') }).run(
        line.split(' '),
        { env },
      );
      expect(stdout + stderr).not.toBe('');
      for (const text of [stdout, stderr])
        (line.startsWith('import') ? expectHarmlessYaml : expectHarmless)(text);
    },
  );
});
