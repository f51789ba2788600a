import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Allowance } from '../model/allowance.ts';
import type { DesiredScope } from '../model/desired.ts';
import type { LiveScope } from '../model/live.ts';
import type { Plan, ScopePlan } from '../model/plan.ts';
import { type Scope, type ScopeName, scopeLabel } from '../model/scope.ts';
import { makePlan } from '../plan/plan.ts';
import { type Problem, problem, type Span } from '../problem/problem.ts';
import { parseAllowances } from './allow.ts';
import { withBehaviour } from './behaviour.ts';
import { foldedName, type Loaded, loadDesired, select } from './desired-state.ts';
import { formerState } from './former.ts';
import type { Planned } from './plan.ts';
import type { Selection } from './request.ts';
import type { World } from './world.ts';

/** One side of a comparison. */
export interface DiffSide {
  /** What readers know it by. */
  readonly name: string;
  /** Absolute: what its relative paths and its pages are measured by. */
  readonly cwd: string;
  /** As in `Selection`. */
  readonly config: readonly string[];
}

export interface DiffRequest extends Omit<Selection, 'config'> {
  readonly before: DiffSide;
  readonly after: DiffSide;
  /** `CODE` or `CODE@SCOPE`. */
  readonly allow: readonly string[];
}

/**
 * A side by a path as a user types it: a file, a directory or `-`. The pages of what lies outside the working directory
 * must lie in its own folder, since another checkout is as much a place of its own as this one.
 */
export async function diffSide(path: string, { cwd }: Pick<World, 'cwd'>): Promise<DiffSide> {
  if (path === '-') return { name: '<stdin>', cwd, config: [path] };
  const full = resolve(cwd, path);
  const place = relative(cwd, full);
  if (place.split(sep)[0] !== '..' && !isAbsolute(place)) return { name: path, cwd, config: [path] };
  const isDirectory = await stat(full).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return { name: path, cwd: isDirectory ? full : dirname(full), config: [full] };
}

/**
 * Compares what some files say with what others said: a plan as if the former were live, with what changes for visitors
 * and without a fingerprint, since nobody was asked what is live. Reads files only. Where the former cannot be read
 * there is no plan, and the problems say so.
 */
export async function diff(request: DiffRequest, world: World): Promise<Planned> {
  const [before, after] = [
    // What tables find wrong with a former file is no reason not to read it.
    await load(request.before, { ...request, online: true }, world),
    await load(request.after, { ...request, online: false }, world),
  ];
  const sources = new Map([
    ...Array.from(before.sources, ([file, text]) => [labelled(file, request.before, after), text] as const),
    ...after.sources,
  ]);
  if (before.desired === undefined) {
    const problems = [...notComparable(before, after, request), ...after.problems];
    return { plan: undefined, problems, sources };
  }
  if (after.desired === undefined) return { plan: undefined, problems: after.problems, sources };
  const selection = { ...request, config: [] };
  const [former, wanted] = [before.desired.scopes, after.desired.scopes];
  const dropped = former.filter(({ name }) => counterpart(name, wanted) === undefined);
  const unknown = select([...wanted, ...dropped], selection).problems;
  if (unknown.length > 0) return { plan: undefined, problems: [...after.problems, ...unknown], sources };
  const plan = compared(
    { former: select(former, selection).scopes, wanted: select(wanted, selection).scopes },
    request,
  );
  return { plan, problems: after.problems, sources };
}

function load(
  { cwd, config }: DiffSide,
  { allow, online }: Pick<DiffRequest, 'allow'> & { readonly online: boolean },
  world: World,
): Promise<Loaded> {
  return loadDesired({ selection: { config, zones: [], accounts: [] }, allow, online }, { ...world, cwd });
}

/** The name of a file of the former side, which is told from one of the same name on the other. */
function labelled(file: string, { name }: DiffSide, after: Loaded): string {
  return after.sources.has(file) ? `${name}/${file}` : file;
}

function notComparable(before: Loaded, after: Loaded, { before: side }: DiffRequest): readonly Problem[] {
  const moved = (span: Span): Span => ({ ...span, file: labelled(span.file, side, after) });
  const errors = before.problems.filter(({ severity }) => severity === 'error');
  return [
    problem({
      code: 'app/not-comparable',
      message: `nothing can be compared, because ${side.name} cannot be understood`,
      hint: 'the problems of the former files come first; those of the new ones, if there are any, follow',
    }),
    ...errors.map(({ notes, span, ...rest }) => ({
      ...rest,
      ...(span && { span: moved(span) }),
      ...(notes && { notes: notes.map((note) => (note.span ? { ...note, span: moved(note.span) } : note)) }),
    })),
  ];
}

interface Sides {
  readonly former: readonly DesiredScope[];
  readonly wanted: readonly DesiredScope[];
}

function compared({ former, wanted }: Sides, { before, after, allow }: DiffRequest): Plan {
  const allowances = parseAllowances(allow);
  const pairs = wanted.map((one) => ({ wanted: one, former: counterpart(one.name, former) }));
  const accounts = [...wanted, ...former].filter(({ name }) => name.kind === 'account');
  const scopes = pairs.map((pair) =>
    planned(pair, {
      scope: scopeOf({ ...pair.former?.name, ...pair.wanted.name }, accounts),
      allow: allowances,
    }),
  );
  const kept = new Set(pairs.map((pair) => pair.former));
  return withBehaviour({
    target: '',
    comparison: { before: before.name, after: after.name },
    scopes,
    problems: former.filter((one) => !kept.has(one)).map(({ name }) => noLongerClaimed(name)),
    fingerprint: '',
  });
}

/** The same scope on the other side; the account counts where both sides say one. */
function counterpart(name: ScopeName, scopes: readonly DesiredScope[]): DesiredScope | undefined {
  return scopes.find(({ name: other }) => {
    const isNamesake =
      other.kind === name.kind && foldedName(other.kind, other.name) === foldedName(name.kind, name.name);
    const [mine, theirs] = [name.account?.toLowerCase(), other.account?.toLowerCase()];
    return isNamesake && (mine === undefined || theirs === undefined || mine === theirs);
  });
}

/** Nobody was asked for ids, so names stand in their place. */
function scopeOf({ kind, name, account }: ScopeName, accounts: readonly DesiredScope[]): Scope {
  if (account === undefined) return { kind, id: name, name };
  const known = counterpart({ kind: 'account', name: account }, accounts)?.name.name ?? account;
  return { kind, id: name, name, account: { id: known, name: known } };
}

interface Pair {
  readonly wanted: DesiredScope;
  readonly former: DesiredScope | undefined;
}

function planned(
  { wanted, former }: Pair,
  { scope, allow }: { readonly scope: Scope; readonly allow: readonly Allowance[] },
): ScopePlan {
  const live = formerState(scope, wanted, former);
  const input = { target: '', problems: [], refresh: [], allow } as const;
  const [made] = makePlan({
    ...input,
    scopes: [{ scope, desired: wanted }],
    live: new Map([[scope.id, live]]),
  }).scopes;
  if (made === undefined) throw new Error('a plan of one scope has one');
  const kinds = ['rules', 'assets'] as const;
  const fresh = kinds.filter((kind) => wanted[kind] !== undefined && former?.[kind] === undefined);
  const gone = kinds.filter((kind) => wanted[kind] === undefined && former?.[kind] !== undefined);
  return {
    ...made,
    live: fresh.includes('rules') ? withoutRules(live) : live,
    problems: [
      ...made.problems.filter(({ code }) => code !== 'plan/take-over').map(softened),
      ...(fresh.length > 0 ? [newlyClaimed(wanted, fresh)] : []),
      ...(gone.length > 0 ? [noLongerClaimed(wanted.name, gone)] : []),
    ],
  };
}

/** What nobody claimed is not known, so nobody can tell what its visitors saw. */
function withoutRules({ ruleset: _, ...live }: LiveScope): LiveScope {
  return live;
}

/** There is nothing here for a hazard to stop. */
function softened(one: Problem): Problem {
  return one.severity === 'hazard' ? { ...one, severity: 'warning' } : one;
}

function newlyClaimed({ name, origin }: DesiredScope, kinds: readonly string[]): Problem {
  const label = scopeLabel(name);
  return problem({
    code: 'app/newly-claimed',
    message: `${label} newly claims its ${kinds.join(' and ')}, and what Cloudflare holds of them is not known here`,
    span: origin,
    scope: label,
    hint: 'a plan, which asks Cloudflare, shows what they replace; or take what is live into the file: cf-errors import',
  });
}

/** Without kinds it is the whole scope. */
function noLongerClaimed(name: ScopeName, kinds: readonly string[] = []): Problem {
  const label = scopeLabel(name);
  const what = kinds.length === 0 ? `${label} is` : `the ${kinds.join(' and ')} of ${label} are`;
  return problem({
    code: 'app/no-longer-claimed',
    message: `${what} no longer claimed: nothing will be written there`,
    scope: label,
    hint: 'what is live stays as it is; to have it deleted, claim empty lists',
  });
}
