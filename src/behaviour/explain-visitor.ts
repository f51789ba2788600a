import type { Asset, Rule } from '../model/body.ts';
import { isId } from '../model/scope.ts';
import type { VisitorCase, VisitorExplanation } from '../model/visitor.ts';
import { answerTo } from './answer.ts';
import type { Asking } from './asked-by.ts';
import { completeCase, visitorContext } from './visitor-context.ts';

/** The rules of one scope and the assets that they may name, as far as both are known. */
export interface RuleSource {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly assets?: readonly Asset[];
}

/** Whose rules a visitor's error meets. */
export interface RuleSources {
  readonly zone?: RuleSource;
  readonly account?: RuleSource;
  /** Why the rules of an account are not among them. */
  readonly untried?: string;
}

/** Which rule answers a visitor's error, and why; `asking` says how the reader could give what is missing. */
export function explainVisitor(
  given: VisitorCase,
  sources: RuleSources,
  asking: Asking = 'flags',
): VisitorExplanation {
  const { zone, account, untried } = sources;
  // A zone that is named by its id says nothing of hosts.
  const visitor = completeCase(given, zone === undefined || isId(zone.name) ? undefined : zone.name);
  const lists = {
    ...(zone === undefined ? {} : { zone: zone.rules }),
    ...(account === undefined ? {} : { account: account.rules }),
  };
  const all = (zone?.rules.length ?? 0) + (account?.rules.length ?? 0);
  const answer = answerTo(lists, visitorContext(visitor, asking));
  const { winner, served, steps } = answer;
  const source = served?.source;
  const asset =
    winner === undefined || source?.kind !== 'asset'
      ? undefined
      : sources[winner.scope]?.assets?.find(({ name }) => name === source.assetName);
  return {
    visitor,
    assumed: assumptions(given, visitor.host),
    ...(zone === undefined ? {} : { zone: zone.name }),
    ...(account === undefined ? {} : { account: account.name }),
    ...(untried === undefined ? {} : { untried }),
    answer,
    ...(asset === undefined ? {} : { assetUrl: asset.url }),
    later: winner === undefined ? 0 : all - steps.length,
  };
}

function assumptions(given: VisitorCase, host: string | undefined): readonly string[] {
  const { requestHeaders, responseHeaders } = given;
  const headers = [
    requestHeaders === undefined ? 'no request headers' : 'no further request headers',
    responseHeaders === undefined ? 'no response headers' : 'no further response headers',
  ];
  return [
    ...(given.host === undefined && host !== undefined ? [`host ${host}`] : []),
    ...(given.path === undefined ? ['path /'] : []),
    ...(given.method === undefined ? ['GET'] : []),
    ...(given.scheme === undefined ? ['https'] : []),
    ...(given.error1xxx === undefined ? ['no 1XXX error'] : []),
    ...(requestHeaders === undefined && responseHeaders === undefined ? ['no headers'] : headers),
  ];
}
