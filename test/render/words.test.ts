import { describe, expect, it } from 'vitest';
import type { ChangeReceipt } from '../../src/model/receipt.ts';
import {
  type Look,
  planJson,
  planMarkdown,
  planTerminal,
  receiptMarkdown,
  receiptTerminal,
} from '../../src/render/render.ts';
import { brokenReceipt, emptyPlan, idleReceipt, missingPlan, richPlan, stoppedPlan } from './fixture.ts';
import { expectHarmless, expectSound } from './hostile.ts';

const look: Look = { color: false, width: 80, sandbox: false, sources: new Map() };

describe('a plan with errors', () => {
  it.each([
    ['a part of it', stoppedPlan, '5 zones planned, 2 zones not planned'],
    ['all of it', missingPlan, '1 zone, 1 account not planned'],
  ])('says what is not planned and gives no fingerprint to approve: %s', (_name, plan, words) => {
    expect(planTerminal(plan, look)).toContain(`\n${words}: 0 to add`);
    expect(planMarkdown(plan, look)).toContain(`\n${words}; `);
    expect(planMarkdown(plan, look)).toMatch(/^### .*zone.* not planned; 0 to add/);
    for (const text of [planTerminal(plan, look), planMarkdown(plan, look)]) {
      expect(text).not.toContain(plan.fingerprint);
      expect(text).toContain('no fingerprint, because the plan has errors');
    }
    expect(JSON.parse(planJson(plan, look))).toHaveProperty('fingerprint', plan.fingerprint);
  });

  it('is not one with hazards alone', () => {
    expect(planTerminal(richPlan, look)).toContain(richPlan.fingerprint);
    expect(planTerminal(richPlan, look)).not.toContain('not planned');
  });
});

describe('the API of a plan', () => {
  const hostile = 'http://[::1]:8787/`@octocat`</code>\n::error::EVIL\u001b[2J|';

  it('is named where it is neither Cloudflare nor a sandbox', () => {
    const plan = { ...emptyPlan, target: 'http://127.0.0.1:8787/client/v4' };
    const words =
      /^made with the API at `?http:\/\/127\.0\.0\.1:8787\/client\/v4`?, which is not Cloudflare's own\n/;
    expect(planTerminal(plan, look)).toMatch(words);
    const [heading, , ...rest] = planMarkdown(plan, look).split('\n');
    expect(heading).toMatch(/^### /);
    expect(rest.join('\n')).toMatch(words);
  });

  it.each([
    [emptyPlan, look],
    [
      { ...emptyPlan, target: 'http://127.0.0.1:8787' },
      { ...look, sandbox: true },
    ],
    [{ ...emptyPlan, target: 'sandbox:.cf-errors/sandbox.json' }, look],
  ])('is not named elsewhere: %#', (plan, how) => {
    expect(planTerminal(plan, how) + planMarkdown(plan, how)).not.toContain('made with');
  });

  it('cannot act', () => {
    const plan = { ...emptyPlan, target: hostile };
    expectHarmless(planTerminal(plan, look));
    expect(planTerminal(plan, look)).toContain('\\n::error::EVIL\\u{1b}[2J|, which');
    expectHarmless(planMarkdown(plan, look));
    expectSound(planMarkdown(plan, look));
  });
});

it('a very long name does not push the columns of the others', () => {
  const change = richPlan.scopes[1]?.changes[0];
  const [first, second] = change?.kind === 'ruleset-update' ? change.rules : [];
  if (change?.kind !== 'ruleset-update' || first?.kind !== 'remove' || second === undefined)
    throw new Error('the fixture removes two rules');
  const long = { ...first, live: { ...first.live, ref: 'r'.repeat(60) } };
  const scopes = richPlan.scopes.slice(1, 2).map((scope) => ({
    ...scope,
    changes: [{ ...change, rules: [long, second] }],
  }));
  const text = planTerminal({ ...richPlan, scopes }, look);
  expect(text).toContain(`    - ${'r'.repeat(60)}  was 1  served`);
  expect(text).toContain(`    - ${'old_404'.padEnd(32)}  was 2  served`);
});

describe('a receipt', () => {
  it('is silent in a terminal after a plan that said that there is nothing to do', () => {
    expect(receiptTerminal(idleReceipt, look)).toBe('');
    expect(receiptTerminal({ ...idleReceipt, interrupted: 'SIGINT' }, look)).toContain('Interrupted');
    expect(receiptMarkdown(idleReceipt, look)).toContain('Nothing to do');
  });

  it('gives a reason under its change only where no problem says the same', () => {
    const reasons = brokenReceipt.scopes
      .flatMap((scope): readonly ChangeReceipt[] => scope.changes)
      .flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
    expect(reasons).toHaveLength(2);
    const plainMarkdown = receiptMarkdown(brokenReceipt, look)
      .replace(/&#(\d+);/g, (_all, point) => String.fromCodePoint(Number(point)))
      .replaceAll(/\n {4}(?! )/g, ' ');
    const times = reasons.map((reason) =>
      [receiptTerminal(brokenReceipt, look), plainMarkdown].map((text) => text.split(reason).length - 1),
    );
    expect(times).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });
});
