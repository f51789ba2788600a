import type { Command } from 'commander';
import { type ExplainRequest, explainError } from '../../app/app.ts';
import { ProblemError } from '../../problem/problem.ts';
import { explanationJson, explanationTerminal } from '../../render/render.ts';
import {
  addExamples,
  addOutputOptions,
  addTargetOptions,
  gather,
  type OutputOptions,
  type SelectionOptions,
  type TargetOptions,
  targetOf,
} from '../options.ts';
import { endInProblems, guarded, interrupted, noteProblems } from '../problems.ts';
import type { Shell } from '../program.ts';
import { addVisitorOptions, type VisitorOptions, visitorOf } from '../visitor-options.ts';

interface ExplainOptions extends OutputOptions, SelectionOptions, TargetOptions, VisitorOptions {
  readonly format: 'terminal' | 'json';
  readonly live?: boolean;
  readonly allow: readonly string[];
  readonly field: readonly string[];
}

export function addExplain(program: Command, shell: Shell): void {
  const command = program.command('explain').description('Say which rule answers a given error, and why');
  command
    .optionsGroup('Whose rules:')
    .option('--zone <name>', 'of this zone, then of its account', gather, [])
    .option('--account <name>', 'of this account alone', gather, [])
    .option('-c, --config <path>', 'a file, a folder, or - for standard input; repeatable', gather, [])
    .option('--allow <code>', 'let this finding pass: CODE or CODE@SCOPE; repeatable', gather, [])
    .option('--live', 'what is live in place of the files');
  addVisitorOptions(command);
  addTargetOptions(command);
  addOutputOptions(command, ['terminal', 'json']);
  command.action(guarded(shell, (options: ExplainOptions) => runExplain(shell, options)));
  addExamples(command, [
    'cf-errors explain --zone example.com --status 503',
    'cf-errors explain --zone example.com --status 403 --1xxx 1020 --country DE',
    'cf-errors explain --zone example.com --status 500 --path /api/orders --live',
  ]);
}

async function runExplain(shell: Shell, options: ExplainOptions): Promise<void> {
  const { terminal, exit } = shell;
  const { format } = options;
  const { explanation, problems, sources } = await explainError(requestOf(options), terminal.world);
  if (terminal.interruption() !== undefined) return endInProblems(shell, { problems: [interrupted], format });
  if (explanation === undefined) return endInProblems(shell, { problems, sources, format });
  if (format === 'json') {
    terminal.print(explanationJson(explanation, problems, terminal.documentLook(sources)));
  } else {
    noteProblems(terminal, problems, sources);
    terminal.print(explanationTerminal(explanation, terminal.look('stdout', sources)));
  }
  exit(0);
}

function requestOf(options: ExplainOptions): ExplainRequest {
  const { config, allow, field } = options;
  const isLive = options.live === true || options.sandbox !== undefined;
  const flag = options.live === true ? '--live' : '--sandbox';
  if (isLive && config.length > 0) {
    throw new ProblemError({
      code: 'cli/usage',
      message: `--config and ${flag} exclude each other`,
      hint: `${flag} asks for the rules that are live, whatever the files say`,
    });
  }
  return {
    config,
    allow,
    scope: scopeOf(options),
    visitor: visitorOf(options),
    fields: field,
    ...(isLive ? { live: targetOf(options) } : {}),
  };
}

function scopeOf({ zone, account }: ExplainOptions): ExplainRequest['scope'] {
  const [name, ...more] = [...zone, ...account];
  if (name === undefined || more.length > 0) {
    throw new ProblemError({
      code: 'cli/usage',
      message: name === undefined ? 'no zone or account is named' : 'more than one zone or account is named',
      hint: 'name one: --zone example.com, or --account NAME for the rules of an account alone',
    });
  }
  return { kind: zone.length > 0 ? 'zone' : 'account', name };
}
