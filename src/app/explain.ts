import {
  explainVisitor,
  type FieldFault,
  fieldFault,
  type RuleSource,
  type RuleSources,
  ruleSources,
} from '../behaviour/behaviour.ts';
import { fields as fieldTypes, fitsType } from '../expression/expression.ts';
import type { Json } from '../model/body.ts';
import type { RemoteReader } from '../model/remote.ts';
import { type Scope, type ScopeName, scopeLabel } from '../model/scope.ts';
import type { VisitorCase, VisitorExplanation } from '../model/visitor.ts';
import { type Checked, type Problem, ProblemError, problem } from '../problem/problem.ts';
import { foldedName, type Loaded, loadDesired, notInFile } from './desired-state.ts';
import type { TargetRequest } from './request.ts';
import { withTarget } from './target.ts';
import type { World } from './world.ts';

export interface ExplainRequest {
  /** Files, directories or `-`; empty means the default file. Not read where live is asked for. */
  readonly config: readonly string[];
  /** `CODE` or `CODE@SCOPE`: findings that are let pass in the files. */
  readonly allow: readonly string[];
  /** The zone or the account whose rules are tried first. */
  readonly scope: Pick<ScopeName, 'kind' | 'name'>;
  /** What is known of the visitor; `fields` come from below. */
  readonly visitor: VisitorCase;
  /** Further fields as `NAME=VALUE`; arrays and maps as JSON. */
  readonly fields: readonly string[];
  /** Present: the rules that are live are asked for, with reads only. */
  readonly live?: TargetRequest;
}

export interface Explained {
  /** Undefined where the problems are why there is no answer. */
  readonly explanation: VisitorExplanation | undefined;
  readonly problems: readonly Problem[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Says which rule answers an error and why, by the files or by what is live. */
export async function explainError(request: ExplainRequest, world: World): Promise<Explained> {
  const { value: visitor, problems } = readVisitor(request);
  if (visitor === undefined) return unanswered(problems);
  const { live, scope } = request;
  if (live === undefined) return explainFiles({ ...request, visitor }, world);
  const options = { access: 'read', request: live, scopes: [scope], stoppable: true } as const;
  try {
    const explanation = await withTarget(options, world, ({ connection }) =>
      explainLive({ scope, visitor }, connection.remote),
    );
    return { explanation, problems: [], sources: new Map() };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return unanswered(error.problems);
  }
}

function unanswered(problems: readonly Problem[]): Explained {
  return { explanation: undefined, problems, sources: new Map() };
}

async function explainFiles(request: ExplainRequest, world: World): Promise<Explained> {
  const { config, allow, scope, visitor } = request;
  const selection = { config, zones: [], accounts: [] };
  const loaded = await loadDesired({ selection, allow, online: false }, world);
  if (loaded.desired === undefined) return { ...loaded, explanation: undefined };
  const sources = sourcesInFiles(loaded.desired, scope);
  if ('code' in sources)
    return { ...loaded, explanation: undefined, problems: [...loaded.problems, sources] };
  return { ...loaded, explanation: explainVisitor(visitor, sources) };
}

function sourcesInFiles(
  desired: NonNullable<Loaded['desired']>,
  { kind, name }: ExplainRequest['scope'],
): RuleSources | Problem {
  const folded = foldedName(kind, name);
  const found = desired.scopes.find(
    (one) => one.name.kind === kind && foldedName(kind, one.name.name) === folded,
  );
  if (found === undefined) return notInFile(kind, name, desired.scopes);
  const sources = ruleSources(desired, found);
  if (sources[kind] !== undefined) return sources;
  return problem({
    code: 'app/rules-not-claimed',
    message: `the files do not claim the rules of ${scopeLabel(found.name)}`,
    span: found.origin,
    hint: 'list them under "rules:", or ask for those that are live: --live',
  });
}

async function explainLive(
  { scope, visitor }: Pick<ExplainRequest, 'scope' | 'visitor'>,
  remote: RemoteReader,
): Promise<VisitorExplanation> {
  const [found] = await remote.resolve([scope]);
  if (found === undefined) throw new Error('the remote answered fewer scopes than it was asked for');
  if ('code' in found) throw new ProblemError(found);
  const own = await liveSource(found, remote);
  const account = found.kind === 'zone' ? await accountSource(found, remote) : {};
  const sources: RuleSources = found.kind === 'zone' ? { zone: own, ...account } : { account: own };
  const explanation = explainVisitor(visitor, sources);
  const { winner, served } = explanation.answer;
  if (winner === undefined || served?.source.kind !== 'asset') return explanation;
  const holder = winner.scope === found.kind ? found : accountOf(found);
  const url = holder && (await assetUrl(holder, served.source.assetName, remote));
  return url === undefined ? explanation : { ...explanation, assetUrl: url };
}

/** Throws for a rule that does something else than serve an error: what it leaves to the others is not known here. */
async function liveSource(scope: Scope, remote: RemoteReader): Promise<RuleSource> {
  const { rules } = await remote.readRuleset(scope);
  const foreign = rules.find(({ action }) => action !== 'serve_error');
  if (foreign === undefined) return { name: scope.name, rules };
  throw new ProblemError({
    code: 'app/foreign-action',
    message: `the live rule "${foreign.ref}" of ${scopeLabel(scope)} has the action "${foreign.action}"`,
    hint: 'only what serve_error rules do is known here, so nobody can tell what visitors see',
  });
}

/** The rules of a zone's account; where they may not be read, the answer says so and stands without them. */
async function accountSource(
  zone: Scope,
  remote: RemoteReader,
): Promise<Pick<RuleSources, 'account' | 'untried'>> {
  const account = accountOf(zone);
  if (account === undefined)
    return { untried: 'a zone that is asked for by its id does not tell its account' };
  try {
    return { account: await liveSource(account, remote) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { untried: error.problems.map(({ message }) => message).join('; ') };
  }
}

function accountOf({ account }: Scope): Scope | undefined {
  return account && { kind: 'account', id: account.id, name: account.name };
}

/** An address that is nice to have: without it the answer still stands. */
async function assetUrl(scope: Scope, name: string, remote: RemoteReader): Promise<string | undefined> {
  try {
    return (await remote.readAsset(scope, name))?.url;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return undefined;
  }
}

function readVisitor({ visitor, fields }: ExplainRequest): Checked<VisitorCase> {
  const pairs = fields.map((text): readonly [string, Json] => {
    const [name = '', ...rest] = text.split('=');
    return [name, fieldValue(name, rest.join('='))];
  });
  const faults = [
    ...addressFaults(visitor.ip),
    ...pairs.flatMap(([name, value]) => fieldFault(name, value, 'flags') ?? []),
  ];
  const problems = faults.map((fault) => problem({ code: 'app/bad-field', ...fault }));
  if (problems.length > 0) return { value: undefined, problems };
  return {
    value: pairs.length === 0 ? visitor : { ...visitor, fields: Object.fromEntries(pairs) },
    problems,
  };
}

function addressFaults(ip: string | undefined): readonly FieldFault[] {
  if (ip === undefined || fitsType(ip, 'Ip')) return [];
  return [{ message: `"${ip}" is no IP address`, hint: 'an address is written 192.0.2.1 or 2001:db8::1' }];
}

/** The value that a text stands for in the type of its field; the text itself where it stands for none. */
function fieldValue(name: string, text: string): Json {
  const type = fieldTypes.get(name)?.type;
  if (type === undefined || type === 'Bytes' || type === 'Ip') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
