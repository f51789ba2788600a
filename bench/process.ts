import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { FleetZone } from './fleet.ts';

/** What one process came to. */
export interface Ran {
  readonly seconds: number;
  readonly stdout: string;
}

/** The same with the most memory that it held, in MB of 1,000,000 bytes. */
export interface Watched extends Ran {
  readonly peakMb: number;
}

interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the same Node as this one to its end, with nothing of Cloudflare in its environment but what is given. */
export async function runNode(args: readonly string[], surroundings?: Surroundings): Promise<Ran> {
  const { seconds, stdout } = await run(args, surroundings);
  return { seconds, stdout };
}

/** Loaded into a process, it writes the most memory that was held, in kB of 1,024 bytes, to file descriptor 3. */
const witness = `data:text/javascript,${encodeURIComponent(
  `import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));`,
)}`;

/** As `runNode`; watching costs some milliseconds at the start. */
export async function watchNode(args: readonly string[], surroundings?: Surroundings): Promise<Watched> {
  const { seconds, stdout, told } = await run(['--import', witness, ...args], surroundings);
  return { seconds, stdout, peakMb: (Number(told) * 1024) / 1e6 };
}

async function run(
  args: readonly string[],
  { cwd, env = {} }: Surroundings = {},
): Promise<Ran & { readonly told: string }> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CLOUDFLARE_'));
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...Object.fromEntries(own), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  const outputs = child.stdio.slice(1).map((stream) => text(stream as NodeJS.ReadableStream));
  const [code] = await once(child, 'exit');
  const seconds = (performance.now() - began) / 1000;
  const [stdout = '', stderr = '', told = ''] = await Promise.all(outputs);
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`);
  return { seconds, stdout, told };
}

/** A sandbox that runs until it is stopped. */
export interface SandboxProcess {
  /** What a process needs in its environment to use it. */
  readonly env: Readonly<Record<string, string>>;
  /** How many requests came since this was asked last. */
  requests(): Promise<number>;
  stop(): void;
}

/** Starts a sandbox that holds these zones. */
export async function startSandboxProcess(fleet: readonly FleetZone[]): Promise<SandboxProcess> {
  const child = fork(join(import.meta.dirname, 'sandbox-process.ts'));
  const asked = async (message: readonly FleetZone[] | 'count'): Promise<unknown> => {
    child.send(message);
    const [answer] = await once(child, 'message');
    return answer;
  };
  const baseUrl = String(await asked(fleet));
  return {
    env: { CLOUDFLARE_BASE_URL: baseUrl, CLOUDFLARE_API_TOKEN: 'bench' },
    requests: async () => Number(await asked('count')),
    stop: () => child.kill(),
  };
}
