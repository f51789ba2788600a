import { afterAll, describe, expect, it } from 'vitest';
import { exitOfReceipt } from '../../src/app/app.ts';
import type { Json, JsonObject, SandboxState } from '../../src/sandbox/sandbox.ts';
import { dashboardRule, entrypoint } from '../e2e/dashboard.ts';
import type { Journey } from '../e2e/journey.ts';
import { expectEmpty } from '../e2e/results.ts';
import { allow, complaints, prepare, requestsOf, richJourney } from './rich.ts';
import { isFull } from './scale.ts';
import { holding } from './truth.ts';

/** Somebody else at the dashboard, who changes one thing of one scope. */
interface Act {
  readonly name: string;
  /** The write of ours that goes over this thing, below its scope. */
  readonly rival: string | undefined;
  /** False where the API refused it. */
  readonly run: (journey: Journey, path: string) => Promise<boolean>;
  /** Whether what they did is still live. */
  readonly isThere: (state: SandboxState, scope: string) => boolean;
}

const scopes = [
  { kind: 'zone', name: 'one.example' },
  { kind: 'account', name: 'Acme Inc' },
] as const;

async function call(journey: Journey, method: string, target: string, body?: Json): Promise<boolean> {
  const { status } = await journey.cloudflare.sandbox.dashboard(method, target, body);
  return status < 300;
}

type Rules = readonly JsonObject[];

function rulesAct(name: string, change: (rules: Rules) => Rules, isThere: (rules: Rules) => boolean): Act {
  return {
    name,
    rival: 'PUT rules',
    run: async (journey, path) => {
      const { body } = await journey.cloudflare.sandbox.dashboard('GET', entrypoint(path));
      const live: Rules = Object(body).result.rules;
      const rules = live.map(({ version, last_updated, ...rule }) => rule);
      return call(journey, 'PUT', entrypoint(path), { rules: [...change(rules)] });
    },
    isThere: (state, scope) =>
      isThere(holding(state, scope).rules.map((rule) => ({ ...rule }) as JsonObject)),
  };
}

const theirs = 'https://static.example.com/by-hand.html';

/** Writes an asset, so that it shows another page. */
function assetAct(name: string, rival: string | undefined): Act {
  return {
    name: `asset ${name} updated`,
    rival,
    run: (journey, path) =>
      call(journey, 'PUT', `${path}/custom_pages/assets/${name}`, { url: theirs, description: '' }),
    isThere: (state, scope) => holding(state, scope).assets.get(name)?.url === theirs,
  };
}

function creation(name: string): Act {
  return {
    name: `asset ${name} created`,
    rival: undefined,
    run: (journey, path) =>
      call(journey, 'POST', `${path}/custom_pages/assets`, { name, url: theirs, description: '' }),
    isThere: (state, scope) => holding(state, scope).assets.get(name)?.url === theirs,
  };
}

function deletion(name: string): Act {
  return {
    name: `asset ${name} deleted`,
    rival: undefined,
    run: (journey, path) => call(journey, 'DELETE', `${path}/custom_pages/assets/${name}`),
    isThere: (state, scope) => !holding(state, scope).assets.has(name),
  };
}

const marked = 'by_hand';

const acts: readonly Act[] = [
  rulesAct(
    'a rule edited',
    ([first, ...rest]) => [{ ...first, description: marked }, ...rest],
    (rules) => rules.some(({ description }) => description === marked),
  ),
  rulesAct(
    'a rule added',
    (rules) => [...rules, dashboardRule(marked)],
    (rules) => rules.some(({ ref }) => ref === marked),
  ),
  rulesAct(
    'all rules deleted',
    () => [],
    (rules) => rules.length === 0,
  ),
  rulesAct(
    'rules reordered',
    (rules) => [dashboardRule(marked), ...rules.toReversed()],
    ([first]) => first?.ref === marked,
  ),
  assetAct('kept', undefined),
  assetAct('moved', 'PUT assets/moved'),
  assetAct('fetched', 'PUT assets/fetched'),
  assetAct('old', 'DELETE assets/old'),
  creation(marked),
  creation('new'),
  deletion('kept'),
  deletion('new'),
  deletion('moved'),
];

let count = 0;
let refused = 0;
afterAll(
  () =>
    void process.stdout.write(
      `somebody else writes during a rich apply: ${count} cases, ${refused} of them refused by the API\n`,
    ),
);

describe('somebody else comes in before any request of a rich apply', () => {
  const cases = acts.flatMap((act) =>
    scopes.map((scope) => ({ act, scope, name: `${act.name}, ${scope.kind}` })),
  );
  it.each(cases.map((one, number) => ({ ...one, number })))(
    '$name: kept, or told of',
    async ({ act, scope, number }) => {
      const names = await requestsOf('saved plan');
      // The place right before the write that goes over it is the one that no read can see.
      const rival = act.rival?.replace(' ', ` ${scope.kind} ${scope.name} `);
      const places = names.map((_, index) => index);
      const sample = [(number * 7) % names.length, names.indexOf(rival ?? '')];
      for (const index of isFull ? places : sample.filter((place) => place >= 0)) {
        await interfere({ act, scope, index, rival });
      }
    },
  );
});

describe('somebody else comes in while a write is held back', () => {
  const rivals = acts.flatMap((act) =>
    act.rival === undefined ? [] : scopes.map((scope) => ({ act, scope, rival: act.rival ?? '' })),
  );
  const answers = [
    { status: 429, headers: { 'retry-after': '30' }, text: '' },
    { status: 503, text: '' },
  ] as const;
  const cases = rivals.flatMap((one) =>
    answers.map((answer) => ({
      ...one,
      answer,
      name: `${one.act.name}, ${one.scope.kind}, ${answer.status}`,
    })),
  );
  it.each(cases.filter((_, index) => isFull || index % 5 === 0))('$name: kept', async (one) => {
    await using journey = await richJourney();
    const request = await prepare(journey, 'saved plan');
    const { act, scope, answer } = one;
    const path = journey.path(scope.kind, scope.name);
    const rival = one.rival.replace(' ', ` ${scope.kind} ${scope.name} `);
    const seen = { isHeld: false, isDone: false };
    journey.hook = async (name) => {
      if (seen.isHeld && !seen.isDone) seen.isDone = await act.run(journey, path);
      if (name !== rival || seen.isHeld) return undefined;
      seen.isHeld = true;
      return { kind: 'say', ...answer };
    };
    const applied = await journey.apply(request);
    journey.hook = () => undefined;
    count += 1;
    if (!seen.isHeld) return expect(await requestsOf('saved plan')).not.toContain(rival);
    expect(seen.isDone).toBe(true);
    expect(act.isThere(journey.cloudflare.sandbox.state(), path.split('/')[2] ?? '')).toBe(true);
    expect(complaints(applied)).not.toEqual([]);
    expectOthersDone(applied.receipt?.scopes ?? [], scope.name);
  });
});

describe('the window that the API leaves open', () => {
  it('before the rules are written is one request long: nothing stands between the last look and the write', async () => {
    const windows: number[] = [];
    for (let round = 0; round < (isFull ? 40 : 4); round += 1) {
      await using journey = await richJourney();
      const request = await prepare(journey, 'saved plan');
      const lastOf = new Map<string, { readonly name: string; readonly answered: number }>();
      journey.onEvent = (event) => {
        if (event.kind !== 'transport' || event.event.kind !== 'answer') return;
        const { method, path } = event.event;
        lastOf.set(scopeOf(path), { name: `${method} ${path}`, answered: performance.now() });
      };
      journey.hook = (name, { path }) => {
        const last = lastOf.get(scopeOf(path));
        if (!/^PUT .* rules$/.test(name) || last === undefined) return undefined;
        expect(last.name).toBe(`GET ${path}`);
        windows.push(performance.now() - last.answered);
        return undefined;
      };
      await journey.apply({ ...request, target: { parallelism: 8 } });
    }
    expect(windows).toHaveLength(isFull ? 120 : 12);
    const sorted = windows.toSorted((a, b) => a - b).map((ms) => `${ms.toFixed(1)} ms`);
    const [median, most] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
    process.stdout.write(
      `from the answer of the last look to the arrival of the rules: median ${median}, at most ${most}\n`,
    );
  });
});

/** `/zones/ID` or `/accounts/ID`. */
function scopeOf(path: string): string {
  return path.split('/').slice(0, 3).join('/');
}

interface Case {
  readonly act: Act;
  readonly scope: (typeof scopes)[number];
  readonly index: number;
  readonly rival: string | undefined;
}

async function interfere({ act, scope, index, rival }: Case): Promise<void> {
  await using journey = await richJourney();
  const request = await prepare(journey, 'saved plan');
  const path = journey.path(scope.kind, scope.name);
  const id = path.split('/')[2] ?? '';
  const seen = { at: 0, next: '', isDone: false };
  journey.hook = async (name) => {
    if (seen.at++ !== index) return undefined;
    seen.next = name;
    seen.isDone = await act.run(journey, path);
    return undefined;
  };
  const applied = await journey.apply(request);
  journey.hook = () => undefined;
  count += 1;
  if (!seen.isDone) refused += 1;
  const { plan, receipt } = applied;
  if (plan === undefined || receipt === undefined) throw new Error('a saved plan is always begun');
  const where = `${act.name} in ${scope.name} before "${seen.next}" (request ${index})`;
  if (seen.isDone && !act.isThere(journey.cloudflare.sandbox.state(), id)) {
    // Lost: then no read of ours came after it, and for rules the versions tell.
    expect(blindSpots(rival), where).toContain(seen.next);
    if (rival?.endsWith(' rules')) {
      expect(complaints(applied), where).toContain('apply/overwrote-other-writer');
      expect(exitOfReceipt(plan, receipt), where).not.toBe(0);
    }
  }
  expectOthersDone(receipt.scopes, scope.name);
  await journey.apply({ allow, target: { parallelism: 8 } });
  expectEmpty(await journey.plan());
}

/** Before a deletion the asset and the rules are read together, so what comes before the second read may be unseen. */
function blindSpots(rival: string | undefined): readonly (string | undefined)[] {
  const rules = rival?.replace(/^DELETE (.*) assets\/.*$/, 'GET $1 rules');
  return rival === rules ? [rival] : [rival, rules];
}

type ScopeReceipts = readonly { readonly scope: { readonly name: string }; readonly outcome: string }[];

/** What happens in one scope stops no other. */
function expectOthersDone(receipts: ScopeReceipts, name: string): void {
  const others = receipts.filter(({ scope }) => scope.name !== name);
  expect(others.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
}
