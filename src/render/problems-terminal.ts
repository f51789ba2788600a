import { excerpt } from '../problem/excerpt.ts';
import { visible } from '../problem/printable.ts';
import type { Note, Problem, Span } from '../problem/problem.ts';
import type { Look } from './look.ts';
import { pageOf } from './page.ts';
import { type Paint, painter } from './paint.ts';
import { problemCount, sandboxLine } from './words.ts';

/**
 * Problems in the order given: place, sentence and code, the source line with carets, notes and hint; a last line
 * counts them where there are several. Empty text where there is none.
 */
export function problemsTerminal(problems: readonly Problem[], look: Look): string {
  if (problems.length === 0) return '';
  return pageOf([look.sandbox ? [sandboxLine] : [], problemsLines(problems, look)]);
}

/**
 * The same as lines, without the sandbox's first line, for texts that hold problems among other things; `below` says what
 * is told under a problem.
 */
export function problemsLines(
  problems: readonly Problem[],
  look: Look,
  below: (problem: Problem) => readonly string[] = () => [],
): readonly string[] {
  const paint = painter(look.color);
  const blocks = problems.flatMap((one) => [...problemLines(one, look, paint), ...below(one), '']);
  if (problems.length > 1) return [...blocks, paint('title', problemCount(problems))];
  return blocks.slice(0, -1);
}

function problemLines(problem: Problem, look: Look, paint: Paint): readonly string[] {
  const { severity, message, code, span, scope, hint } = problem;
  const where = span ? `${place(span)} ` : scope ? `${visible(scope)}: ` : '';
  const head = `${paint('title', where)}${paint(severity, `${severity}:`)} ${visible(message)} ${paint('dim', `[${code}]`)}`;
  return [
    head,
    ...(span ? excerptLines(span, look, (carets) => paint(severity, carets)) : []),
    ...(problem.notes ?? []).map((note) => `  ${paint('dim', 'note:')} ${noteText(note)}`),
    ...(hint === undefined ? [] : [`  ${paint('hint', 'hint:')} ${visible(hint)}`]),
  ];
}

/** `file:line:column`, which editors and terminals make a link of. */
function place({ file, line, column }: Span): string {
  return `${visible(file)}:${line}:${column}`;
}

function noteText({ message, span }: Note): string {
  return span ? `${visible(message)} (${place(span)})` : visible(message);
}

function excerptLines(span: Span, look: Look, mark: (carets: string) => string): readonly string[] {
  const paint = painter(look.color);
  const source = look.sources.get(span.file);
  if (source === undefined) return [];
  const gutter = String(span.line).padStart(5);
  const shown = excerpt(source, span, Math.max(20, look.width - gutter.length - 3));
  if (shown === undefined) return [];
  const { at, length } = shown.caret;
  return [
    `${paint('dim', `${gutter} |`)} ${shown.text}`,
    `${paint('dim', `${' '.repeat(gutter.length)} |`)} ${' '.repeat(at)}${mark('^'.repeat(length))}`,
  ];
}
