import { dirname, relative, resolve, sep } from 'node:path';
import { pageFileKey, pageFiles, parseConfig, writeConfig } from '../config/config.ts';
import { makeDesired } from '../desired/desired.ts';
import type { Imported } from '../model/imported.ts';
import type { LiveScope, LiveState } from '../model/live.ts';
import { type Plan, planProblems } from '../model/plan.ts';
import type { RemoteReader } from '../model/remote.ts';
import { type Scope, type ScopeName, scopeLabel } from '../model/scope.ts';
import { makePlan } from '../plan/plan.ts';
import { hasErrors, type Problem, ProblemError, type ProblemInput, problem } from '../problem/problem.ts';
import { foldedName } from './desired-state.ts';
import { exists, type NewFile, writeNewFiles } from './files.ts';
import type { PageDocument } from './import-pages.ts';
import { describeScope } from './import-scope.ts';
import { configSchemaText, schemaName } from './init.ts';
import { pageRefusal } from './page-files.ts';
import type { TargetRequest } from './request.ts';
import { withTarget } from './target.ts';
import type { World } from './world.ts';

export interface ImportRequest {
  readonly target: TargetRequest;
  /** Names or ids of the scopes to read; at least one of either. */
  readonly zones: readonly string[];
  readonly accounts: readonly string[];
  /** The YAML file to write; absent: the text is the result. */
  readonly out?: string;
  /** Folder for pages of more than a few lines; absent: all pages stay inside the rules. */
  readonly pagesDir?: string;
  /** Gives rules that were made in the dashboard readable refs, and so new Cloudflare ids. */
  readonly newRefs: boolean;
}

/** The name that spans of the proof give to a file that is not written. */
const unwritten = 'custom-errors.yaml';

/** Reads live scopes into a configuration file, and proves that a plan of that file is empty. */
export async function importScopes(request: ImportRequest, world: World): Promise<Imported> {
  const names: ScopeName[] = [
    ...request.zones.map((name) => ({ kind: 'zone' as const, name: foldedName('zone', name) })),
    ...request.accounts.map((name) => ({ kind: 'account' as const, name })),
  ];
  try {
    if (names.length === 0) throw new ProblemError(nothingNamed);
    const options = { access: 'read', request: request.target, scopes: names, stoppable: true } as const;
    const live = await withTarget(options, world, (target) => readAll(names, target.connection.remote));
    return await writeDown(live, request, world);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { text: undefined, written: [], problems: error.problems, renames: 0, isProven: false };
  }
}

const nothingNamed: ProblemInput = {
  code: 'import/nothing-named',
  message: 'import was not told what to read',
  hint: 'name scopes with --zone and --account, for instance: cf-errors import --zone example.com',
};

interface NamedScope {
  readonly name: ScopeName;
  readonly live: LiveScope;
}

/** Reads every scope that was named, once each, under the first of its names. */
async function readAll(names: readonly ScopeName[], remote: RemoteReader): Promise<readonly NamedScope[]> {
  const found = await remote.resolve(names);
  const problems = found.filter((one) => 'code' in one);
  if (problems.length > 0) throw new ProblemError(...problems);
  const pairs = new Map<string, { readonly name: ScopeName; readonly scope: Scope }>();
  for (const [index, name] of names.entries()) {
    const scope = found[index];
    if (scope === undefined || 'code' in scope || pairs.has(scope.id)) continue;
    pairs.set(scope.id, { name, scope });
  }
  return Promise.all(
    Array.from(pairs.values(), async ({ name, scope }) => {
      const [ruleset, assets] = await Promise.all([remote.readRuleset(scope), remote.listAssets(scope)]);
      return { name, live: { scope, ruleset, assets } };
    }),
  );
}

async function writeDown(
  scopes: readonly NamedScope[],
  request: ImportRequest,
  world: World,
): Promise<Imported> {
  const file = request.out ?? unwritten;
  const directory = dirname(resolve(world.cwd, file));
  const { newRefs, pagesDir } = request;
  const folder =
    pagesDir === undefined
      ? undefined
      : { path: pathBetween(directory, resolve(world.cwd, pagesDir)), taken: new Set<string>() };
  const described = scopes.map(({ name, live }) =>
    describeScope(name, live, { newRefs, ...(folder === undefined ? {} : { folder }) }),
  );
  const { text } = writeConfig({ schema: `./${schemaName}`, scopes: described.map((one) => one.document) });
  const pages = described.flatMap((one) => one.pages);
  requireReadable(
    pages.map((page) => resolve(directory, page.path)),
    world,
  );
  const proof = prove({ file, text, directory }, pages, scopes);
  const files = [
    ...pages.map((page) => ({ path: resolve(directory, page.path), text: page.text, isPrivate: false })),
    ...(request.out === undefined ? [] : [{ path: resolve(world.cwd, request.out), text, isPrivate: false }]),
  ];
  if (request.out !== undefined) files.push(...(await schemaBeside(directory)));
  await writeNewFiles(files, world.cwd);
  const problems = [...described.flatMap((one) => one.problems), ...proof.problems];
  return {
    text,
    written: files.map(({ path }) => relative(world.cwd, path)),
    problems,
    renames: proof.renames,
    isProven: proof.isProven && !hasErrors(problems),
  };
}

/** The schema that the first line of the file names, unless it lies there already. */
async function schemaBeside(directory: string): Promise<NewFile[]> {
  const path = resolve(directory, schemaName);
  return (await exists(path)) ? [] : [{ path, text: configSchemaText(), isPrivate: false }];
}

/** Throws ProblemError for pages that a plan, run here, would refuse to read. */
function requireReadable(paths: readonly string[], { cwd }: World): void {
  const refusals = paths.map((path) => pageRefusal(relative(cwd, path), relative(cwd, path)));
  const problems = refusals.filter((refusal) => refusal !== undefined);
  if (problems.length > 0) throw new ProblemError(...problems);
}

function pathBetween(from: string, to: string): string {
  return relative(from, to).split(sep).join('/');
}

type Proof = Pick<Imported, 'problems' | 'renames' | 'isProven'>;

/** Plans the written text against what it was written from: nothing but renames may be left. */
function prove(
  source: Parameters<typeof parseConfig>[0][number],
  pages: readonly PageDocument[],
  scopes: readonly NamedScope[],
): Proof {
  const config = parseConfig([source]);
  const texts = new Map(pages.map((page) => [page.path, page.text]));
  const byKey = new Map(
    (config.value === undefined ? [] : pageFiles(config.value)).map((file) => [
      pageFileKey(file),
      texts.get(file.path.value) ?? '',
    ]),
  );
  const desired = config.value === undefined ? undefined : makeDesired(config.value, byKey, { online: true });
  // What is live needs no advice, and Cloudflare has taken what our tables do not know.
  const problems = [
    ...config.problems,
    ...(desired?.problems.filter(({ code }) => !code.startsWith('lint/')) ?? []),
    ...(desired?.pending ?? []).map(taken),
  ];
  if (desired?.value === undefined) {
    return {
      problems: [...problems, failed('the file does not hold its own rules')],
      renames: 0,
      isProven: false,
    };
  }
  const live: LiveState = new Map(scopes.map((one) => [one.live.scope.id, one.live]));
  const resolved = desired.value.scopes.map((wanted) => {
    const read = scopes.find(
      ({ name }) => name.kind === wanted.name.kind && sameName(name.name, wanted.name.name),
    );
    if (read === undefined) throw new Error(`import wrote a scope that it did not read: ${wanted.name.name}`);
    return { scope: read.live.scope, desired: wanted };
  });
  const plan = makePlan({ target: '', scopes: resolved, live, problems: [], refresh: [], allow: [] });
  const found = [...problems, ...planProblems(plan).filter((one) => one.severity === 'error')];
  return judge(plan, found);
}

function taken(one: Problem): Problem {
  const hint = `write # cf-errors:ignore ${one.code} and a reason on its line`;
  return { ...one, severity: 'warning', message: `${one.message} (but Cloudflare holds it)`, hint };
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function judge(plan: Plan, problems: readonly Problem[]): Proof {
  const left = plan.scopes.flatMap(({ scope, changes }) =>
    changes.flatMap((change) =>
      change.kind === 'ruleset-update'
        ? change.rules.map((rule) => ({ scope, what: rule.kind as string }))
        : [{ scope, what: change.kind as string }],
    ),
  );
  const others = left.filter(({ what }) => what !== 'rename');
  const failures = others.map(({ scope, what }) => failed(`${scopeLabel(scope)}: ${what.replace('-', ' ')}`));
  const all = [...problems, ...failures];
  return { problems: all, renames: left.length - others.length, isProven: !hasErrors(all) };
}

function failed(what: string): Problem {
  return problem({
    code: 'import/proof-failed',
    message: `a plan of the imported file would not be empty: ${what}`,
    hint: 'look at "cf-errors plan" of this file before applying anything',
  });
}
