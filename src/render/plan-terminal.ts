import { noVersion, unknownVersion } from '../model/live.ts';
import { phraseText } from '../model/phrase.ts';
import type { Change, Plan, RulesetUpdate, ScopePlan } from '../model/plan.ts';
import { hasChanges, planProblems } from '../model/plan.ts';
import { scopeLabel } from '../model/scope.ts';
import { cells, padded, visible } from '../problem/printable.ts';
import { hasErrors } from '../problem/problem.ts';
import { apiWords } from './api-words.ts';
import { detailRows } from './detail-rows.ts';
import { carriedAlong, type Entry, entriesOf, type Sign } from './entries.ts';
import type { Look } from './look.ts';
import { pageOf } from './page.ts';
import { type Paint, painter, type Tone } from './paint.ts';
import { problemsLines } from './problems-terminal.ts';
import { scopeHead } from './scope-head.ts';
import { visitorLines } from './visitors-terminal.ts';
import {
  count,
  fingerprintWords,
  idleWords,
  isStopped,
  problemCount,
  sandboxLine,
  summary,
  testsLine,
} from './words.ts';

/** Scopes without changes are listed up to this number, and counted beyond. */
const mostQuietScopes = 3;

/** A terminal narrower than this many cells breaks lines by itself. */
const narrowest = 40;

/**
 * A plan for people: what will run, scope by scope and in the order in which it will run, each with what changes for
 * visitors, then its problems, the summary line and the fingerprint, which a plan with errors has not. Names, URLs and
 * expressions are never cut; page text is, but never so that the two sides of a change read alike.
 */
export function planTerminal(plan: Plan, look: Look): string {
  const paint = painter(look.color);
  const problems = planProblems(plan);
  const quiet = plan.scopes.filter((scope) => scope.changes.length === 0);
  return pageOf([
    look.sandbox ? [sandboxLine] : [],
    apiLines(plan, look, paint),
    ...plan.scopes
      .filter((scope) => scope.changes.length > 0)
      .map((scope) => scopeLines(scope, Math.max(narrowest, look.width), paint)),
    hasChanges(plan) ? quietLines(quiet, paint) : stoppedLines(quiet, paint),
    problemsLines(problems, look),
    hasChanges(plan) || hasErrors(problems) ? [] : [idleWords(plan)],
    [
      paint('title', summary(plan)),
      ...(plan.tests === undefined ? [] : [paint('dim', testsLine(plan.tests))]),
      paint(
        'dim',
        fingerprintWords(plan, (text) => text),
      ),
    ],
  ]);
}

function apiLines(plan: Plan, look: Look, paint: Paint): readonly string[] {
  const words = phraseText(apiWords(plan, look));
  return words === '' ? [] : [paint('dim', visible(words))];
}

function quietLines(scopes: readonly ScopePlan[], paint: Paint): readonly string[] {
  const stopped = stoppedLines(scopes, paint);
  const still = scopes.filter((scope) => !hasErrors(scope.problems));
  if (still.length > mostQuietScopes)
    return [...stopped, paint('dim', `${count(still.length, 'scope')} without changes`)];
  return [
    ...stopped,
    ...still.map(({ scope, unchanged }) =>
      paint(
        'dim',
        `${visible(scopeLabel(scope))}  no changes, ${unchanged.assets + unchanged.rules} unchanged`,
      ),
    ),
  ];
}

function stoppedLines(scopes: readonly ScopePlan[], paint: Paint): readonly string[] {
  return scopes.filter(isStopped).map(({ scope, problems }) => {
    const errors = problems.filter((one) => one.severity === 'error');
    return `${paint('title', visible(scopeLabel(scope)))}  ${paint('error', 'not planned')}: ${problemCount(errors)}, see below`;
  });
}

function scopeLines(plan: ScopePlan, width: number, paint: Paint): readonly string[] {
  const { assets, rules } = plan.claims;
  const asides = assets && rules ? [] : [assets ? 'assets only' : 'rules only'];
  const lines = [scopeHead(plan.scope, paint, asides)];
  for (const group of groups(plan.changes)) {
    const entries = group.changes.flatMap(entriesOf);
    const ruleset = group.changes.find((change) => change.kind === 'ruleset-update');
    lines.push(`  ${group.title}${ruleset ? paint('dim', `  ${rulesetWords(plan, ruleset)}`) : ''}`);
    lines.push(...entryLines(entries, width, paint));
    if (ruleset) lines.push(...carriedLines(ruleset, paint));
  }
  return [...lines, ...visitorLines(plan, width, paint)];
}

interface Group {
  readonly title: string;
  readonly changes: Change[];
}

/** Neighbours of one kind under one title, so that the page reads in the order of the run. */
function groups(changes: readonly Change[]): readonly Group[] {
  const found: Group[] = [];
  let afterRules = false;
  for (const change of changes) {
    const isRules = change.kind === 'ruleset-update';
    const title = isRules ? 'rules' : afterRules ? 'assets, once the rules are written' : 'assets';
    afterRules ||= isRules;
    const last = found.at(-1);
    if (last?.title === title) last.changes.push(change);
    else found.push({ title, changes: [change] });
  }
  return found;
}

function rulesetWords({ live }: ScopePlan, { body }: RulesetUpdate): string {
  const after = body.rules.length;
  if (live.ruleset === undefined) return `${count(after, 'rule')}, newly claimed`;
  if (live.ruleset.version === noVersion) return `the first ruleset, ${count(after, 'rule')}`;
  const before = live.ruleset.rules.length;
  const rules = before === after ? count(after, 'rule') : `${before} → ${count(after, 'rule')}`;
  if (live.ruleset.version === unknownVersion) return rules;
  return `${rules}, replaces version ${visible(live.ruleset.version)}`;
}

const signTones = { '+': 'add', '~': 'change', '-': 'destroy', '↕': 'move' } as const satisfies Record<
  Sign,
  Tone
>;

/** Wider names do not push the columns of the others. */
const widestName = 32;

function entryLines(entries: readonly Entry[], width: number, paint: Paint): readonly string[] {
  const nameWidth = Math.min(widestName, Math.max(...entries.map((entry) => cells(visible(entry.name)))));
  const placeWidth = Math.max(...entries.map((entry) => entry.place.length));
  const indent = ' '.repeat(8);
  return entries.flatMap(({ sign, name, place, gist, details }) => {
    const columns = [padded(visible(name), nameWidth), padded(place, placeWidth), visible(phraseText(gist))];
    const head = columns.filter((column) => column !== '').join('  ');
    const rows = details.flatMap((detail) => detailRows(detail, { width: width - indent.length, paint }));
    return [`    ${paint(signTones[sign], sign)} ${head}`, ...rows.map((row) => indent + row)];
  });
}

function carriedLines(ruleset: RulesetUpdate, paint: Paint): readonly string[] {
  return carriedAlong(ruleset).map(({ ref, parameters }) =>
    paint('dim', `    = ${visible(ref)}  carries along parameters unknown here: ${visible(parameters)}`),
  );
}
