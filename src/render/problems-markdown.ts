import type { Problem, Severity } from '../problem/problem.ts';
import type { MarkdownLook } from './look.ts';
import { type Block, fence, fixed } from './markdown.ts';
import { problemsLines } from './problems-terminal.ts';
import { count } from './words.ts';

/** Width of the excerpts inside a comment, in characters. */
const width = 100;

/** What a problem of each severity means where it is shown: a sentence after its count. */
export type Meanings = Readonly<Record<Severity, string>>;

/**
 * Problems for Markdown: an alert that counts them and says what they mean, then the form that the terminal shows, in
 * a fence, where no text can act. Shorter: the sentences without their excerpts; shorter still: the alert alone.
 */
export function problemsBlocks(
  problems: readonly Problem[],
  meanings: Meanings,
  { sources }: Pick<MarkdownLook, 'sources'>,
): readonly Block[] {
  if (problems.length === 0) return [];
  const plain = { color: false, width, sandbox: false };
  const whole = problemsLines(problems, { ...plain, sources });
  const brief = problemsLines(problems, { ...plain, sources: new Map() });
  return [fixed(alert(problems, meanings)), { versions: [fence('text', whole), fence('text', brief), ''] }];
}

function alert(problems: readonly Problem[], meanings: Meanings): string {
  const grave = problems.some((one) => one.severity !== 'warning');
  const lines = (['error', 'hazard', 'warning'] as const).flatMap((severity) => {
    const number = problems.filter((one) => one.severity === severity).length;
    return number === 0 ? [] : [`**${count(number, severity)}**: ${meanings[severity]}`];
  });
  return [`[!${grave ? 'CAUTION' : 'WARNING'}]`, lines.join('\\\n')]
    .join('\n')
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}
