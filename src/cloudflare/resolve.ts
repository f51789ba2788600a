import { isId, type Scope, type ScopeName, scopeLabel } from '../model/scope.ts';
import { nearest } from '../problem/nearest.ts';
import { type Problem, ProblemError, type ProblemInput, problem } from '../problem/problem.ts';
import type { Directory, Entry } from './directory.ts';
import { type Findings, search } from './search.ts';
import type { Transport } from './transport.ts';

/** Finds the scopes of names, in their order; see `RemoteReader.resolve`. Ids cost no request. */
export async function resolveNames(
  transport: Transport,
  names: readonly ScopeName[],
): Promise<readonly (Scope | Problem)[]> {
  const groups = new Map<string, { readonly directory: Directory; readonly names: Set<string> }>();
  for (const name of names.filter((one) => !isId(one.name))) {
    const directory = directoryOf(name);
    const group = groups.get(keyOf(directory)) ?? { directory, names: new Set() };
    group.names.add(name.name);
    groups.set(keyOf(directory), group);
  }
  const found = new Map(
    await Promise.all(
      Array.from(groups, async ([key, group]) => {
        return [key, await searchOrProblem(transport, group.directory, [...group.names])] as const;
      }),
    ),
  );
  requireSomething(names, [...found.values()]);
  return names.map((name) => {
    const findings = found.get(keyOf(directoryOf(name)));
    if (findings === undefined || isId(name.name)) return scopeOfId(name);
    return 'code' in findings ? { ...findings, scope: scopeLabel(name) } : choose(name, findings);
  });
}

/** Where no list can be had and no name is an id, there is nothing to go on with: the failure is told once. */
function requireSomething(names: readonly ScopeName[], found: readonly (Findings | Problem)[]): void {
  const failures = found.filter((one) => 'code' in one);
  const isLost = failures.length > 0 && failures.length === found.length;
  if (isLost && !names.some((one) => isId(one.name))) throw new ProblemError(...failures);
}

/** A list that cannot be had is a problem of the names that are looked for in it, and of no others. */
async function searchOrProblem(
  transport: Transport,
  directory: Directory,
  names: readonly string[],
): Promise<Findings | Problem> {
  try {
    return await search(transport, directory, names);
  } catch (error) {
    const first = error instanceof ProblemError ? error.problems[0] : undefined;
    if (first === undefined) throw error;
    return first;
  }
}

function directoryOf({ kind, account }: ScopeName): Directory {
  return kind === 'zone' && account !== undefined ? { kind, account } : { kind };
}

function keyOf({ kind, account }: Directory): string {
  return JSON.stringify([kind, account]);
}

function scopeOfId({ kind, name }: ScopeName): Scope {
  const id = name.toLowerCase();
  return { kind, id, name: id };
}

function choose(name: ScopeName, findings: Findings): Scope | Problem {
  const found = findings.of(name.name);
  // Letter case counts only where it alone tells two accounts apart.
  const exact = found.filter((one) => one.name === name.name);
  const [entry, ...others] = exact.length === 1 ? exact : found;
  if (entry === undefined) return problem(notFound(name, findings.seen));
  if (others.length > 0) return problem(ambiguous(name, [entry, ...others]));
  const { id, account, plan } = entry;
  return {
    kind: name.kind,
    id,
    name: name.name,
    ...(account === undefined ? {} : { account }),
    ...(plan === undefined ? {} : { plan }),
  };
}

function notFound(name: ScopeName, seen: readonly string[]): ProblemInput {
  const meant = nearest(name.name, seen);
  const within = name.account === undefined ? '' : ` in account ${name.account}`;
  return {
    code: name.kind === 'zone' ? 'cloudflare/zone-not-found' : 'cloudflare/account-not-found',
    message: `the token sees no ${scopeLabel(name)}${within}`,
    hint:
      meant === undefined || meant === name.name
        ? `check the name, and that the token includes the ${name.kind}; an id of 32 digits works too`
        : `did you mean "${meant}"?`,
    scope: scopeLabel(name),
  };
}

function ambiguous(name: ScopeName, entries: readonly Entry[]): ProblemInput {
  const zone = name.kind === 'zone';
  const several = `${entries.length} ${name.kind}s are called ${name.name}`;
  return {
    code: zone ? 'cloudflare/ambiguous-zone' : 'cloudflare/ambiguous-account',
    message: `${several}: ${entries.map(zone ? zoneInWords : ({ id }) => id).join(' and ')}`,
    hint: zone
      ? 'write `account:` with the name or id of the right account under the zone, or the id of the zone instead of its name'
      : 'write the id of the right account instead of its name',
    scope: scopeLabel(name),
  };
}

function zoneInWords({ id, account, status }: Entry): string {
  const owner = account === undefined ? 'an unnamed account' : `account ${account.name} (${account.id})`;
  return `${id} in ${owner}${status === undefined ? '' : `, ${status}`}`;
}
