/** What the runner says of the job, in its environment (GitHub docs, Variables reference). */
export interface Runner {
  readonly owner: string;
  readonly repo: string;
  /** The commit that started the job. */
  readonly sha: string;
  readonly runId: number;
  /** From 1, greater with each time that the run is run again. */
  readonly attempt: number;
  readonly workflow: string;
  readonly job: string;
  readonly apiUrl: string;
  /** Page of the run, for people. */
  readonly runUrl: string;
  /** Absolute path of the folder that repositories are checked out to. */
  readonly workspace: string;
  /** Absolute path of a folder that lasts as long as the job. */
  readonly temp: string;
  readonly eventName: string;
  /** The file that holds the payload of the event; empty where there is none. */
  readonly eventPath: string;
}

/** Reads the environment; what a runner always gives has a harmless value where it is missing. */
export function readRunner(env: Readonly<Record<string, string | undefined>>, cwd: string): Runner {
  const [owner = '', repo = ''] = (env.GITHUB_REPOSITORY ?? '').split('/');
  const runId = Number(env.GITHUB_RUN_ID) || 0;
  const attempt = Number(env.GITHUB_RUN_ATTEMPT) || 1;
  const serverUrl = env.GITHUB_SERVER_URL || 'https://github.com';
  return {
    owner,
    repo,
    sha: env.GITHUB_SHA ?? '',
    runId,
    attempt,
    workflow: env.GITHUB_WORKFLOW ?? '',
    job: env.GITHUB_JOB ?? '',
    apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
    runUrl: `${serverUrl}/${owner}/${repo}/actions/runs/${runId}/attempts/${attempt}`,
    workspace: env.GITHUB_WORKSPACE || cwd,
    temp: env.RUNNER_TEMP || cwd,
    eventName: env.GITHUB_EVENT_NAME ?? '',
    eventPath: env.GITHUB_EVENT_PATH ?? '',
  };
}
