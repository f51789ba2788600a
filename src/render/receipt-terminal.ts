import { phraseText } from '../model/phrase.ts';
import type { Outcome, Receipt, ScopeOutcome, ScopeReceipt } from '../model/receipt.ts';
import { padded, visible } from '../problem/printable.ts';
import type { Problem } from '../problem/problem.ts';
import type { Look } from './look.ts';
import { pageOf } from './page.ts';
import { type Paint, painter, type Tone } from './paint.ts';
import { problemsLines } from './problems-terminal.ts';
import {
  changeWords,
  isIdle,
  isWhole,
  nextSteps,
  outcomes,
  ownReason,
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
 * Empty text where nothing was to do at all, which the plan before it has said.
 */
export function receiptTerminal(receipt: Receipt, look: Look): string {
  const paint = painter(look.color);
  if (isIdle(receipt)) return '';
  const problems = receiptProblems(receipt);
  const told = receipt.scopes.filter((scope) => scope.changes.length > 0 || scope.outcome !== 'done');
  return pageOf([
    look.sandbox ? [sandboxLine] : [],
    ...told.map((scope) => scopeLines(scope, receipt, paint)),
    problemsLines(
      problems.filter((one) => one.severity !== 'hazard'),
      look,
    ),
    hazardLines(
      problems.filter((one) => one.severity === 'hazard'),
      paint,
    ),
    [paint(isWhole(receipt) ? 'add' : 'error', verdict(receipt)), ...nextSteps(receipt)],
  ]);
}

/** The plan, which stands above, tells them in full. */
function hazardLines(hazards: readonly Problem[], paint: Paint): readonly string[] {
  return hazards.map(({ scope = '', code }) =>
    [paint('hazard', 'hazard:'), visible(scope), paint('dim', `[${code}]`)]
      .filter((part) => part !== '')
      .join(' '),
  );
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

function scopeLines(scoped: ScopeReceipt, receipt: Receipt, paint: Paint): readonly string[] {
  const { scope, outcome, changes, backup, versions } = scoped;
  const title = outcome === 'done' ? [] : [`  ${paint(scopeTones[outcome], scopeOutcomes[outcome])}`];
  const lines = changes.flatMap((change) => {
    const { sign, word } = outcomes[change.outcome];
    const reason = ownReason(change, receipt);
    const head = paint(outcomeTones[change.outcome], `${sign} ${padded(word, wordWidth)}`);
    const why = reason === undefined ? [] : [`${' '.repeat(wordWidth + 6)}${visible(reason)}`];
    return [`  ${head}  ${visible(phraseText(changeWords(change.change)))}`, ...why];
  });
  const facts = [
    ...(versions ? [['ruleset', versionWords(versions)]] : []),
    ...(backup === undefined ? [] : [['backup', backup]]),
  ].map(([name = '', text = '']) => paint('dim', `    ${padded(name, wordWidth)}  ${visible(text)}`));
  return [scopeHead(scope, paint), ...title, ...lines, ...facts];
}
