import type { DesiredScope, DesiredState } from '../model/desired.ts';
import type { LiveScope } from '../model/live.ts';
import type { RemoteReader } from '../model/remote.ts';
import { type Scope, scopeLabel } from '../model/scope.ts';
import { furtherNeeds, type ReadNeeds, type ResolvedScope, readNeeds } from '../plan/plan.ts';
import { type Problem, ProblemError, problem } from '../problem/problem.ts';

/** Scopes that could be read, and the problems of those that could not. */
export interface ReadState {
  readonly scopes: readonly ResolvedScope[];
  readonly live: ReadonlyMap<string, LiveScope>;
  readonly problems: readonly Problem[];
}

/** Finds every desired scope and reads of each what its claims need; a scope that fails stops no other. */
export async function readState(
  desired: DesiredState,
  remote: RemoteReader,
  onRead: (done: number, total: number) => void,
): Promise<ReadState> {
  const found = await resolveScopes(desired, remote);
  const live = new Map<string, LiveScope>();
  const problems = [...found.problems];
  let done = 0;
  await Promise.all(
    found.scopes.map(async (one) => {
      try {
        live.set(one.scope.id, await readScope(one, remote));
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        problems.push(...error.problems.map((each) => ({ span: one.desired.origin, ...each })));
      }
      done += 1;
      onRead(done, found.scopes.length);
    }),
  );
  return { scopes: found.scopes.filter(({ scope }) => live.has(scope.id)), live, problems };
}

async function readScope({ scope, desired }: ResolvedScope, remote: RemoteReader): Promise<LiveScope> {
  const first = await readParts(scope, readNeeds(desired), remote);
  const missing = furtherNeeds(desired, first);
  return { ...first, ...(await readParts(scope, missing, remote)) };
}

/** Reads the named parts of a scope, at the same time. */
async function readParts(scope: Scope, needs: ReadNeeds, remote: RemoteReader): Promise<LiveScope> {
  const [ruleset, assets] = await Promise.all([
    needs.ruleset ? remote.readRuleset(scope) : undefined,
    needs.assets ? remote.listAssets(scope) : undefined,
  ]);
  return {
    scope,
    ...(ruleset === undefined ? {} : { ruleset }),
    ...(assets === undefined ? {} : { assets }),
  };
}

interface Resolved {
  readonly scopes: readonly ResolvedScope[];
  readonly problems: readonly Problem[];
}

async function resolveScopes(desired: DesiredState, remote: RemoteReader): Promise<Resolved> {
  const answers = await remote.resolve(desired.scopes.map((scope) => scope.name));
  const byId = new Map<string, ResolvedScope>();
  const contradicted = new Set<string>();
  const problems: Problem[] = [];
  for (const [index, wanted] of desired.scopes.entries()) {
    const answer = answers[index];
    if (answer === undefined) throw new Error('the remote answered fewer scopes than it was asked for');
    if ('code' in answer) {
      problems.push({ span: wanted.origin, ...answer });
      continue;
    }
    const known = byId.get(answer.id);
    if (known === undefined) byId.set(answer.id, { scope: answer, desired: wanted });
    else {
      const twice = claimedTwice(known, wanted);
      problems.push(...twice);
      if (twice.length > 0) contradicted.add(answer.id);
      byId.set(answer.id, { scope: named(known.scope, answer), desired: { ...wanted, ...known.desired } });
    }
  }
  return { scopes: [...byId.values()].filter(({ scope }) => !contradicted.has(scope.id)), problems };
}

/** Of two answers for one id, the one that knows more than the id. */
function named(one: Scope, other: Scope): Scope {
  return one.name === one.id ? other : one;
}

/** One scope that the files name once by name and once by id: it may not claim the same kind twice. */
function claimedTwice(known: ResolvedScope, again: DesiredScope): Problem[] {
  return (['assets', 'rules'] as const).flatMap((kind) => {
    const first = known.desired[kind];
    const second = again[kind];
    if (first === undefined || second === undefined) return [];
    return [
      problem({
        code: 'config/claimed-twice',
        message: `${scopeLabel(known.scope)} claims its ${kind} twice, as "${known.desired.name.name}" and as "${again.name.name}"`,
        span: second.origin,
        notes: [{ message: 'the first claim is here', span: first.origin }],
        scope: scopeLabel(known.scope),
        hint: 'both names are the same scope; keep one of the two',
      }),
    ];
  });
}
