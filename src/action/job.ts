import type { PlanRequest, World } from '../app/app.ts';
import type { Look } from '../render/render.ts';
import type { Event } from './event.ts';
import type { GitHub } from './github.ts';
import type { Command, Inputs } from './inputs.ts';
import type { Marker } from './marker.ts';
import type { Runner } from './runner.ts';

/** Everything that a command of the Action is handed. */
export interface Job {
  readonly inputs: Inputs;
  readonly runner: Runner;
  readonly event: Event;
  readonly world: World;
  /** Whether there is anything to sign in to Cloudflare with. */
  readonly hasCredentials: boolean;
  /** Undefined without `github-token`. */
  readonly github: GitHub | undefined;
  /** Absolute path of a folder of this step, for files that later steps read. */
  readonly folder: string;
  /** Writes text to the log; nothing in it may be a command of the runner, which the renderers see to. */
  readonly say: (text: string) => void;
}

/** Width of the log on GitHub's page of a run, in characters. */
const width = 120;

/** How terminal text looks in the log, which shows colours. */
export function logLook({ world }: Pick<Job, 'world'>, sources: Look['sources']): Look {
  return { color: !world.env.NO_COLOR, width, sandbox: false, sources };
}

/** The heading of a job's pages; an id of its own tells apart several comments on one pull request. */
export function titleOf({ inputs: { command, commentId } }: Pick<Job, 'inputs'>): string {
  const title = command === 'drift' ? 'Drift of custom errors' : 'Custom errors';
  return commentId === undefined ? title : `${title} \`${commentId}\``;
}

const kinds = {
  validate: 'check',
  plan: 'plan',
  drift: 'plan',
  apply: 'receipt',
} as const satisfies Record<Command, Marker['kind']>;

/** What a comment of this job is, however the job ends. */
export function kindOf({ inputs }: Pick<Job, 'inputs'>): Marker['kind'] {
  return kinds[inputs.command];
}

/** The request that both faces make of app. */
export function planRequestOf({ inputs }: Pick<Job, 'inputs'>): PlanRequest {
  const { config, zones, accounts, parallelism, maxWaitMs, allow, online } = inputs;
  return {
    selection: { config, zones, accounts },
    target: { parallelism, maxWaitMs },
    refresh: [],
    allow,
    online,
    probe: true,
  };
}

/** The file that `plan` saves. */
export function planPathOf({ folder }: Pick<Job, 'folder'>): string {
  return `${folder}/plan.json`;
}
