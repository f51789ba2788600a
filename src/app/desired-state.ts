import { domainToASCII } from 'node:url';
import { type Config, parseConfig } from '../config/config.ts';
import { makeDesired } from '../desired/desired.ts';
import type { DesiredScope, DesiredState } from '../model/desired.ts';
import { isId, type ScopeKind } from '../model/scope.ts';
import { hasErrors, type Problem, problem } from '../problem/problem.ts';
import { readAllowances, strayAllowances } from './allow.ts';
import { readConfigSources, readPages } from './config-files.ts';
import type { Selection } from './request.ts';
import { runChosen, type TestRun } from './test-run.ts';
import type { World } from './world.ts';

/** What the files say, with every problem found on the way and the texts that excerpts are cut from. */
export interface Loaded {
  /** Undefined where a problem is an error. */
  readonly desired: DesiredState | undefined;
  readonly problems: readonly Problem[];
  /** Errors on which Cloudflare, which is still to be asked, has the last word. */
  readonly pending: readonly Problem[];
  /** File name as in spans → its text. */
  readonly sources: ReadonlyMap<string, string>;
  /** What `desired` was made from, for what only shows online; absent without it. */
  readonly config?: Config;
  /** What became of the tests of the chosen scopes; absent where they did not or could not run. */
  readonly tests?: TestRun;
}

/** Which files, and what may be let pass in them. */
export interface LoadRequest {
  readonly selection: Selection;
  /** Files and directories to read besides the selected ones. */
  readonly more?: readonly string[];
  /** As in `PlanRequest`. */
  readonly allow: readonly string[];
  /** Whether Cloudflare will be asked for its verdict. */
  readonly online: boolean;
  /** Whether the tests are to hold: one that fails is then a fault of the files. */
  readonly runsTests?: true;
}

/** Reads, checks and completes the selected files; nothing here asks the network. */
export async function loadDesired(request: LoadRequest, world: World): Promise<Loaded> {
  const { selection } = request;
  const allow = readAllowances(request.allow);
  const files = await readConfigSources({
    paths: selection.config,
    more: request.more ?? [],
    cwd: world.cwd,
    readStdin: world.readStdin,
  });
  const sources = new Map((files.value ?? []).map((source) => [source.file, source.text]));
  const config = parseConfig(files.value ?? []);
  if (files.value === undefined || config.value === undefined) {
    return {
      desired: undefined,
      problems: [...allow.problems, ...files.problems, ...config.problems],
      pending: [],
      sources,
    };
  }
  const pages = await readPages(config.value, world.cwd);
  const state = makeDesired(config.value, pages.value ?? new Map(), {
    allow: allow.value ?? [],
    ...(request.online ? { online: true } : {}),
  });
  const chosen = select(state.value?.scopes ?? [], selection);
  const tests =
    request.runsTests && state.value ? runChosen(state.value, chosen.scopes, allow.value ?? []) : undefined;
  const problems = [
    ...allow.problems,
    ...files.problems,
    ...config.problems,
    ...pages.problems,
    ...state.problems,
    ...(state.value === undefined ? [] : chosen.problems),
    ...(state.value === undefined ? [] : emptyHanded(state.value)),
    ...(state.value === undefined ? [] : strayAllowances(allow.value ?? [], state.value)),
    ...(tests?.results ?? []).flatMap((one) => one.problem ?? []),
  ];
  const ran = tests === undefined ? {} : { tests };
  if (state.value === undefined || hasErrors(problems)) {
    return { desired: undefined, problems: [...problems, ...state.pending], pending: [], sources, ...ran };
  }
  const desired = { scopes: chosen.scopes, tests: state.value.tests };
  return { desired, problems, pending: state.pending, sources, config: config.value, ...ran };
}

/** A file that claims nothing is no error, but hardly what anybody meant. */
function emptyHanded({ scopes }: DesiredState): Problem[] {
  if (scopes.some((scope) => scope.rules !== undefined || scope.assets !== undefined)) return [];
  return [
    problem({
      code: 'app/nothing-claimed',
      message: 'the configuration claims nothing: no zone or account lists "rules:" or "assets:"',
      hint: 'list what Cloudflare shall hold, or write down what it holds now: cf-errors import',
    }),
  ];
}

/** The scopes that a selection names, all where it names none; a name that fits none of them is a problem. */
export function select(
  scopes: readonly DesiredScope[],
  { zones, accounts }: Selection,
): { readonly scopes: readonly DesiredScope[]; readonly problems: readonly Problem[] } {
  if (zones.length + accounts.length === 0) return { scopes, problems: [] };
  const wanted = [
    ...zones.map((name) => ({ kind: 'zone' as const, name })),
    ...accounts.map((name) => ({ kind: 'account' as const, name })),
  ];
  const fits = (one: (typeof wanted)[number], { name }: DesiredScope): boolean =>
    one.kind === name.kind && foldedName(one.kind, one.name) === foldedName(name.kind, name.name);
  return {
    scopes: scopes.filter((scope) => wanted.some((one) => fits(one, scope))),
    problems: wanted
      .filter((one) => !scopes.some((scope) => fits(one, scope)))
      .map((one) => notInFile(one.kind, one.name, scopes)),
  };
}

/** A name as it is compared: in lower case, zone names in punycode. What is no name comes back in lower case. */
export function foldedName(kind: ScopeKind, name: string): string {
  const lower = name.toLowerCase();
  // An id may look like an address in a notation of its own.
  return kind === 'zone' && !isId(lower) ? domainToASCII(lower) || lower : lower;
}

/** The problem of a chosen scope that the files do not list. */
export function notInFile(kind: ScopeKind, name: string, scopes: readonly DesiredScope[]): Problem {
  const known = scopes.filter((scope) => scope.name.kind === kind).map((scope) => scope.name.name);
  return problem({
    code: 'app/scope-not-in-file',
    message: `--${kind} ${name} is not in the configuration`,
    hint: known.length === 0 ? `the configuration lists no ${kind}s` : `it lists: ${known.join(', ')}`,
  });
}
