import { describe, expect, it } from 'vitest';
import { entrypoint } from '../e2e/dashboard.ts';
import { approve, type Journey, setOut } from '../e2e/journey.ts';
import { expectEmpty, outcomesOf, receiptCodes, receiptOf } from '../e2e/results.ts';
import { refusal } from '../sandbox/refusal.ts';
import {
  after,
  allow,
  applySaved,
  atStep,
  before,
  changes,
  heard,
  steps,
  withSavedPlan,
} from './scenario.ts';

const notToday = { code: 10_000, message: 'not today' };

const writes = steps.flatMap((name, step) => (name.startsWith('GET ') ? [] : [{ name, step }]));

describe('a saved plan', () => {
  it('applied twice is found done the second time, and nothing is written again', async () => {
    const journey = await withSavedPlan();
    const first = await journey.apply(applySaved);
    expect(outcomesOf(first)).toEqual(changes.map((change) => `${change}: done`));
    expect(journey.sent()).toEqual(heard);
    const second = await journey.apply(applySaved);
    expect(outcomesOf(second)).toEqual(changes.map((change) => `${change}: done-before`));
    expect(receiptOf(second).scopes.map(({ outcome, backup }) => [outcome, backup])).toEqual([
      ['done', undefined],
    ]);
    expect(journey.sent()).toEqual([steps[1], steps[0]]);
  });

  it.each(writes)(
    'interrupted during "$name" finishes that write, and a rerun the rest',
    async ({ step }) => {
      const journey = await withSavedPlan();
      const interrupt = new AbortController();
      journey.signal = interrupt.signal;
      atStep(journey, step, async () => interrupt.abort('SIGTERM'));
      const done = writes.filter((write) => write.step <= step).length;
      const first = await journey.apply(applySaved);
      expect(first.receipt?.interrupted).toBe('SIGTERM');
      expect(outcomesOf(first)).toEqual(
        changes.map((change, index) => `${change}: ${index < done ? 'done' : 'skipped'}`),
      );
      expect(receiptOf(first).scopes[0]?.outcome).toBe(done === 3 ? 'done' : 'incomplete');
      await finishes(journey, done);
    },
  );

  it.each(writes)('refused at "$name" stops there, and a rerun does the rest', async ({ step }) => {
    const journey = await withSavedPlan();
    atStep(journey, step, async () => refusal(400, notToday));
    const done = writes.filter((write) => write.step < step).length;
    const first = await journey.apply(applySaved);
    expect(outcomesOf(first)).toEqual(
      changes.map(
        (change, index) => `${change}: ${index < done ? 'done' : index === done ? 'failed' : 'skipped'}`,
      ),
    );
    expect(receiptOf(first).scopes[0]?.outcome).toBe(done === 0 ? 'failed' : 'incomplete');
    expect(receiptOf(first).scopes[0]?.changes[done]?.reason).toContain('not today');
    await finishes(journey, done);
  });

  it('interrupted before it begins writes nothing and has no receipt', async () => {
    const journey = await withSavedPlan();
    const interrupt = new AbortController();
    journey.signal = interrupt.signal;
    const applied = await journey.apply(applySaved, async (...shown) => {
      interrupt.abort('SIGINT');
      return approve(...shown);
    });
    expect(applied.receipt).toBeUndefined();
    expect(journey.sent()).toEqual([]);
  });
});

describe('an answer is lost', () => {
  it.each(writes)('to "$name", which happened: it is found done and not repeated', async ({ step }) => {
    const journey = await withSavedPlan();
    atStep(journey, step, async () => ({ kind: 'lose-answer' }));
    const applied = await journey.apply(applySaved);
    expect(outcomesOf(applied)).toEqual(changes.map((change) => `${change}: done`));
    expect(receiptCodes(applied)).toEqual([]);
    const versions = (
      await journey.cloudflare.sandbox.dashboard('GET', `${entrypoint(journey.path())}/versions`)
    ).body;
    // The one that was there before, and the one that was written.
    expect(Object(versions).result).toHaveLength(2);
    const posts = journey.sent().filter((name) => name.startsWith('POST '));
    expect(posts).toHaveLength(1);
  });

  it.each(writes)('to "$name", which did not happen: it is sent again', async ({ name, step }) => {
    const journey = await withSavedPlan();
    atStep(journey, step, async () => ({ kind: 'hang-up' }));
    const applied = await journey.apply(applySaved);
    expect(outcomesOf(applied)).toEqual(changes.map((change) => `${change}: done`));
    expect(journey.sent().filter((one) => one === name)).toHaveLength(2);
    journey.write(after);
    expectEmpty(await journey.plan());
  });

  it('to the rules, and somebody else wrote other ones after them: nobody can say what happened', async () => {
    const journey = await withSavedPlan();
    let isLost = false;
    journey.hook = async (name) => {
      if (name === steps[4]) {
        isLost = true;
        return { kind: 'lose-answer' };
      }
      if (isLost) {
        isLost = false;
        await journey.cloudflare.call('PUT', entrypoint(journey.path()), {
          rules: [],
        });
      }
      return undefined;
    };
    const applied = await journey.apply(applySaved);
    expect(receiptCodes(applied)).toEqual(['apply/fate-unknown']);
    expect(outcomesOf(applied)[1]).toBe('zone example.com rules: failed');
    expect(journey.sent().filter((name) => name === steps[4])).toHaveLength(1);
  });
});

it('one scope that fails stops no other', async () => {
  const zones = ['one.example', 'two.example', 'three.example'];
  const journey = await setOut({ zones });
  journey.write(
    JSON.stringify({
      version: 1,
      zones: Object.fromEntries(
        zones.map((zone) => [
          zone,
          { rules: [{ ref: 'a', expression: 'ssl', content: zone, content_type: 'text/plain' }] },
        ]),
      ),
    }),
  );
  journey.hook = (name) => (name === 'PUT zone two.example rules' ? refusal(403, notToday) : undefined);
  const applied = await journey.apply();
  expect(outcomesOf(applied)).toEqual([
    'zone one.example rules: done',
    'zone two.example rules: failed',
    'zone three.example rules: done',
  ]);
  expect(receiptOf(applied).scopes.map((scope) => scope.outcome)).toEqual(['done', 'failed', 'done']);
});

it('a scope that cannot be read stops no other, and the plan says so', async () => {
  const journey = await setOut({ zones: ['one.example'] });
  const rule = { ref: 'a', expression: 'ssl', content: 'x', content_type: 'text/plain' };
  const id = 'f'.repeat(32);
  journey.write(
    JSON.stringify({ version: 1, zones: { [id]: { rules: [rule] }, 'one.example': { rules: [rule] } } }),
  );
  const applied = await journey.apply();
  expect(outcomesOf(applied)).toEqual(['zone one.example rules: done']);
  expect(applied.plan?.problems).toHaveLength(1);
});

/** A rerun of the same plan finds `done` changes done, and does the others. */
async function finishes(journey: Journey, done: number): Promise<void> {
  journey.signal = undefined;
  journey.hook = () => undefined;
  expect(outcomesOf(await journey.apply(applySaved))).toEqual(
    changes.map((change, index) => `${change}: ${index < done ? 'done-before' : 'done'}`),
  );
  journey.write(after);
  expectEmpty(await journey.plan());
  journey.write(before);
  expect((await journey.plan({ allow })).plan?.scopes[0]?.changes).toHaveLength(3);
}
