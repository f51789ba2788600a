import type { DecisivePart, RuleName, RuleStep, Served } from '../model/behaviour.ts';
import { scopeLabel } from '../model/scope.ts';
import type { VisitorExplanation } from '../model/visitor.ts';
import { count } from './words.ts';

/** Each outcome of a rule with its sign and its word. */
export const stepOutcomes = {
  answers: { sign: '✓', word: 'answers' },
  passed: { sign: '·', word: 'does not answer' },
  unknown: { sign: '?', word: 'cannot be told' },
  disabled: { sign: '–', word: 'disabled' },
} as const satisfies Record<RuleStep['outcome'], { sign: string; word: string }>;

/** What was asked: `503 (1020) on shop.example.com, POST /api/orders, from DE`. */
export function questionWords({ visitor, zone, account }: VisitorExplanation): string {
  const { status, error1xxx = 0, host, method, path, scheme, country, ip } = visitor;
  const where =
    host ??
    scopeLabel(zone === undefined ? { kind: 'account', name: account ?? '' } : { kind: 'zone', name: zone });
  const from = [country, ip].filter((one) => one !== undefined).join(', ');
  return [
    `${status}${error1xxx === 0 ? '' : ` (${error1xxx})`} ${host === undefined ? 'in' : 'on'} ${where}`,
    `${method} ${path}`,
    ...(scheme === 'http' ? ['over http'] : []),
    ...(from === '' ? [] : [`from ${from}`]),
    ...headerWords('with', visitor.requestHeaders),
    ...headerWords('answered with', visitor.responseHeaders),
    ...Object.entries(visitor.fields ?? {}).map(([name, value]) => `${name} ${JSON.stringify(value)}`),
  ].join(', ');
}

function headerWords(
  word: string,
  headers: VisitorExplanation['visitor']['requestHeaders'] = {},
): readonly string[] {
  return Object.entries(headers).map(([name, values]) => `${word} ${name}: ${values.join(', ')}`);
}

/** A rule by its place and its name: `zone rule 3 branded_5xx`. */
export function ruleWords({ scope, position, ref }: RuleName): string {
  return `${scope} rule ${position}, ${ref}`;
}

/** The answer in a few words, which a colon may follow. */
export function answerWords(explanation: VisitorExplanation): string {
  const { outcome, winner } = explanation.answer;
  if (outcome === 'no-error') return 'No rule answers: rules run for statuses from 400 on';
  if (outcome === 'unknown') return 'It cannot be told which rule answers';
  if (winner !== undefined) return sentence(`${ruleWords(winner)}, answers`);
  return sentence(`${noRule(explanation)} answers`);
}

/** `no rule`, as far as rules were tried. */
function noRule({ zone, account }: Pick<VisitorExplanation, 'zone' | 'account'>): string {
  if (zone === undefined) return 'no account rule';
  return account === undefined ? 'no zone rule' : 'no rule';
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Why it cannot be told which rule answers, a line for each rule in doubt, and what happens if none of them does. */
export function doubtWords(explanation: VisitorExplanation): readonly string[] {
  const { steps, winner, reason = '' } = explanation.answer;
  const doubtful = steps.filter(({ outcome }) => outcome === 'unknown');
  if (doubtful.length === 0) return [reason];
  const then = winner === undefined ? `${noRule(explanation)} answers` : `${ruleWords(winner)}, answers`;
  return [
    ...doubtful.map((step) => {
      const reasons = step.parts.filter(({ result }) => result === null).flatMap(readingWords);
      return `${ruleWords(step)}: ${[...new Set(reasons)].join('; ')}`;
    }),
    `if ${doubtful.length === 1 ? 'it does' : 'they do'} not: ${then}`,
  ];
}

/** Said where the rules of an account may answer too and are not known. */
export function untriedWords(untried: string): string {
  return `account rules were not tried: ${untried}`;
}

/** How many rules behind the winner were not reached. */
export function laterWords(later: number): string {
  return later === 1 ? '1 later rule was not reached' : `${later} later rules were not reached`;
}

/** What becomes of a visitor whom no rule answers (Cloudflare docs, Rules, Custom Errors; Error Pages). */
export const withoutRule =
  'Without a rule visitors get what the origin sent; an error of Cloudflare itself gets its error page, the customised one where there is one.';

/** What a visitor is served, without the page itself: `530, application/json, 45 bytes`. */
export function servedWords({ status, contentType, source }: Served, assetUrl?: string): string {
  const facts = [`status ${status}`, ...(contentType === undefined ? [] : [contentType])];
  if (source.kind === 'asset') {
    const url = assetUrl === undefined ? '' : `, from ${assetUrl}`;
    return [...facts, `asset ${source.assetName}${url}`].join(', ');
  }
  if (source.kind === 'nothing') return [...facts, 'no page'].join(', ');
  return [...facts, count(new TextEncoder().encode(source.content).length, 'byte')].join(', ');
}

/** What a condition gave; constants and fields that are true or false by themselves say it in one breath. */
export function partWords({ text, result }: DecisivePart): string {
  if (text === `${result}`) return `always ${text}`;
  return `${text} ${result === null ? 'is not known' : `is ${result}`}`;
}

/** What a condition read: `http.host is "example.com"`; why it is not known, where it is not. */
export function readingWords({ text, result, reads, reason }: DecisivePart): readonly string[] {
  if (result === null && reason !== undefined) return reason.split('; ');
  return reads
    .filter(({ field }) => field !== text)
    .map(({ field, value }) => (value === 'nothing' ? `${field} is not there` : `${field} is ${value}`));
}

/** The words of a page, on one line: of HTML what is read, of everything else the text. */
export function pageWords({ contentType, source }: Served): string {
  if (source.kind !== 'content') return '';
  const { content } = source;
  const read =
    contentType === 'text/html'
      ? content.replace(/<(style|script|title)\b.*?<\/\1>|<[^>]*>/gis, ' ')
      : content;
  return (read.trim() === '' ? content : read).trim().replace(/\s+/g, ' ');
}
