import {
  type Context,
  type Explanation,
  evaluateExpression,
  explain,
  print,
  printOperandValue,
} from '../expression/expression.ts';
import type { Answer, DecisivePart, Reading, RuleName, RuleStep, Served } from '../model/behaviour.ts';
import { type Place, placesOf } from './place.ts';
import { inOrder, isEnabled, order, type PlacedRule, type RuleLists, treeOf } from './rules.ts';

/** Rules run for error responses only (Cloudflare docs, Rules, Custom Errors). */
const leastError = 400;

/**
 * Which rule answers an error, and why the rules before it do not. The context holds what is known of the request and of
 * its response by the names of fields, the status as `http.response.code`.
 */
export function answerTo(lists: RuleLists, context: Context): Answer {
  const known = order.filter((scope) => lists[scope] !== undefined);
  const status = context['http.response.code'];
  if (typeof status !== 'number' || !Number.isInteger(status)) {
    return { outcome: 'unknown', reason: 'the status of the error is not given', steps: [], lists: known };
  }
  if (status < leastError) return { outcome: 'no-error', steps: [], lists: known };
  const { steps, winner } = walk(inOrder(lists), context);
  const served = winner && { winner: nameOf(winner), served: pageOf(winner, status) };
  const doubts = steps.filter(({ outcome }) => outcome === 'unknown');
  if (doubts.length > 0)
    return { outcome: 'unknown', reason: doubts.map(doubt).join('; '), ...served, steps, lists: known };
  return { outcome: winner === undefined ? 'none' : 'rule', ...served, steps, lists: known };
}

function walk(
  rules: readonly PlacedRule[],
  context: Context,
): { steps: readonly RuleStep[]; winner?: PlacedRule } {
  const steps: RuleStep[] = [];
  for (const rule of rules) {
    const step = stepOf(rule, context);
    steps.push(step);
    if (step.outcome === 'answers') return { steps, winner: rule };
  }
  return { steps };
}

function stepOf(placed: PlacedRule, context: Context): RuleStep {
  const { expression } = placed.rule;
  const step = { ...nameOf(placed), expression };
  if (!isEnabled(placed)) return { ...step, outcome: 'disabled', parts: [] };
  const tree = treeOf(placed.rule);
  if (tree === undefined) {
    const { reason = 'it cannot be read' } = evaluateExpression(expression, context);
    return { ...step, outcome: 'unknown', parts: [{ text: expression, result: null, reads: [], reason }] };
  }
  const explanation = explain(tree, context);
  const outcome = explanation.result === null ? 'unknown' : explanation.result ? 'answers' : 'passed';
  return { ...step, outcome, parts: decisive(explanation).map((part) => partOf(expression, part, context)) };
}

/** The conditions without which the answer could have been another: all that gave the answer of the whole. */
function decisive(explanation: Explanation): readonly Explanation[] {
  const { expression, result, parts } = explanation;
  if (!('parts' in expression) && !('part' in expression)) return [explanation];
  const isJoined = expression.kind === 'and' || expression.kind === 'or';
  return (isJoined ? parts.filter((part) => part.result === result) : parts).flatMap(decisive);
}

function partOf(text: string, explanation: Explanation, context: Context): DecisivePart {
  const { expression, result, reason } = explanation;
  return {
    text: text.slice(expression.from, expression.to),
    result,
    reads: placesOf(expression).map((place) => readingOf(place, context)),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** What stands before `[*]` is told as a whole. */
function readingOf(place: Place, context: Context): Reading {
  const each = place.indexes.findIndex(({ kind }) => kind === 'each');
  const whole = each < 0 ? place : { ...place, indexes: place.indexes.slice(0, each) };
  return { field: print(whole), value: printOperandValue(whole, context) };
}

function doubt({ scope, ref, parts }: RuleStep): string {
  const reasons = parts.flatMap(({ result, reason }) =>
    result === null && reason !== undefined ? [reason] : [],
  );
  return `${scope} rule "${ref}": ${[...new Set(reasons)].join(', ') || 'it cannot be evaluated here'}`;
}

function nameOf({ scope, ref, position }: RuleName): RuleName {
  return { scope, ref, position };
}

/** Beside an asset the content type is text/html unless the rule says otherwise (Cloudflare OpenAPI, ServeErrorAsset). */
function pageOf({ rule }: PlacedRule, status: number): Served {
  const { source, contentType, statusCode } = rule.serve;
  return {
    status: statusCode ?? status,
    contentType: contentType ?? (source.kind === 'asset' ? 'text/html' : undefined),
    source,
  };
}
