import type { Plan, ScopePlan } from '../model/plan.ts';
import { hasChanges, planProblems, tallyOf } from '../model/plan.ts';
import { scopeLabel } from '../model/scope.ts';
import { visible } from '../problem/printable.ts';
import { hasErrors } from '../problem/problem.ts';
import { apiWords } from './api-words.ts';
import { carriedAlong, type Detail, type Entry, entriesOf } from './entries.ts';
import { elided, lineText, toldApart } from './line-pair.ts';
import type { MarkdownLook } from './look.ts';
import { type Block, code, codeElement, fence, fixed, headBlock, joined, phrase, table } from './markdown.ts';
import { type Meanings, problemsBlocks } from './problems-markdown.ts';
import { type ChangedLine, textDiff } from './text-diff.ts';
import { visitorBlocks } from './visitors-markdown.ts';
import {
  count,
  fingerprintWords,
  idleWords,
  notPlanned,
  sandboxLine,
  standing,
  tallyBrief,
  tallyWords,
  testsLine,
} from './words.ts';

/** Longer values stand in a fence under the table instead of in a cell. */
const widestCell = 80;

/** Longer lines lose the long parts that both sides have in common. */
const longestLine = 240;

const meanings: Meanings = {
  error: 'a scope with an error is not planned.',
  hazard: 'apply stops before its first write unless it is allowed.',
  warning: 'worth reading before this is approved.',
};

/**
 * A plan for a pull request: what stops it, what changes for visitors where that is known, the counts, a folded section
 * for each scope that changes, the fingerprint.
 * With a limit the sections of the largest scopes lose their details first, then their tables.
 */
export function planMarkdown(plan: Plan, look: MarkdownLook): string {
  const problems = planProblems(plan);
  const changed = plan.scopes.filter((scope) => scope.changes.length > 0);
  const idle = !hasChanges(plan) && !hasErrors(problems);
  const alerts = problemsBlocks(problems, meanings, look);
  const isAlarming = problems.some(({ severity }) => severity !== 'warning');
  const visitors = visitorBlocks(changed);
  const counts = idle ? 'no changes' : tallyWords(tallyOf(plan));
  const heading = [notPlanned(plan), visitors.length > 0 ? '' : counts];
  const blocks = [
    fixed(look.sandbox ? sandboxLine : ''),
    headBlock(heading.filter((part) => part !== '').join('; '), look),
    fixed(phrase(apiWords(plan, look))),
    fixed(look.lead ?? ''),
    ...(isAlarming ? alerts : []),
    ...visitors,
    ...(isAlarming ? [] : alerts),
    fixed(visitors.length > 0 ? `**${counts}**` : ''),
    fixed(idle ? idleWords(plan) : ''),
    ...changed.map((scope) => scopeBlock(plan, scope, changed.length === 1)),
    quietBlock(plan.scopes),
    fixed(
      [standing(plan), testsLine(plan.tests), fingerprintWords(plan, code)]
        .filter((line) => line !== '')
        .join('\\\n'),
    ),
  ];
  return joined(blocks, look);
}

function scopeBlock(plan: Plan, scope: ScopePlan, open: boolean): Block {
  const tally = tallyBrief(tallyOf({ ...plan, scopes: [scope] }));
  const entries = scope.changes.flatMap(entriesOf);
  const head = `<details${open ? ' open' : ''}>\n<summary>${scope.scope.kind} ${codeElement(scope.scope.name)}: ${tally}</summary>`;
  const overview = [head, entryTable(entries)];
  const details = [...entries.flatMap(entryFences), ...carriedNotes(scope)];
  const section = (parts: readonly string[]) => [...parts, '</details>'].join('\n\n');
  const line = `- ${scope.scope.kind} ${code(scope.scope.name)}: ${tally}`;
  const fewer = halves(details.length).map((kept) =>
    section([
      ...overview,
      ...details.slice(0, kept),
      `_${count(details.length - kept, 'longer text')} left out here._`,
    ]),
  );
  return { versions: [section([...overview, ...details]), ...fewer, line, ''] };
}

/** Half of a number, half of that, and so on down to 0; nothing for 0. */
function halves(number: number): readonly number[] {
  if (number === 0) return [];
  const half = Math.floor(number / 2);
  return [half, ...halves(half)];
}

function entryTable(entries: readonly Entry[]): string {
  const rows = entries.map(({ sign, noun, name, place, gist, details }) => {
    const words = [phrase(gist), ...details.map(shortDetail)].filter(
      (word) => word !== undefined && word !== '',
    );
    return [code(sign), noun, code(name), place, words.join('<br>')];
  });
  return table(['', '', 'name', 'place', 'what'], rows);
}

/** A detail that fits in a cell; undefined sends it to a fence. */
function shortDetail(detail: Detail): string | undefined {
  if (detail.kind === 'text')
    return isShort(detail.text) ? `${label(detail.field)}: ${side(detail.text)}` : undefined;
  const { field, before, after } = detail;
  const fits = [before, after].every((text) => text === undefined || isShort(text));
  if (!fits) return undefined;
  const known = before !== undefined && after !== undefined;
  const [from, to] = known ? toldApart([bare(before), bare(after)]) : [before, after];
  return `${label(field)}: ${side(from)} → ${side(to)}`;
}

/** Field names are the API's, but a plan may come from a file. */
function label(field: string): string {
  return /^\w+$/.test(field) ? field : code(field);
}

function isShort(text: string): boolean {
  return text.length <= widestCell && !text.trimEnd().includes('\n');
}

function side(text: string | undefined): string {
  if (text === undefined) return '_not set_';
  return text === '' ? '_empty_' : code(bare(text));
}

/** Line breaks at the end are no difference in a plan. */
function bare(text: string): string {
  return text.replace(/\n+$/, '');
}

function entryFences({ sign, noun, name, details }: Entry): readonly string[] {
  const mark = sign === '-' ? '-' : '+';
  return details
    .filter((detail) => shortDetail(detail) === undefined)
    .map(
      (detail) =>
        `${noun} ${code(name)}, ${label(detail.field)}:\n\n${fence('diff', detailLines(detail, mark))}`,
    );
}

function detailLines(detail: Detail, mark: '+' | '-'): readonly string[] {
  if (detail.kind === 'text') return wholeLines(detail.text, mark);
  const { before, after } = detail;
  if (before === undefined) return wholeLines(after ?? '', '+');
  if (after === undefined) return wholeLines(before, '-');
  return textDiff(before, after).map((line) => {
    if (line.mark === '@') return line.text;
    return line.mark + (line.mark === ' ' ? line.text : changedText(line));
  });
}

/** A fence does not break its lines, so the change in a long one would stand far to the right. */
function changedText({ mark, parts, pair }: ChangedLine): string {
  if (pair === undefined) return lineText(parts);
  const isLong = [pair.before, pair.after].some((side) => lineText(side).length > longestLine);
  const { before, after } = isLong ? elided(pair) : pair;
  return lineText(mark === '-' ? before : after);
}

function wholeLines(text: string, mark: '+' | '-'): readonly string[] {
  return bare(text)
    .split('\n')
    .map((line) => mark + visible(line));
}

function carriedNotes({ changes }: ScopePlan): readonly string[] {
  const carried = changes.flatMap((change) => (change.kind === 'ruleset-update' ? carriedAlong(change) : []));
  return carried.map(
    ({ ref, parameters }) => `rule ${code(ref)} carries along parameters unknown here: ${code(parameters)}`,
  );
}

function quietBlock(scopes: readonly ScopePlan[]): Block {
  const quiet = scopes.filter((scope) => scope.changes.length === 0 && !hasErrors(scope.problems));
  if (quiet.length === 0) return fixed('');
  const words = `${count(quiet.length, 'scope')} without changes`;
  const names = quiet.map(({ scope }) => code(scopeLabel(scope))).join(', ');
  return { versions: [`${words}: ${names}.`, `${words}.`] };
}
