import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PlanRequest, Selection, TargetRequest } from '../app/app.ts';
import { defaultParallelism } from '../model/remote.ts';
import { ProblemError, type ProblemInput } from '../problem/problem.ts';
import type { Terminal } from './terminal.ts';

/** Options that every command with a result has. */
export interface OutputOptions {
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export interface SelectionOptions {
  readonly config: readonly string[];
  readonly zone: readonly string[];
  readonly account: readonly string[];
}

export interface TargetOptions {
  readonly sandbox?: string | true;
  readonly sandboxPages?: string;
  readonly parallelism: number;
  /** Seconds. */
  readonly maxWait: number;
}

export interface PlanningOptions extends OutputOptions, SelectionOptions, TargetOptions {
  readonly refresh: readonly string[];
  readonly allow: readonly string[];
  readonly online?: boolean;
  readonly probe: boolean;
}

/** What may be looked at before it is known which command it is. */
export type CommonOptions = OutputOptions & Partial<TargetOptions> & { readonly format?: string };

/** For options that may be given more than once. */
export function gather(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function atLeastOne(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 64) {
    throw new InvalidArgumentError('It must be a whole number from 1 to 64.');
  }
  return value;
}

function wholeSeconds(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of seconds.');
  return Number(text);
}

export function addSelectionOptions(command: Command): void {
  command
    .optionsGroup('What to look at:')
    .option('-c, --config <path>', 'a file, a folder, or - for standard input; repeatable', gather, []);
  addScopeOptions(command);
}

/** Which scopes of the files; part of a group that is begun already. */
export function addScopeOptions(command: Command): void {
  command
    .option('--zone <name>', 'only this zone, by name or id; repeatable', gather, [])
    .option('--account <name>', 'only this account, by name or id; repeatable', gather, []);
}

export function addPlanningOptions(command: Command): void {
  command
    .optionsGroup('How to plan:')
    .option('--refresh <name>', 'fetch the page of this asset again, or of "all"; repeatable', gather, [])
    .option('--allow <code>', 'let this hazard or finding pass: CODE or CODE@SCOPE; repeatable', gather, [])
    .option('--online', "add Cloudflare's own verdict on the rules (a dry run)")
    .option('--no-probe', 'do not look at the pages of assets to be written');
}

export function addTargetOptions(command: Command): void {
  command
    .optionsGroup('Which Cloudflare:')
    .option('--sandbox [file]', 'an embedded one, its state in memory or in this file')
    .option('--sandbox-pages <dir>', 'its pages of assets, as <dir>/<host>/<path>')
    .option(
      '--parallelism <n>',
      `requests at the same time, 1 to 64 (${defaultParallelism})`,
      atLeastOne,
      defaultParallelism,
    )
    .option('--max-wait <seconds>', 'the longest pause for a rate limit (300)', wholeSeconds, 300);
}

/** The last group; `formats` are those of the result, the default first. */
export function addOutputOptions(command: Command, formats: readonly string[] = []): void {
  command.optionsGroup('Output:');
  if (formats.length > 0) {
    const text = `of the result: ${formats.join(', ')} (${formats[0]})`;
    command.addOption(new Option('--format <format>', text).choices(formats).default(formats[0]));
  }
  command
    .option('--no-color', 'no colours')
    .addOption(new Option('-q, --quiet', 'nothing on stderr but problems').conflicts('verbose'))
    .option('-v, --verbose', 'say every request on stderr')
    .helpOption('-h, --help', 'print this help');
}

/** Lines for the end of a command's help. */
export function addExamples(command: Command, examples: readonly string[]): void {
  command.addHelpText('after', `\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}`);
}

/** Tells the terminal what the options say, and refuses those that do not go together. */
export function settle(terminal: Terminal, options: CommonOptions): void {
  const sandbox = options.sandbox !== undefined;
  const loudness = options.quiet ? 'quiet' : options.verbose ? 'verbose' : 'normal';
  terminal.setUp({ color: options.color, loudness, sandbox });
  const problems = [...baseUrlBesideSandbox(options, terminal.world.env), ...pagesWithoutSandbox(options)];
  if (problems.length > 0) throw new ProblemError(...problems);
}

/** Only one of the two can be meant, and it matters which. */
function baseUrlBesideSandbox(
  { sandbox }: CommonOptions,
  env: Terminal['world']['env'],
): readonly ProblemInput[] {
  const name = env.CLOUDFLARE_BASE_URL ? 'CLOUDFLARE_BASE_URL' : 'CLOUDFLARE_API_BASE_URL';
  if (sandbox === undefined || !env[name]) return [];
  const message = `--sandbox and ${name} exclude each other`;
  return [{ code: 'cli/usage', message, hint: `unset ${name} to use the embedded sandbox` }];
}

function pagesWithoutSandbox({ sandbox, sandboxPages }: CommonOptions): readonly ProblemInput[] {
  if (sandbox !== undefined || sandboxPages === undefined) return [];
  const message = '--sandbox-pages means nothing without --sandbox';
  return [{ code: 'cli/usage', message, hint: 'add --sandbox, or leave it out' }];
}

export function selectionOf({ config, zone, account }: SelectionOptions): Selection {
  return { config, zones: zone, accounts: account };
}

export function targetOf(options: TargetOptions): TargetRequest {
  const { sandbox, sandboxPages, parallelism } = options;
  const pace = { parallelism, maxWaitMs: options.maxWait * 1000 };
  if (sandbox === undefined) return pace;
  return {
    ...pace,
    sandbox: {
      ...(sandbox === true ? {} : { stateFile: sandbox }),
      ...(sandboxPages === undefined ? {} : { pagesDir: sandboxPages }),
    },
  };
}

export function planRequestOf(options: PlanningOptions): PlanRequest {
  return {
    selection: selectionOf(options),
    target: targetOf(options),
    refresh: options.refresh.includes('all') ? 'all' : options.refresh,
    allow: options.allow,
    online: options.online === true,
    probe: options.probe,
  };
}
