import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PlanRequest, Selection, TargetRequest } from '../app/app.ts';
import { ProblemError } from '../problem/problem.ts';
import type { Terminal } from './terminal.ts';

/** Options that every command has. */
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
}

export interface PlanningOptions extends OutputOptions, SelectionOptions, TargetOptions {
  readonly refresh: readonly string[];
  readonly allow: readonly string[];
  readonly online?: boolean;
  readonly probe: boolean;
}

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

export function addOutputOptions(command: Command): Command {
  return command
    .option('--no-color', 'no colours')
    .option('-q, --quiet', 'nothing on stderr but problems')
    .option('-v, --verbose', 'say every request on stderr');
}

export function addSelectionOptions(command: Command): Command {
  return command
    .option('-c, --config <path>', 'a file, a directory, or - for standard input; repeatable', gather, [])
    .option('--zone <name>', 'only this zone, by name or id; repeatable', gather, [])
    .option('--account <name>', 'only this account, by name or id; repeatable', gather, []);
}

export function addTargetOptions(command: Command): Command {
  return command
    .option('--sandbox [file]', 'an embedded Cloudflare, kept in memory or in this file')
    .option('--sandbox-pages <dir>', "where the sandbox finds assets' pages: <dir>/<host>/<path>")
    .option('--parallelism <n>', 'requests at the same time', atLeastOne, 8);
}

export function addPlanningOptions(command: Command): Command {
  return addTargetOptions(addSelectionOptions(command))
    .option('--refresh <name>', 'have Cloudflare fetch this asset again, or all; repeatable', gather, [])
    .option('--allow <code>', 'let this hazard pass: CODE or CODE@SCOPE; repeatable', gather, [])
    .option('--online', 'ask Cloudflare for its verdict on the rules (dry run)')
    .option('--no-probe', 'do not look at the pages of assets that will be written');
}

/** The choice of output formats, terminal first. */
export function formatOption(...formats: readonly string[]): Option {
  return new Option('--format <format>', 'how the result is written').choices(formats).default(formats[0]);
}

/** Tells the terminal what its options say; refuses a sandbox beside a base URL, since only one can be meant. */
export function settle(terminal: Terminal, options: OutputOptions & Partial<TargetOptions>): void {
  const sandbox = options.sandbox !== undefined;
  const loudness = options.quiet ? 'quiet' : options.verbose ? 'verbose' : 'normal';
  terminal.setUp({ color: options.color, loudness, sandbox });
  const { env } = terminal.world;
  const baseUrl = env.CLOUDFLARE_BASE_URL ? 'CLOUDFLARE_BASE_URL' : 'CLOUDFLARE_API_BASE_URL';
  if (sandbox && env[baseUrl]) {
    throw new ProblemError({
      code: 'cli/usage',
      message: `--sandbox and ${baseUrl} exclude each other`,
      hint: `unset ${baseUrl} to use the embedded sandbox`,
    });
  }
}

export function selectionOf({ config, zone, account }: SelectionOptions): Selection {
  return { config, zones: zone, accounts: account };
}

export function targetOf({ sandbox, sandboxPages, parallelism }: TargetOptions): TargetRequest {
  if (sandbox === undefined) return { parallelism };
  return {
    parallelism,
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
