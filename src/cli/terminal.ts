import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type ExitCode, exitOfSignal, type World } from '../app/app.ts';
import type { JsonLook, Look, MarkdownLook } from '../render/render.ts';
import { makeProgress } from './progress.ts';

/** How much is said on stderr. */
export type Loudness = 'quiet' | 'normal' | 'verbose';

/** What the options of a command say about its output. */
export interface Settings {
  readonly color: boolean;
  readonly loudness: Loudness;
  readonly sandbox: boolean;
}

type Sources = ReadonlyMap<string, string>;

/** The process as commands see it: two streams, a person who may answer, and the world that app works in. */
export interface Terminal {
  readonly world: World;
  /** Writes a part of the result to stdout. */
  print(text: string): void;
  /** Writes something beside the result to stderr, unless the user wants it quiet. */
  note(text: string): void;
  /** Writes a problem to stderr, always. */
  warn(text: string): void;
  /** How text for one of the two streams is to look; only the first one there says SANDBOX. */
  look(stream: StreamName, sources: Sources): Look;
  /** How a document is to look, which stands alone wherever it goes. */
  documentLook(sources: Sources): JsonLook & MarkdownLook;
  setUp(settings: Settings): void;
  /** True when somebody sits at both ends. */
  readonly canAsk: boolean;
  /** Asks on stderr and answers what was typed, or undefined when the user left instead (Ctrl-C, Ctrl-D). */
  ask(question: string): Promise<string | undefined>;
  /** Waits until the user ends the command, where that is its regular end and no interruption. */
  stopped(): Promise<void>;
  /** What the process answers where the user ended it early, or undefined. */
  interruption(): ExitCode | undefined;
  /** Ends when everything is written; answers the system's word for why it could not be, if so. */
  close(): Promise<string | undefined>;
}

type StreamName = 'stdout' | 'stderr';

/** Widths for streams that have none, and the narrowest that a table can live with. */
const defaultWidth = 100;
const leastWidth = 40;

/** Makes the terminal of a process and begins to listen for SIGINT and SIGTERM; a second signal ends it at once. */
export function openTerminal(host: NodeJS.Process): Terminal {
  let settings: Settings = { color: true, loudness: 'normal', sandbox: false };
  let endsByStopping = false;
  const progress = makeProgress(host.stderr, () => settings.loudness);
  const output = openOutput(host, progress.clear);
  const note = (text: string): void => {
    if (settings.loudness !== 'quiet') output.write('stderr', text);
  };
  const signals = listen(host, () => {
    if (!endsByStopping) note(stopping);
  });
  const canAsk = host.stdin.isTTY === true && host.stderr.isTTY === true;
  return {
    world: {
      cwd: host.cwd(),
      env: host.env,
      readStdin: (mostBytes) => readBounded(host.stdin, mostBytes),
      signal: signals.signal,
      onEvent: progress.onEvent,
    },
    print: (text) => output.write('stdout', text),
    note,
    warn: (text) => output.write('stderr', text),
    look: (name, sources) => ({
      color: hasColor(host[name], settings.color && host.env),
      width: Math.max(leastWidth, host[name].columns || defaultWidth),
      sandbox: settings.sandbox && !output.hasBegun(name),
      sources,
    }),
    documentLook: (sources) => ({ sandbox: settings.sandbox, sources }),
    setUp: (given) => {
      settings = given;
    },
    canAsk,
    ask: (question) => {
      progress.clear();
      return askOn(host, question, signals);
    },
    stopped: async () => {
      endsByStopping = true;
      if (!signals.signal.aborted) await once(signals.signal, 'abort');
    },
    interruption: () =>
      signals.signal.aborted && !endsByStopping ? exitOfSignal(signals.signal) : undefined,
    close: () => {
      progress.end();
      signals.close();
      return output.end();
    },
  };
}

const stopping = 'Stopping as soon as what is under way is done; once more ends it at once.\n';

interface Signals {
  readonly signal: AbortSignal;
  /** Ends the command as Ctrl-C does, where a prompt has taken the key. */
  readonly stop: () => void;
  close(): void;
}

function listen(host: NodeJS.Process, onFirst: () => void): Signals {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) host.exit(exitOfSignal(controller.signal));
    onFirst();
    controller.abort(name);
  };
  host.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    stop: () => controller.abort('SIGINT'),
    close: () => host.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  };
}

interface Output {
  write(name: StreamName, text: string): void;
  /** True when the reader of this stream has read something already. */
  hasBegun(name: StreamName): boolean;
  end(): Promise<string | undefined>;
}

/** The two streams. A reader that goes away early, such as head, stops no command, least of all an apply. */
function openOutput(host: NodeJS.Process, beforeWriting: () => void): Output {
  const begun = new Set<StreamName>();
  let trouble: string | undefined;
  const onWritten = (error?: NodeJS.ErrnoException | null): void => {
    trouble ??= error?.code;
  };
  host.stdout.on('error', onWritten);
  host.stderr.on('error', onWritten);
  const isOneScreen = host.stdout.isTTY === true && host.stderr.isTTY === true;
  return {
    write: (name, text) => {
      if (text === '') return;
      beforeWriting();
      begun.add(name);
      host[name].write(text, onWritten);
    },
    hasBegun: (name) => (isOneScreen ? begun.size > 0 : begun.has(name)),
    end: async () => {
      await new Promise((resolve) => host.stdout.write('', resolve));
      return trouble === 'EPIPE' ? undefined : trouble;
    },
  };
}

/** Asks with readline's callbacks: its promise does not settle on Ctrl-D in every version of Node that we run on. */
function askOn(
  host: NodeJS.Process,
  question: string,
  { signal, stop }: Signals,
): Promise<string | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const lines = createInterface({ input: host.stdin, output: host.stderr, signal });
  lines.once('line', (line) => {
    resolve(line);
    lines.close();
  });
  lines.once('SIGINT', () => stop());
  lines.once('close', () => resolve(undefined));
  lines.setPrompt(question);
  lines.prompt();
  return promise.then((answer) => {
    if (answer === undefined) host.stderr.write('\n');
    return answer;
  });
}

/** Stops reading once it is too much: what comes in may have no end. */
async function readBounded(stdin: NodeJS.ReadStream, mostBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostBytes) break;
  }
  return Buffer.concat(chunks);
}

function hasColor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv | false): boolean {
  if (env === false) return false;
  return isForced(env.FORCE_COLOR) || (stream.isTTY === true && stream.hasColors());
}

function isForced(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
