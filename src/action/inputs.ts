import { defaultParallelism } from '../model/remote.ts';
import { type Checked, hasErrors, type Problem, problem } from '../problem/problem.ts';

const commands = ['validate', 'plan', 'apply', 'drift'] as const;
const commentModes = ['true', 'changes-only', 'always-new', 'false'] as const;

export type Command = (typeof commands)[number];
export type CommentMode = (typeof commentModes)[number];

/** What an apply must be bound to: nothing, a plan of this fingerprint, or the plan of the pull request's comment. */
export type Review =
  | { readonly kind: 'none' }
  | { readonly kind: 'hash'; readonly fingerprint: string }
  | { readonly kind: 'from-comment' };

/** The inputs of `action.yml`, read and checked; an empty input has its default there. */
export interface Inputs {
  readonly command: Command;
  readonly config: readonly string[];
  readonly workingDirectory: string;
  readonly apiToken: string;
  readonly zones: readonly string[];
  readonly accounts: readonly string[];
  readonly comment: CommentMode;
  readonly commentId: string | undefined;
  readonly githubToken: string;
  readonly planFile: string | undefined;
  readonly review: Review;
  readonly allow: readonly string[];
  readonly online: boolean;
  readonly failOnChanges: boolean;
  readonly parallelism: number;
  readonly maxWaitMs: number;
  readonly summary: boolean;
  readonly annotations: boolean;
}

/** Takes the text of an input by its name in `action.yml`; an input that was not given is empty. */
export type GetInput = (name: string) => string;

/** Reads all inputs and reports every one that has a value it cannot have, or that does not go with the command. */
export function readInputs(get: GetInput): Checked<Inputs> {
  const problems: Problem[] = [];
  const read = readerOf(get, (message, hint) =>
    problems.push(problem({ code: 'action/usage', message, hint })),
  );
  const inputs: Inputs = {
    command: read.choice('command', commands, 'plan'),
    config: linesOf(get('config'), /\n/),
    workingDirectory: get('working-directory') || '.',
    apiToken: get('api-token'),
    zones: linesOf(get('zones'), /[\n,]/),
    accounts: linesOf(get('accounts'), /\n/),
    comment: read.choice('comment', commentModes, 'true'),
    commentId: read.shaped('comment-id', /^[\w.-]{1,100}$/, 'up to 100 of A-Z a-z 0-9 . _ -'),
    githubToken: get('github-token'),
    planFile: get('plan-file') || undefined,
    review: reviewOf(
      read.shaped(
        'fingerprint',
        /^(?:from-comment|cfe1:[0-9a-f]+)$/,
        '"cfe1:" and hexadecimal digits, or from-comment',
      ),
    ),
    // The name of an account may hold commas.
    allow: linesOf(get('allow'), /\n|,(?=\s*[a-z]+\/)/),
    online: read.choice('online', ['true', 'false'], 'false') === 'true',
    failOnChanges: read.choice('fail-on-changes', ['true', 'false'], 'false') === 'true',
    parallelism: read.whole('parallelism', { least: 1, most: 64, otherwise: defaultParallelism }),
    maxWaitMs: read.whole('max-wait', { least: 0, most: 86_400, otherwise: 300 }) * 1000,
    summary: read.choice('summary', ['true', 'false'], 'true') === 'true',
    annotations: read.choice('annotations', ['true', 'false'], 'true') === 'true',
  };
  problems.push(...conflicts(inputs));
  return { value: hasErrors(problems) ? undefined : inputs, problems };
}

type Refuse = (message: string, hint: string) => void;

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly otherwise: number;
}

function readerOf(get: GetInput, refuse: Refuse) {
  return {
    choice: <const T extends string>(name: string, allowed: readonly T[], otherwise: T): T => {
      const text = get(name).toLowerCase();
      const found = text === '' ? otherwise : allowed.find((one) => one === text);
      if (found === undefined) refuse(wrong(name, get(name)), `it is one of: ${allowed.join(', ')}`);
      return found ?? otherwise;
    },
    shaped: (name: string, shape: RegExp, words: string): string | undefined => {
      const text = get(name);
      if (text === '') return undefined;
      if (!shape.test(text)) refuse(wrong(name, text), `it is ${words}`);
      return text;
    },
    whole: (name: string, { least, most, otherwise }: Bounds): number => {
      const text = get(name);
      if (text === '') return otherwise;
      const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      if (value >= least && value <= most) return value;
      refuse(wrong(name, text), `it is a whole number from ${least} to ${most}`);
      return otherwise;
    },
  };
}

function wrong(name: string, text: string): string {
  return `the input ${name} is ${JSON.stringify(text.slice(0, 100))}`;
}

function linesOf(text: string, separator: RegExp): readonly string[] {
  return text
    .split(separator)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function reviewOf(text: string | undefined): Review {
  if (text === undefined) return { kind: 'none' };
  return text === 'from-comment' ? { kind: 'from-comment' } : { kind: 'hash', fingerprint: text };
}

function conflicts({ command, config, zones, accounts, planFile, review }: Inputs): readonly Problem[] {
  const usage = (message: string, hint: string): Problem => problem({ code: 'action/usage', message, hint });
  const isApply = command === 'apply';
  const selecting = [
    ...(config.length > 0 ? ['config'] : []),
    ...(zones.length > 0 ? ['zones'] : []),
    ...(accounts.length > 0 ? ['accounts'] : []),
  ].join(', ');
  return [
    ...(config.includes('-')
      ? [usage('the input config is "-", but a job has no standard input', 'name a file')]
      : []),
    ...(planFile !== undefined && !isApply
      ? [usage(`the input plan-file means nothing to "${command}"`, 'leave it out, or set "command: apply"')]
      : []),
    ...(review.kind !== 'none' && !isApply
      ? [
          usage(
            `the input fingerprint means nothing to "${command}"`,
            'leave it out, or set "command: apply"',
          ),
        ]
      : []),
    ...(planFile !== undefined && isApply && selecting !== ''
      ? [
          usage(
            `the input plan-file does not go with ${selecting}, because a saved plan is applied whole`,
            `leave ${selecting} out here, and give it to the job that plans`,
          ),
        ]
      : []),
  ];
}
