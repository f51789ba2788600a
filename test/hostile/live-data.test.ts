import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planProblems } from '../../src/model/plan.ts';
import type { Problem } from '../../src/problem/problem.ts';
import {
  explanationJson,
  explanationTerminal,
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
import { dashboardRule, entrypoint } from '../e2e/dashboard.ts';
import { setOut } from '../e2e/journey.ts';
import { receiptOf } from '../e2e/results.ts';
import { numRuns, timeout } from '../fuzz/fuzz.ts';
import { expectHarmless, expectSound, hostileText } from '../render/hostile.ts';
import { expectHarmlessYaml, setOutAmong } from './scene.ts';
import { hostileTexts } from './texts.ts';

type Kind = 'terminal' | 'markdown' | 'json' | 'yaml';

/** One text that somebody reads, by how it is read. */
interface Shown {
  readonly what: string;
  readonly kind: Kind;
  readonly text: string;
}

const look: Look = { color: false, width: 80, sandbox: true, sources: new Map() };

function shownProblems(what: string, problems: readonly Problem[]): Shown[] {
  return [
    { what: `${what}: problems`, kind: 'terminal', text: problemsTerminal(problems, look) },
    { what: `${what}: problems`, kind: 'json', text: problemsJson(problems, look) },
  ];
}

/** Everything that plan, explain, apply and import show of it; one write is refused in hostile words. */
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
  const visitor = { status: 500, host: text, path: `/${text}`, requestHeaders: { 'x-test': [text] } };
  const { explanation } = await journey.explain(visitor);
  if (explanation === undefined) throw new Error('no explanation');
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
    { what: 'explanation', kind: 'terminal', text: explanationTerminal(explanation, look) },
    { what: 'explanation', kind: 'json', text: explanationJson(explanation, [], look) },
  ];
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
  expect(shown.length).toBe(18);
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
    const pages = written.filter((path) => !['out.yaml', 'custom-errors.schema.json'].includes(path));
    expect(pages).toHaveLength(names.length);
    for (const path of pages) expect(path).toMatch(/^pages\/example\.com\/[A-Za-z0-9][A-Za-z0-9_.-]*\.html$/);
  });
});
