import type { Outcome, Receipt, ScopeOutcome, ScopeReceipt } from '../model/receipt.ts';
import { padded, visible } from '../problem/printable.ts';
import { phraseText } from './entries.ts';
import type { Look } from './look.ts';
import { pageOf } from './page.ts';
import { type Paint, painter, type Tone } from './paint.ts';
import { problemsLines } from './problems-terminal.ts';
import {
  changeWords,
  isWhole,
  nextSteps,
  outcomes,
  receiptProblems,
  scopeOutcomes,
  verdict,
  versionWords,
} from './receipt-words.ts';
import { scopeHead } from './scope-head.ts';
import { sandboxLine } from './words.ts';

/**
 * What apply did, for people: a line for each change of each scope, where the replaced state is stored, the problems,
 * and at the end how it ended and what to do next. Scopes that had nothing to do are not listed.
 */
export function receiptTerminal(receipt: Receipt, look: Look): string {
  const paint = painter(look.color);
  const told = receipt.scopes.filter((scope) => scope.changes.length > 0 || scope.outcome !== 'done');
  return pageOf([
    look.sandbox ? [sandboxLine] : [],
    ...told.map((scope) => scopeLines(scope, paint)),
    problemsLines(receiptProblems(receipt), look),
    [paint(isWhole(receipt) ? 'add' : 'error', verdict(receipt)), ...nextSteps(receipt)],
  ]);
}

const outcomeTones = {
  done: 'add',
  'done-before': 'dim',
  failed: 'error',
  skipped: 'change',
} as const satisfies Record<Outcome, Tone>;

const scopeTones = {
  done: 'add',
  stale: 'change',
  incomplete: 'error',
  failed: 'error',
  skipped: 'change',
} as const satisfies Record<ScopeOutcome, Tone>;

const wordWidth = Math.max(...Object.values(outcomes).map(({ word }) => word.length));

function scopeLines(receipt: ScopeReceipt, paint: Paint): readonly string[] {
  const { scope, outcome, changes, backup, versions } = receipt;
  const title = outcome === 'done' ? [] : [`  ${paint(scopeTones[outcome], scopeOutcomes[outcome])}`];
  const lines = changes.flatMap(({ change, outcome: became, reason }) => {
    const { sign, word } = outcomes[became];
    const head = paint(outcomeTones[became], `${sign} ${padded(word, wordWidth)}`);
    const why = reason === undefined ? [] : [`${' '.repeat(wordWidth + 6)}${visible(reason)}`];
    return [`  ${head}  ${visible(phraseText(changeWords(change)))}`, ...why];
  });
  const facts = [
    ...(versions ? [['ruleset', versionWords(versions)]] : []),
    ...(backup === undefined ? [] : [['backup', backup]]),
  ].map(([name = '', text = '']) => paint('dim', `    ${padded(name, wordWidth)}  ${visible(text)}`));
  return [scopeHead(scope, paint), ...title, ...lines, ...facts];
}
