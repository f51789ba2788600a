import { afterAll, describe, expect, it } from 'vitest';
import { type Applied, exitOfProblems, exitOfReceipt } from '../../src/app/app.ts';
import type { SandboxState } from '../../src/sandbox/sandbox.ts';
import type { Journey } from '../e2e/journey.ts';
import { expectEmpty } from '../e2e/results.ts';
import { type Kind, timeoutMs } from './kinds.ts';
import { allow, complaints, prepare, requestsOf, richJourney, type Way } from './rich.ts';
import { isFull } from './scale.ts';
import { lies, likeness } from './truth.ts';

/** One case: what goes wrong, at which request counted from 0, and whether everything after it goes wrong too. */
interface Case {
  readonly kind: Kind;
  readonly index: number;
  readonly lasts: boolean;
  readonly way: Way;
}

/** Runs a rich apply with each of these kinds at each request, and holds what becomes of it against what is said. */
export function defineMatrix(title: string, kinds: readonly Kind[]): void {
  let count = 0;
  afterAll(() => void process.stdout.write(`${title}: ${count} cases\n`));
  describe(title, () => {
    for (const [number, kind] of kinds.entries()) {
      it.each(lastings(kind))(
        `${kind.name}, %s: nothing is lost, nothing is said that is not so, and a rerun converges`,
        async (_, lasts) => {
          for (const { way, index } of await places(number, lasts)) {
            await strike({ kind, index, lasts, way });
            count += 1;
          }
        },
      );
    }
  });
}

/** An answer that comes too late for ever takes longer than it shows. */
function lastings({ name }: Kind): readonly (readonly [string, boolean])[] {
  const once = ['once', false] as const;
  return name.startsWith('no answer') ? [once] : [once, ['from then on', true]];
}

/**
 * Every request of a saved plan's apply, and those that planning puts before it; every third where trouble lasts. In
 * `npm test` one to three for a kind, which are spread over all of them.
 */
async function places(number: number, lasts: boolean): Promise<readonly Pick<Case, 'way' | 'index'>[]> {
  const saved = (await requestsOf('saved plan')).map((_, index) => ({ way: 'saved plan' as const, index }));
  const planning = (await requestsOf('file'))
    .slice(saved.length)
    .map((_, index) => ({ way: 'file' as const, index }));
  if (isFull) return lasts ? saved.filter(({ index }) => index % 3 === number % 3) : [...planning, ...saved];
  if (lasts) return number % 2 === 0 ? spread(saved, number + 1) : [];
  return [...(number % 3 === 0 ? spread(planning, number) : []), ...spread(saved, number)];
}

function spread<T>(all: readonly T[], number: number): readonly T[] {
  const place = (number * 7) % all.length;
  return all.slice(place, place + 1);
}

async function strike({ kind, index, lasts, way }: Case): Promise<void> {
  await using journey = await richJourney();
  const found = journey.cloudflare.sandbox.state();
  const request = await prepare(journey, way);
  const strikes: Promise<unknown>[] = [];
  let count = 0;
  journey.hook = (_, asked) => {
    const isDue = lasts ? count >= index : count === index;
    count += 1;
    if (!isDue) return undefined;
    const disturbance = Promise.resolve(kind.strike(asked));
    strikes.push(disturbance);
    return disturbance;
  };
  const applied = await journey.apply({ ...request, target: { parallelism: 1, timeoutMs } });
  journey.hook = () => undefined;
  await Promise.all(strikes);
  const where = `${kind.name} at request ${index} of the ${way}`;
  const now = await settledState(journey);
  const wanted = await wantedState();
  expectTruth(applied, { found, now, wanted }, where);
  // A plan that was saved is finished as such, or what is left of it is planned anew.
  await expectRerun(journey, { way: index % 2 === 0 ? way : 'file', where, wanted });
}

/** The state once the sandbox has done what it was asked for, however late. */
async function settledState({ cloudflare }: Journey): Promise<SandboxState> {
  await cloudflare.sandbox.dashboard('GET', '/zones');
  return cloudflare.sandbox.state();
}

let goal: Promise<SandboxState> | undefined;

/** What the rich apply leads to. */
function wantedState(): Promise<SandboxState> {
  goal ??= (async () => {
    await using journey = await richJourney();
    await journey.apply(await prepare(journey, 'file'));
    return journey.cloudflare.sandbox.state();
  })();
  return goal;
}

type States = Parameters<typeof lies>[1];

function expectTruth(applied: Applied, states: States, where: string): void {
  const { plan, receipt, problems } = applied;
  const said = complaints(applied);
  if (plan === undefined || receipt === undefined) {
    expect(exitOfProblems(problems), where).toBe(1);
    expect(likeness(states.now), where).toEqual(likeness(states.found));
    return;
  }
  const exit = exitOfReceipt(plan, receipt);
  expect(lies(receipt, states), where).toEqual([]);
  // One writer: nobody else can have been overwritten, and nothing can have gone stale.
  expect(said, where).not.toContain('apply/overwrote-other-writer');
  expect(said, where).not.toContain('apply/stale');
  if (exit === 0) expect(likeness(states.now), where).toEqual(likeness(states.wanted));
  else {
    const planned = plan.problems.map(({ code }) => code);
    expect([...said, ...planned], where).not.toEqual([]);
  }
  const wrote = receipt.scopes.some((scope) => scope.changes.some(({ outcome }) => outcome === 'done'));
  const whole = receipt.scopes.length === 3 && receipt.scopes.every(({ outcome }) => outcome === 'done');
  expect(exit, where).toBe(whole ? 0 : wrote ? 3 : 1);
}

interface Rerun {
  readonly way: Way;
  readonly where: string;
  readonly wanted: SandboxState;
}

async function expectRerun(journey: Journey, { way, where, wanted }: Rerun): Promise<void> {
  const target = { parallelism: 8 };
  const again = await journey.apply(
    way === 'file' ? { allow, target } : { allow, target, planFile: 'plan.json' },
  );
  expect(complaints(again), where).toEqual([]);
  expect(
    again.receipt?.scopes.map(({ outcome }) => outcome),
    where,
  ).toEqual(['done', 'done', 'done']);
  expect(likeness(journey.cloudflare.sandbox.state()), where).toEqual(likeness(wanted));
  expectEmpty(await journey.plan());
}
