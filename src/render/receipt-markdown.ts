import type { Receipt, ScopeReceipt } from '../model/receipt.ts';
import type { MarkdownLook } from './look.ts';
import { type Block, code, codeElement, fixed, headBlock, joined, phrase, table } from './markdown.ts';
import { type Meanings, problemsBlocks } from './problems-markdown.ts';
import {
  changeWords,
  isWhole,
  nextSteps,
  outcomes,
  ownReason,
  receiptProblems,
  scopeOutcomes,
  verdict,
  versionWords,
} from './receipt-words.ts';
import { sandboxLine } from './words.ts';

const meanings: Meanings = {
  error: 'an error stops its scope and no other.',
  hazard: 'a hazard stops everything before the first write.',
  warning: 'worth reading; nothing was stopped by it.',
};

/** What apply did, for a comment or a job summary; with a limit the longest tables give way to a line first. */
export function receiptMarkdown(receipt: Receipt, look: MarkdownLook): string {
  const told = receipt.scopes.filter((scope) => scope.changes.length > 0 || scope.outcome !== 'done');
  const blocks = [
    fixed(look.sandbox ? sandboxLine : ''),
    headBlock(isWhole(receipt) ? 'applied' : 'not finished', look),
    fixed(look.lead ?? ''),
    fixed([verdict(receipt), ...nextSteps(receipt)].join('\\\n')),
    ...problemsBlocks(receiptProblems(receipt), meanings, look),
    ...told.map((scope) => scopeBlock(scope, receipt)),
    fixed(`fingerprint ${code(receipt.fingerprint)}`),
  ];
  return joined(blocks, look);
}

function scopeBlock({ scope, outcome, changes, backup, versions }: ScopeReceipt, receipt: Receipt): Block {
  const hasReasons = receipt.scopes
    .flatMap((one) => one.changes)
    .some((change) => ownReason(change, receipt) !== undefined);
  const rows = changes.map((change) => {
    const { sign, word } = outcomes[change.outcome];
    const reason = ownReason(change, receipt);
    const cells = [`${sign} ${word}`, phrase(changeWords(change.change))];
    return hasReasons ? [...cells, reason === undefined ? '' : code(reason)] : cells;
  });
  const facts = [
    ...(versions ? [`ruleset: ${code(versionWords(versions))}`] : []),
    ...(backup === undefined ? [] : [`backup: ${code(backup)}`]),
  ];
  const words = scopeOutcomes[outcome];
  const section = [
    `<details${outcome === 'done' ? '' : ' open'}>`,
    `<summary>${scope.kind} ${codeElement(scope.name)}: ${words}</summary>\n`,
    table(hasReasons ? ['outcome', 'change', 'reason'] : ['outcome', 'change'], rows),
    ...(facts.length > 0 ? [`\n${facts.join('\\\n')}`] : []),
    '\n</details>',
  ].join('\n');
  return { versions: [section, `- ${scope.kind} ${code(scope.name)}: ${words}`, ''] };
}
