import type { Problem } from '../problem/problem.ts';
import type { MarkdownLook } from './look.ts';
import { fixed, headBlock, joined } from './markdown.ts';
import { type Meanings, problemsBlocks } from './problems-markdown.ts';
import { problemCount, sandboxLine } from './words.ts';

const meanings: Meanings = {
  error: 'mend this first.',
  hazard: 'stops everything before the first write.',
  warning: 'worth reading.',
};

/** A page for what ended in problems or without any: the heading says `verdict` and counts them. */
export function problemsMarkdown(problems: readonly Problem[], verdict: string, look: MarkdownLook): string {
  const blocks = [
    fixed(look.sandbox ? sandboxLine : ''),
    headBlock([verdict, problemCount(problems)].filter((part) => part !== '').join(', '), look),
    fixed(look.lead ?? ''),
    ...problemsBlocks(problems, meanings, look),
  ];
  return joined(blocks, look);
}
