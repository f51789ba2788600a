import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type RunnerEvent, repositoryName } from './events.ts';
import { jobToken } from './github.ts';
import { type Command, fileEntries, hear } from './runner-commands.ts';

const root = join(import.meta.dirname, '../..');

interface Described {
  readonly description: string;
  readonly default?: string;
}

/** `action.yml`, which a runner takes the defaults from. */
export const manifest: {
  readonly inputs: Readonly<Record<string, Described>>;
  readonly outputs: Readonly<Record<string, Described>>;
  readonly runs: { readonly using: string; readonly main: string };
} = parse(readFileSync(join(root, 'action.yml'), 'utf8'));

export interface Job {
  readonly event: RunnerEvent;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Beside what a runner sets. */
  readonly env?: Readonly<Record<string, string>>;
  readonly workflow?: string;
  readonly job?: string;
  readonly runId?: number;
  readonly attempt?: number;
  /** Is told the process while it runs. */
  readonly during?: (pid: number) => void;
}

/** Where a job runs and whom it can reach. */
export interface Place {
  readonly workspace: string;
  /** A folder of the runner, for its files. */
  readonly temp: string;
  readonly githubUrl: string;
}

/** What a runner knows after a step. */
export interface Ran {
  readonly code: number | string | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly Command[];
  /** Every command that the runner obeyed beside annotations and masks. */
  readonly others: readonly Command[];
  readonly masks: readonly string[];
  /** What people read: everything printed but commands. */
  readonly log: string;
}

/** GitHub refuses a summary that is larger, in bytes. */
const summaryLimit = 1024 * 1024;

/** Runs `dist/action.js` as the runner of a job does, and reads what it leaves behind as a runner does. */
export async function runAction(job: Job, place: Place): Promise<Ran> {
  const files = runnerFiles(place.temp, job.event);
  const env = { ...runnerEnv(job, place, files), ...inputsEnv(job.inputs ?? {}), ...job.env };
  const child = spawn(process.execPath, [join(root, manifest.runs.main)], { cwd: place.workspace, env });
  child.stdin.end();
  if (child.pid !== undefined) job.during?.(child.pid);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part) => {
      said[name] += part;
    });
  }
  const [code, signal] = await once(child, 'close');
  const out = hear(said.stdout);
  const err = hear(said.stderr);
  const commands = [...out.commands, ...err.commands];
  const isAnnotation = ({ name }: Command): boolean => ['error', 'warning', 'notice'].includes(name);
  const summary = readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8');
  if (Buffer.byteLength(summary) > summaryLimit) throw new Error('the runner refuses so long a summary');
  return {
    code: code ?? signal,
    outputs: fileEntries(readFileSync(files.GITHUB_OUTPUT, 'utf8')),
    summary,
    annotations: commands.filter(isAnnotation),
    others: commands.filter((one) => !isAnnotation(one) && one.name !== 'add-mask'),
    masks: commands.filter(({ name }) => name === 'add-mask').map(({ message }) => message),
    log: `${out.log}\n${err.log}`,
  };
}

function runnerFiles(temp: string, event: RunnerEvent) {
  const folder = join(temp, '_runner_file_commands');
  mkdirSync(folder, { recursive: true });
  const empty = (name: string): string => {
    writeFileSync(join(folder, name), '');
    return join(folder, name);
  };
  const files = {
    GITHUB_OUTPUT: empty('set_output'),
    GITHUB_STEP_SUMMARY: empty('step_summary'),
    GITHUB_ENV: empty('set_env'),
    GITHUB_PATH: empty('add_path'),
    GITHUB_STATE: empty('save_state'),
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
  };
  writeFileSync(files.GITHUB_EVENT_PATH, JSON.stringify(event.payload));
  return files;
}

function runnerEnv(job: Job, { workspace, temp, githubUrl }: Place, files: Readonly<Record<string, string>>) {
  const { event, workflow = 'cf-errors', job: id = 'plan', runId = 1001, attempt = 1 } = job;
  const { PATH = '' } = process.env;
  return {
    PATH,
    HOME: temp,
    CI: 'true',
    ...files,
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTION_REPOSITORY: '',
    GITHUB_ACTOR: 'mona',
    GITHUB_API_URL: `${githubUrl}/api/v3`,
    GITHUB_GRAPHQL_URL: `${githubUrl}/api/graphql`,
    GITHUB_SERVER_URL: githubUrl,
    GITHUB_BASE_REF: event.baseRef ?? '',
    GITHUB_HEAD_REF: event.headRef ?? '',
    GITHUB_EVENT_NAME: event.name,
    GITHUB_JOB: id,
    GITHUB_REF: event.ref,
    GITHUB_REF_NAME: event.ref.replace(/^refs\/(?:heads|pull)\//, ''),
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: repositoryName,
    GITHUB_REPOSITORY_OWNER: 'acme',
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ID: String(runId),
    GITHUB_RUN_NUMBER: '1',
    GITHUB_RUN_ATTEMPT: String(attempt),
    GITHUB_SHA: event.sha,
    GITHUB_TRIGGERING_ACTOR: 'mona',
    GITHUB_WORKFLOW: workflow,
    GITHUB_WORKFLOW_REF: `${repositoryName}/.github/workflows/cf-errors.yml@${event.ref}`,
    GITHUB_WORKFLOW_SHA: event.sha,
    GITHUB_WORKSPACE: workspace,
    RUNNER_ARCH: 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'runner',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: temp,
  };
}

/** Every input of `action.yml`, given or by its default; the one expression among the defaults is the job's token. */
function inputsEnv(given: Readonly<Record<string, string>>): Record<string, string> {
  const unknown = Object.keys(given).filter((name) => !(name in manifest.inputs));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}`);
  const values = Object.entries(manifest.inputs).map(([name, described]) => {
    const value = given[name] ?? described.default ?? '';
    const evaluated = /^\$\{\{ github\.token \}\}$/.test(value) ? jobToken : value;
    return [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, evaluated.trim()];
  });
  return Object.fromEntries(values);
}
