import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { savePlan } from '../../src/app/app.ts';
import { loadPlan } from '../../src/app/plan-file.ts';
import { digest } from '../../src/compare/compare.ts';
import type { Json } from '../../src/model/body.ts';
import type { Plan } from '../../src/model/plan.ts';
import { allowHazards } from '../../src/plan/plan.ts';
import { ProblemError } from '../../src/problem/problem.ts';
import { planJson, planMarkdown, planTerminal } from '../../src/render/render.ts';
import { asset, desired, live, plan, rule } from '../plan/builders.ts';
import { mutated, mutations, settings, timeout } from './fuzz.ts';

const look = { color: false, width: 80, sandbox: false, sources: new Map() };

const long = rule('long', { serve: { source: { kind: 'content', content: 'x'.repeat(3_000) } } });

/** A plan with a hazard and every kind of change. */
const everyKindOfChange = plan(
  desired({
    rules: [
      rule('moved'),
      rule('edited', { enabled: false }),
      rule('new', { asset: 'fresh' }),
      { ...long, ref: 'renamed' },
    ],
    assets: [asset('fresh'), asset('updated', { description: 'now' }), asset('refreshed')],
  }),
  live({
    rules: [rule('edited'), rule('moved'), long, rule('gone'), rule('gone too'), rule('gone as well')],
    assets: [asset('updated'), asset('refreshed'), asset('deleted')],
  }),
  { refresh: ['refreshed'] },
);

/** Opens a plan file and shows what is in it; undefined where it was refused in so many words. */
async function opened(cwd: string, text: string | Uint8Array): Promise<Plan | undefined> {
  writeFileSync(join(cwd, 'plan.json'), text);
  try {
    const loaded = allowHazards(await loadPlan('plan.json', cwd), [{ code: 'plan/mass-delete' }]);
    for (const show of [planTerminal, planMarkdown, planJson]) expect(show(loaded, look)).not.toBe('');
    return loaded;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    expect(error.problems.map((one) => one.code)).toEqual(['app/plan-file-damaged']);
    return undefined;
  }
}

async function folder(): Promise<{ cwd: string; text: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'fuzz-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  await savePlan(everyKindOfChange, join(cwd, 'plan.json'));
  return { cwd, text: readFileSync(join(cwd, 'plan.json'), 'utf8') };
}

it(
  'a plan file in which anything was changed is refused',
  async () => {
    const { cwd, text } = await folder();
    expect(await opened(cwd, text)).toBeDefined();
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        const value = mutated(JSON.parse(text), changes);
        const after = JSON.stringify(value);
        const same = after === undefined || digestOf(value) === digestOf(JSON.parse(text));
        expect((await opened(cwd, after ?? '')) !== undefined).toBe(same && after !== undefined);
      }),
      settings,
    );
  },
  timeout,
);

function digestOf(value: unknown): string {
  return digest(JSON.parse(JSON.stringify(value)) as Json);
}

it(
  'bytes that were changed, cut or added are refused',
  async () => {
    const { cwd, text } = await folder();
    const bytes = Buffer.from(text);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 1 }),
        fc.nat({ max: 20 }),
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        async (at, cut, added) => {
          const after = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + cut)]);
          const loaded = await opened(cwd, after);
          // White space between the tokens of JSON says nothing.
          if (loaded !== undefined) expect(JSON.parse(after.toString())).toEqual(JSON.parse(text));
        },
      ),
      settings,
    );
  },
  timeout,
);

it(
  'a plan file that somebody sealed again is refused, or is a plan that can be shown',
  async () => {
    const { cwd, text } = await folder();
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        const { seal: _, ...unsealed } = JSON.parse(text);
        const value = mutated(unsealed, changes);
        if (typeof value !== 'object' || value === null) return;
        const plain = JSON.parse(JSON.stringify(value));
        await opened(cwd, JSON.stringify({ ...plain, seal: digest(plain) }));
      }),
      settings,
    );
  },
  timeout,
);
