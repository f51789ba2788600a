import { writeFile } from 'node:fs/promises';
import * as core from '@actions/core';
import { reviewedOf, toolVersion } from '../app/app.ts';
import { planProblems } from '../model/plan.ts';
import { visible } from '../problem/printable.ts';
import { hasErrors, type Problem, ProblemError } from '../problem/problem.ts';
import { problemsTerminal } from '../render/render.ts';
import { type Annotation, annotationsOf } from './annotations.ts';
import { type Commented, writeComment } from './comment.ts';
import { type Job, logLook, planPathOf } from './job.ts';
import { addressOf, type Marker, markerLine } from './marker.ts';
import { outputsOf } from './outputs.ts';
import { reasons } from './reasons.ts';
import type { Result } from './result.ts';

/** Characters of a comment (GitHub refuses more with "body is too long (maximum is 65536 characters)"). */
const longestComment = 65_536;

/** Bytes of the summary of one step (GitHub docs, Workflow commands). */
const longestSummary = 1_048_576;

/** Tells a result everywhere: annotations, Markdown file, summary, comment, outputs; answers the process's exit code. */
export async function report(job: Job, result: Result): Promise<0 | 1> {
  const { inputs, world, runner } = job;
  const isTold = result.isTold === true || result.plan !== undefined || result.problems.length === 0;
  if (!isTold) job.say(problemsTerminal(result.problems, logLook(job, result.sources)));
  const ground = { cwd: world.cwd, workspace: runner.workspace, isApply: inputs.command === 'apply' };
  const annotations = inputs.annotations ? annotationsOf(result.problems, ground) : [];
  for (const one of annotations) annotate(one);
  const markdownPath = `${job.folder}/plan.md`;
  await writeFile(markdownPath, result.page({}));
  const commentUrl = await comment(job, result);
  // Servers that know no summaries say so by its absence.
  if (inputs.summary && world.env.GITHUB_STEP_SUMMARY) await summarise(job, result);
  const isSaved =
    result.kind === 'plan' && result.plan !== undefined && !hasErrors(planProblems(result.plan));
  const planPath = isSaved ? planPathOf(job) : '';
  const outputs = outputsOf(result, { planPath, markdownPath, commentUrl });
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  if (result.reason === undefined) return 0;
  const sentence = `${result.reason}: ${reasons[result.reason]}`;
  // Where errors stand at their lines one more would only take the place of another.
  if (!inputs.annotations || annotations.some(({ level }) => level === 'error')) job.say(sentence);
  else core.error(sentence);
  return 1;
}

function annotate({ level, title, message, place }: Annotation): void {
  const properties = { title, ...(place === undefined ? {} : placeOf(place)) };
  if (level === 'error') core.error(message, properties);
  else core.warning(message, properties);
}

/** GitHub takes columns only of a mark within one line. */
function placeOf({ file, line, column, endLine, endColumn }: NonNullable<Annotation['place']>) {
  const lines = { file, startLine: line, endLine };
  return line === endLine ? { ...lines, startColumn: column, endColumn } : lines;
}

async function summarise(job: Job, { page }: Result): Promise<void> {
  const foot = `\n${footer(job)}\n`;
  const text = withinBytes(page, longestSummary - Buffer.byteLength(foot) - 1);
  await core.summary.addRaw(text + foot, true).write();
}

/** A page is measured in UTF-16 units, a summary in bytes. */
function withinBytes(page: Result['page'], most: number): string {
  const whole = 'The file of the output `markdown-path` holds the whole.';
  for (let limit = most; limit > 1; limit = Math.floor(limit / 2)) {
    const text = page({ limit, whole });
    if (Buffer.byteLength(text) <= most) return text;
  }
  return '';
}

/** Writes the comment where there is a pull request to write it on; what GitHub refuses is told and fails nothing. */
async function comment(job: Job, result: Result): Promise<string> {
  const { inputs, event, github } = job;
  const pull = event.kind === 'pull-request' ? event : result.pull;
  // A job that must not run does nothing but say so.
  if (inputs.comment === 'false' || pull === undefined || result.reason === 'refused') return '';
  if (github === undefined) {
    core.notice('no comment was written, because the input github-token is empty');
    return '';
  }
  const marker = markerOf(job, result, pull.headSha);
  const occasion = { mode: inputs.comment, isNews: result.isNews, marker };
  const body = bodyOf(job, result, marker);
  try {
    return told(await writeComment(github, { ...occasion, pull: pull.number, body }));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const isFork = event.kind === 'pull-request' && event.isFork;
    for (const problem of error.problems) noteRefusal(problem, isFork);
    return '';
  }
}

function told({ kind, url }: Commented): string {
  if (kind === 'leave')
    core.notice('the comment was left as it is, because a later run of this job has written it already');
  return url;
}

/** A fork's token may never write: that is no fault of anybody. */
function noteRefusal({ code, message, hint = '' }: Problem, isFork: boolean): void {
  const words = visible(`no comment was written: ${message}; ${hint}; see the summary of this run`);
  if (isFork) core.notice(words, { title: code });
  else core.warning(words, { title: code });
}

function markerOf({ inputs, runner }: Job, { kind, plan }: Result, head: string): Marker {
  const { runId: run, attempt } = runner;
  const isWhole = plan !== undefined && kind === 'plan' && !hasErrors(planProblems(plan));
  const reviewed = isWhole ? { reviewed: reviewedOf(plan) } : {};
  return { kind, ...addressOf(inputs, runner), head, run, attempt, ...reviewed };
}

function bodyOf(job: Job, { page }: Result, marker: Marker): string {
  const head = markerLine(marker);
  const foot = footer(job);
  const limit = longestComment - head.length - foot.length - 3;
  const run = `The whole is in the summary of [this run](${job.runner.runUrl}).`;
  const text = page({ limit, whole: run });
  const fitting = text.length <= limit ? text : `This is too long for a comment. ${run}\n`;
  return `${head}\n${fitting}\n${foot}`;
}

/** Which run of what this was. */
function footer({ runner, event }: Job): string {
  const { runUrl, runId, attempt, sha } = runner;
  const commit = event.kind === 'pull-request' ? event.headSha : sha;
  const again = attempt > 1 ? `, attempt ${attempt}` : '';
  return `<sub>[run ${runId}](${runUrl})${again} · commit ${commit.slice(0, 12)} · cf-errors ${toolVersion}</sub>`;
}
