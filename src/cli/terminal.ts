import { createInterface } from 'node:readline/promises';
import { buffer } from 'node:stream/consumers';
import type { World } from '../app/app.ts';
import type { Look } from '../render/render.ts';
import { makeProgress } from './progress.ts';

/** How much is said on stderr. */
export type Loudness = 'quiet' | 'normal' | 'verbose';

/** The process as commands see it: two streams, a person who may answer, and the world that app works in. */
export interface Terminal {
  readonly world: World;
  /** Writes a part of the result to stdout. */
  print(text: string): void;
  /** Writes something beside the result to stderr, unless the user wants it quiet. */
  note(text: string): void;
  /** Writes a problem to stderr, always. */
  warn(text: string): void;
  /** How text for one of the two streams is to look. */
  look(stream: 'stdout' | 'stderr', sources: ReadonlyMap<string, string>): Look;
  setUp(options: { readonly color: boolean; readonly loudness: Loudness; readonly sandbox: boolean }): void;
  /** True when somebody sits at both ends. */
  readonly canAsk: boolean;
  /** Asks on stderr and answers what was typed, or undefined when the user stopped instead. */
  ask(question: string): Promise<string | undefined>;
  close(): void;
}

/** Widths for streams that have none, and the narrowest that a table can live with. */
const defaultWidth = 100;
const leastWidth = 60;

/** Makes the terminal of a process and begins to listen for SIGINT and SIGTERM; a second signal ends it at once. */
export function openTerminal(host: NodeJS.Process): Terminal {
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stop.signal.aborted) host.exit(signal === 'SIGTERM' ? 143 : 130);
    stop.abort(signal);
  };
  host.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  let settings = { color: true, loudness: 'normal' as Loudness, sandbox: false };
  const progress = makeProgress(host.stderr, () => settings.loudness);
  const hasColor = (stream: NodeJS.WriteStream): boolean =>
    settings.color && (isForced(host.env.FORCE_COLOR) || (stream.isTTY === true && stream.hasColors()));
  return {
    world: {
      cwd: host.cwd(),
      env: host.env,
      readStdin: async () => buffer(host.stdin),
      signal: stop.signal,
      onEvent: progress.onEvent,
    },
    print: (text) => {
      progress.clear();
      host.stdout.write(text);
    },
    note: (text) => {
      progress.clear();
      if (settings.loudness !== 'quiet') host.stderr.write(text);
    },
    warn: (text) => {
      progress.clear();
      host.stderr.write(text);
    },
    look: (name, sources) => {
      const stream = host[name];
      const width = Math.max(leastWidth, stream.columns || defaultWidth);
      return { color: hasColor(stream), width, sandbox: settings.sandbox, sources };
    },
    setUp: (options) => {
      settings = options;
    },
    canAsk: host.stdin.isTTY === true && host.stderr.isTTY === true,
    ask: async (question) => {
      progress.clear();
      const lines = createInterface({ input: host.stdin, output: host.stderr });
      try {
        return await lines.question(question, { signal: stop.signal });
      } catch {
        return undefined;
      } finally {
        lines.close();
      }
    },
    close: () => {
      progress.clear();
      host.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    },
  };
}

function isForced(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
