import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { command } from './built.ts';

/** What a command said and how it ended; a signal that killed it is in place of the code. */
export interface Ended {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Is handed the process while it runs. */
  readonly during?: (child: ChildProcess) => void;
}

/** Somebody in a folder of their own, without a terminal and with nothing in the environment. */
export interface User {
  readonly cwd: string;
  write(path: string, text: string): void;
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
}

/** The environment of a process that knows nothing of Cloudflare and has no say about colour. */
export function plainEnv(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, ...more };
}

/** Gives a folder with these files to somebody, for the time of one test. */
export function user(files: Readonly<Record<string, string>> = {}): User {
  const cwd = mkdtempSync(join(tmpdir(), 'cf-errors-cli-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  return {
    cwd,
    write,
    run: async (args, { env, stdin = '', during } = {}) => {
      const child = spawn(process.execPath, [command, ...args], { cwd, env: plainEnv(env) });
      child.stdin.on('error', () => {}).end(stdin);
      during?.(child);
      const said = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'] as const) {
        child[name].setEncoding('utf8').on('data', (part) => {
          said[name] += part;
        });
      }
      const [code, signal] = await once(child, 'close');
      return { code: code ?? signal, ...said };
    },
  };
}

/** A file with one rule of example.com. */
export const oneRule = `version: 1
zones:
  example.com:
    rules:
      - ref: sorry
        expression: http.response.code ge 500
        content_type: text/plain
        content: Sorry.
`;

/** A file with an asset of example.com and a rule that serves it, which are two writes. */
export const assetWithRule = `version: 1
zones:
  example.com:
    assets:
      - name: page
        url: https://static.example.com/page.html
    rules:
      - ref: sorry
        expression: http.response.code ge 500
        asset_name: page
`;

/** A file that claims the rules of example.com and lists none. */
export const noRules = `version: 1
zones:
  example.com:
    rules: []
`;
