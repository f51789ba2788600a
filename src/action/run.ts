import { mkdir, mkdtemp, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as core from '@actions/core';
import { visible } from '../problem/printable.ts';
import { type Problem, ProblemError } from '../problem/problem.ts';
import { hidden, withoutTokens } from '../problem/tokens.ts';
import { runApply } from './commands/apply.ts';
import { runOffline } from './commands/offline.ts';
import { runPlan } from './commands/plan.ts';
import { runValidate } from './commands/validate.ts';
import { type Event, readEvent } from './event.ts';
import { openGitHub } from './github.ts';
import { refusalOf } from './guard.ts';
import { type Command, type Inputs, readInputs } from './inputs.ts';
import { interruption } from './interrupted.ts';
import { type Job, kindOf, titleOf } from './job.ts';
import { outputsOf } from './outputs.ts';
import { report } from './report.ts';
import { ending, type Result } from './result.ts';
import { type Runner, readRunner } from './runner.ts';
import { refuseStrayLinks } from './stray-links.ts';

/** Runs one step to its end and answers the exit code of the process; a bug is reported with its stack and answers 1. */
export async function run(host: NodeJS.Process): Promise<number> {
  const secrets = secretsOf(host.env);
  for (const secret of secrets) core.setSecret(secret);
  try {
    const { value: inputs, problems } = readInputs((name) => core.getInput(name));
    if (inputs === undefined) return endEarly(problems);
    const job = await openJob(host, inputs);
    return await report(job, await resultOf(job));
  } catch (error) {
    if (error instanceof ProblemError) return endEarly(error.problems);
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const masked = secrets.reduce((text, secret) => text.replaceAll(secret, hidden), withoutTokens(stack));
    core.error(`${masked}\n\nThis is a bug in cf-errors. Please report it with the lines above.`);
    tell({ ...ending({ ...unbegun, problems: [], otherwise: 'internal' }), exitCode: 1, reason: 'internal' });
    return 1;
  }
}

/** The values that must never be shown, from the inputs and from the environment. */
function secretsOf(env: NodeJS.ProcessEnv): readonly string[] {
  const inputs = ['api-token', 'github-token'].map((name) => core.getInput(name));
  const values = [...inputs, env.CLOUDFLARE_API_TOKEN?.trim() ?? '', env.CLOUDFLARE_API_KEY?.trim() ?? ''];
  return [...new Set(values)].filter((value) => value !== '');
}

/** Where there is not even a job yet: the outputs are set all the same. */
function endEarly(problems: readonly Problem[]): 1 {
  for (const { code, message, hint } of problems)
    core.error([message, ...(hint === undefined ? [] : [`hint: ${hint}`])].map(visible).join('\n'), {
      title: code,
    });
  tell(ending({ ...unbegun, problems, otherwise: 'usage' }));
  return 1;
}

/** Of an ending that nobody gets to see but by its outputs. */
const unbegun = { kind: 'check', title: '' } as const;

function tell(result: Result): void {
  const outputs = outputsOf(result, { planPath: '', markdownPath: '', commentUrl: '' });
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
}

async function openJob(host: NodeJS.Process, inputs: Inputs): Promise<Job> {
  const runner = readRunner(host.env, host.cwd());
  const { apiToken, githubToken, maxWaitMs } = inputs;
  const env = { ...host.env, ...(apiToken === '' ? {} : { CLOUDFLARE_API_TOKEN: apiToken }) };
  const say = (text: string): void => core.info(text.trimEnd());
  const onWait = (seconds: number): void => say(`waiting ${seconds} s: a rate limit of GitHub`);
  return {
    inputs,
    runner,
    event: await eventOf(runner),
    world: {
      cwd: await workingDirectory(runner, inputs),
      env,
      readStdin: async () => new Uint8Array(),
      signal: signalOf(host),
      onEvent: (event) => {
        if (event.kind !== 'transport' || event.event.kind !== 'wait') return;
        say(`waiting ${Math.ceil(event.event.waitMs / 1000)} s: ${visible(event.event.reason)}`);
      },
    },
    hasCredentials: hasCredentials(env),
    github: githubToken === '' ? undefined : openGitHub({ token: githubToken, runner, maxWaitMs, onWait }),
    folder: await makeFolder(runner),
    say,
  };
}

async function workingDirectory({ workspace }: Runner, { workingDirectory: path }: Inputs): Promise<string> {
  const cwd = resolve(workspace, path);
  const found = await stat(cwd).catch(() => undefined);
  if (found?.isDirectory() === true) return cwd;
  throw new ProblemError({
    code: 'action/usage',
    message: `the input working-directory is ${JSON.stringify(path)}, which is no folder of the checkout`,
    hint: 'it is relative to the workspace; does a step before this one run actions/checkout?',
  });
}

function hasCredentials(env: NodeJS.ProcessEnv): boolean {
  const isSet = (name: string): boolean => (env[name]?.trim() ?? '') !== '';
  return isSet('CLOUDFLARE_API_TOKEN') || (isSet('CLOUDFLARE_EMAIL') && isSet('CLOUDFLARE_API_KEY'));
}

async function eventOf({ eventName, eventPath }: Runner): Promise<Event> {
  return readEvent(eventName, eventPath === '' ? undefined : await payloadIn(eventPath));
}

async function payloadIn(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw new ProblemError({
      code: 'action/usage',
      message: 'the event of this job cannot be read from the file that GITHUB_EVENT_PATH names',
      hint: 'the runner writes it; give the step no GITHUB_EVENT_PATH of its own',
    });
  }
}

/** Several steps of one job may run the Action. */
async function makeFolder({ temp }: Runner): Promise<string> {
  await mkdir(temp, { recursive: true });
  return mkdtemp(join(temp, 'cf-errors-'));
}

/** A runner that cancels a job sends SIGINT, some seconds later SIGTERM, and then ends the process itself. */
function signalOf(host: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) host.on(name, () => controller.abort(name));
  return controller.signal;
}

const commands = {
  validate: runValidate,
  plan: runPlan,
  drift: runPlan,
  apply: runApply,
} as const satisfies Record<Command, (job: Job) => Promise<Result>>;

async function resultOf(job: Job): Promise<Result> {
  const { inputs, event, hasCredentials } = job;
  const refusal = refusalOf(event, inputs.command, hasCredentials);
  const title = titleOf(job);
  const kind = kindOf(job);
  if (refusal !== undefined) return ending({ kind, title, problems: [refusal], otherwise: 'refused' });
  try {
    await refuseStrayLinks(job);
    const result = await (isOffline(job) ? runOffline : commands[inputs.command])(job);
    return (result.kind === 'receipt' ? undefined : interruption(job)) ?? result;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return ending({ kind, title, problems: error.problems, otherwise: 'plan-failed' });
  }
}

/** A pull request without a token still gets whatever can be said; elsewhere a missing token is a mistake. */
function isOffline({ inputs, event, hasCredentials }: Job): boolean {
  if (hasCredentials || event.kind !== 'pull-request') return false;
  const { command, online } = inputs;
  return command === 'plan' || command === 'drift' || (command === 'validate' && online);
}
