import type { DecisivePart, RuleStep } from '../model/behaviour.ts';
import { type ScopeKind, scopeLabel } from '../model/scope.ts';
import type { VisitorExplanation } from '../model/visitor.ts';
import { cells, cut, fold, visible } from '../problem/printable.ts';
import {
  answerWords,
  pageWords,
  partWords,
  questionWords,
  readingWords,
  ruleWords,
  servedWords,
  stepOutcomes,
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

function answerLines(explanation: VisitorExplanation, { paint, width }: Room): readonly string[] {
  const { answer, untried, assetUrl } = explanation;
  const { outcome, winner, served, steps } = answer;
  const says = visible(answerWords(explanation));
  const details: string[] = [];
  if (outcome === 'unknown') {
    const doubts = steps.filter((step) => step.outcome === 'unknown').map(doubtWords);
    details.push(...(doubts.length === 0 ? [answer.reason ?? ''] : doubts));
    details.push(winner ? `if not: ${ruleWords(winner)}, answers` : 'if not: no rule answers');
  }
  if (served !== undefined) details.push(servedWords(served, assetUrl));
  if (outcome === 'none')
    details.push(...(untried === undefined ? [] : [`account rules were not tried: ${untried}`]));
  if (outcome === 'none' || outcome === 'no-error') details.push(withoutRule);
  const page = served === undefined ? '' : visible(pageWords(served));
  return [
    outcome === 'rule'
      ? paint('add', `✓ ${says}`)
      : paint(outcome === 'unknown' ? 'change' : 'title', `${outcome === 'unknown' ? '?' : '–'} ${says}`),
    ...details.flatMap((detail) => folded(detail, '  ', width)),
    ...(page === '' ? [] : [paint('dim', `  ${cut(page, width - 2)}`)]),
  ];
}

function doubtWords(step: RuleStep): string {
  const reasons = step.parts.flatMap((part) => (part.result === null ? readingWords(part) : []));
  return `${ruleWords(step)}: ${[...new Set(reasons)].join('; ')}`;
}

function scopeLines(explanation: VisitorExplanation, kind: ScopeKind, room: Room): readonly string[] {
  const { answer, untried, later } = explanation;
  const { paint, width } = room;
  const name = explanation[kind];
  if (answer.outcome === 'no-error') return [];
  if (name === undefined) {
    if (kind === 'zone' || untried === undefined || answer.outcome === 'none') return [];
    return folded(`account rules were not tried: ${untried}`, '', width).map((row) => paint('dim', row));
  }
  const steps = answer.steps.filter(({ scope }) => scope === kind);
  const isLast = kind === answer.winner?.scope;
  if (answer.winner?.scope === 'zone' && kind === 'account') return [];
  const none = steps.length === 0 ? [paint('dim', '  no rules')] : [];
  const rest =
    later === 1 ? '1 later rule was not reached' : `${count(later, 'later rule')} were not reached`;
  return [
    paint('title', visible(scopeLabel({ kind, name }))),
    ...none,
    ...steps.flatMap((step) => stepLines(step, widthOf(steps), room)),
    ...(isLast && later > 0 ? [paint('dim', `  ${rest}`)] : []),
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
