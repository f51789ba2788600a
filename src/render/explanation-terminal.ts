import type { Answer, DecisivePart, RuleStep } from '../model/behaviour.ts';
import { type ScopeKind, scopeLabel } from '../model/scope.ts';
import type { VisitorExplanation } from '../model/visitor.ts';
import { cells, cut, fold, visible } from '../problem/printable.ts';
import {
  answerWords,
  doubtWords,
  laterWords,
  pageWords,
  partWords,
  questionWords,
  readingWords,
  servedWords,
  stepOutcomes,
  untriedWords,
  withoutRule,
} from './explanation-words.ts';
import type { Look } from './look.ts';
import { pageOf } from './page.ts';
import { type Paint, painter, type Tone } from './paint.ts';
import { count, sandboxLine } from './words.ts';

/** Conditions of one rule that are shown; an alternative may have hundreds. */
const mostParts = 8;

const tones = {
  answers: 'add',
  passed: 'dim',
  unknown: 'change',
  disabled: 'dim',
} as const satisfies Record<RuleStep['outcome'], Tone>;

/** Where a page is painted and how wide it is. */
interface Room {
  readonly paint: Paint;
  readonly width: number;
}

/**
 * Which rule answers a visitor's error, for people: the question, the answer with what is served, then every rule that
 * was tried, each with the conditions that decided about it and what they read.
 */
export function explanationTerminal(explanation: VisitorExplanation, look: Look): string {
  return pageOf([look.sandbox ? [sandboxLine] : [], ...explanationBlocks(explanation, look)]);
}

/** The same as blocks of lines, for texts that hold an explanation among other things. */
export function explanationBlocks(
  explanation: VisitorExplanation,
  look: Pick<Look, 'color' | 'width'>,
): readonly (readonly string[])[] {
  const room = { paint: painter(look.color), width: look.width };
  return [
    questionLines(explanation, room),
    answerLines(explanation, room),
    scopeLines(explanation, 'zone', room),
    scopeLines(explanation, 'account', room),
  ];
}

function questionLines(explanation: VisitorExplanation, { paint, width }: Room): readonly string[] {
  const title = fold(visible(questionWords(explanation)), width).map((row) => paint('title', row));
  const assumed = folded(`assumed: ${explanation.assumed.join(', ')}`, '', width);
  return [...title, ...assumed.map((row) => paint('dim', row))];
}

const answerTones = {
  rule: ['✓', 'add'],
  unknown: ['?', 'change'],
  none: ['–', 'title'],
  'no-error': ['–', 'title'],
} as const satisfies Record<Answer['outcome'], readonly [sign: string, tone: Tone]>;

function answerLines(explanation: VisitorExplanation, { paint, width }: Room): readonly string[] {
  const { outcome, served } = explanation.answer;
  const [sign, tone] = answerTones[outcome];
  const page = served === undefined ? '' : visible(pageWords(served));
  return [
    paint(tone, `${sign} ${visible(answerWords(explanation))}`),
    ...answerDetails(explanation).flatMap((detail) => folded(detail, '  ', width)),
    ...(page === '' ? [] : [paint('dim', `  ${cut(page, width - 2)}`)]),
  ];
}

function answerDetails(explanation: VisitorExplanation): readonly string[] {
  const { answer, untried, assetUrl } = explanation;
  const { outcome, served } = answer;
  const serves = served === undefined ? [] : [servedWords(served, assetUrl)];
  if (outcome === 'rule') return serves;
  if (outcome === 'unknown') return [...doubtWords(explanation), ...serves];
  if (outcome === 'no-error' || untried === undefined) return [withoutRule];
  return [untriedWords(untried), withoutRule];
}

function scopeLines(explanation: VisitorExplanation, kind: ScopeKind, room: Room): readonly string[] {
  const { answer, untried, later } = explanation;
  const { paint, width } = room;
  const winner = answer.winner?.scope;
  // Behind a zone rule that answers nobody asks for the account.
  if (answer.outcome === 'no-error' || (kind === 'account' && winner === 'zone')) return [];
  const name = explanation[kind];
  if (name === undefined) {
    if (kind === 'zone' || untried === undefined || answer.outcome === 'none') return [];
    return folded(untriedWords(untried), '', width).map((row) => paint('dim', row));
  }
  const steps = answer.steps.filter(({ scope }) => scope === kind);
  return [
    paint('title', visible(scopeLabel({ kind, name }))),
    ...(steps.length === 0 ? [paint('dim', '  no rules')] : []),
    ...steps.flatMap((step) => stepLines(step, widthOf(steps), room)),
    ...(winner === kind && later > 0 ? [paint('dim', `  ${laterWords(later)}`)] : []),
  ];
}

function widthOf(steps: readonly RuleStep[]): number {
  return Math.max(...steps.map(({ position }) => `${position}`.length));
}

function stepLines(step: RuleStep, numberWidth: number, { paint, width }: Room): readonly string[] {
  const { outcome, ref, position, parts } = step;
  const { sign, word } = stepOutcomes[outcome];
  const number = `${position}`.padStart(numberWidth);
  const tone = tones[outcome];
  const indent = ' '.repeat(numberWidth + 5);
  const more = parts.length - mostParts;
  return [
    `  ${paint(tone, sign)} ${number} ${visible(ref)}  ${paint(tone, word)}`,
    ...parts.slice(0, mostParts).flatMap((part) => partLines(part, { indent, paint, width })),
    ...(more > 0 ? [paint('dim', `${indent}… ${count(more, 'more condition')}`)] : []),
  ];
}

/** On one line where it fits, else what was read stands below the condition. */
function partLines(
  part: DecisivePart,
  { indent, width }: Room & { readonly indent: string },
): readonly string[] {
  const says = partWords(part);
  const readings = readingWords(part);
  const whole = readings.length === 0 ? says : `${says}: ${readings.join(', ')}`;
  if (cells(visible(whole)) + indent.length <= width) return [indent + visible(whole)];
  return [...folded(says, indent, width), ...readings.flatMap((one) => folded(one, `${indent}  `, width))];
}

/** Room for a word at least, however deep the text stands. */
const narrowest = 20;

function folded(text: string, indent: string, width: number): readonly string[] {
  return fold(visible(text), Math.max(narrowest, width - indent.length)).map((row) => indent + row.trimEnd());
}
