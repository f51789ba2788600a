import { cut, fold } from '../problem/printable.ts';
import type { Problem, Severity } from '../problem/problem.ts';
import type { MarkdownLook } from './look.ts';
import { type Block, fence, fixed } from './markdown.ts';
import { problemsLines } from './problems-terminal.ts';
import { count } from './words.ts';

/** Width of the excerpts inside a comment, in characters. */
const width = 100;

/** Where a text is too long, this many problems stay, the gravest, with this much of each line. */
const fewest = 10;
const shortest = 300;

/** What a problem of each severity means where it is shown: a sentence after its count. */
export type Meanings = Readonly<Record<Severity, string>>;

/**
 * Problems for Markdown: an alert that counts them and says what they mean, then the form that the terminal shows, in
 * a fence, where no text can act. Shorter: the sentences without their excerpts; then those of the gravest problems, cut;
 * shorter still: the alert alone.
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
  const told = (lines: readonly string[]): string => fence('text', lines.flatMap(hanging));
  const versions = [told(whole), told(brief), told(gravest(problems)), ''] as const;
  return [fixed(alert(problems, meanings)), { versions: [...versions] }];
}

/** A fence does not break its lines, and the end of a sentence tells as much as its beginning. */
function hanging(line: string): readonly string[] {
  return fold(line, width).map((row, at) => (at === 0 ? row : `    ${row}`).trimEnd());
}

const byGravity = ['error', 'hazard', 'warning'] as const;

function gravest(problems: readonly Problem[]): readonly string[] {
  const sorted = byGravity.flatMap((severity) => problems.filter((one) => one.severity === severity));
  const look = { color: false, width, sandbox: false, sources: new Map() };
  const lines = sorted.slice(0, fewest).flatMap((one) => [...problemsLines([one], look), '']);
  const more = problems.length - fewest;
  return [...lines.map((line) => cut(line, shortest)), ...(more > 0 ? [`and ${more} more`] : [])];
}

function alert(problems: readonly Problem[], meanings: Meanings): string {
  const grave = problems.some((one) => one.severity !== 'warning');
  const lines = byGravity.flatMap((severity) => {
    const number = problems.filter((one) => one.severity === severity).length;
    return number === 0 ? [] : [`**${count(number, severity)}**: ${meanings[severity]}`];
  });
  return [`[!${grave ? 'CAUTION' : 'WARNING'}]`, lines.join('\\\n')]
    .join('\n')
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}
