import type { DecisivePart, RuleStep } from '../model/behaviour.ts';
import type { VisitorCase, VisitorExplanation } from '../model/visitor.ts';
import type { Problem } from '../problem/problem.ts';
import { jsonText, problemJson, sourceJson } from './json.ts';
import type { JsonLook } from './look.ts';

/** An explanation for programs with the problems of the files, by `schemas/explanation.schema.json`. */
export function explanationJson(
  explanation: VisitorExplanation,
  problems: readonly Problem[],
  { sandbox }: JsonLook,
): string {
  return jsonText({
    format: 'cf-errors/explanation',
    version: 1,
    sandbox,
    ...explanationObject(explanation),
    problems: problems.map(problemJson),
  });
}

/** What `explanation.schema.json` calls an explanation, for documents that hold several. */
export function explanationObject(explanation: VisitorExplanation): object {
  const { visitor, assumed, zone, account, untried, answer, assetUrl, later } = explanation;
  const { outcome, winner, served, reason, steps } = answer;
  return {
    visitor: visitorJson(visitor),
    assumed,
    zone,
    account,
    account_untried: untried,
    outcome,
    reason,
    winner: winner && { scope: winner.scope, position: winner.position, ref: winner.ref },
    served: served && {
      status: served.status,
      content_type: served.contentType,
      ...sourceJson({ source: served.source }),
      asset_url: assetUrl,
    },
    rules: steps.map(stepJson),
    later_rules: later,
  };
}

function visitorJson(visitor: VisitorCase): object {
  const {
    status,
    error1xxx,
    host,
    path,
    method,
    scheme,
    requestHeaders,
    responseHeaders,
    country,
    ip,
    fields,
  } = visitor;
  return {
    status,
    '1xxx': error1xxx,
    host,
    path,
    method,
    scheme,
    request_headers: requestHeaders,
    response_headers: responseHeaders,
    country,
    ip,
    fields,
  };
}

function stepJson({ scope, position, ref, expression, outcome, parts }: RuleStep): object {
  return { scope, position, ref, expression, outcome, parts: parts.map(partJson) };
}

function partJson({ text, result, reads, reason }: DecisivePart): object {
  return { text, result, reads: reads.map(({ field, value }) => ({ field, value })), reason };
}
