import type { AppEvent } from '../app/app.ts';
import { scopeLabel } from '../model/scope.ts';
import { visible } from '../problem/printable.ts';
import type { Loudness } from './terminal.ts';

/** Shows what is going on. */
export interface Progress {
  readonly onEvent: (event: AppEvent) => void;
  /** Takes the line away before something else is written. */
  clear(): void;
}

/** Work shorter than this shows nothing. */
const patienceMs = 1_000;

/** Between two plain lines where there is no terminal to redraw one in. */
const plainEveryMs = 10_000;

/**
 * In a terminal one line on stderr, redrawn in place, for work that takes over a second; elsewhere a plain line now and
 * then. Verbose adds a line per request.
 */
export function makeProgress(stream: NodeJS.WriteStream, loudness: () => Loudness): Progress {
  const began = Date.now();
  let lastPlain = began;
  let isShown = false;
  const clear = (): void => {
    if (isShown) stream.write('\r\u001b[K');
    isShown = false;
  };
  const show = (line: string): void => {
    const now = Date.now();
    if (now - began < patienceMs) return;
    if (stream.isTTY) {
      clear();
      stream.write(line.slice(0, Math.max(20, stream.columns - 1)));
      isShown = true;
    } else if (now - lastPlain >= plainEveryMs) {
      lastPlain = now;
      stream.write(`${line}\n`);
    }
  };
  return {
    clear,
    onEvent: (event) => {
      if (loudness() === 'quiet') return;
      if (event.kind === 'transport' && loudness() === 'verbose') {
        clear();
        stream.write(`${transportLine(event.event)}\n`);
      }
      const line = progressLine(event);
      if (line !== undefined) show(line);
    },
  };
}

function transportLine({
  method,
  path,
  attempt,
  ...event
}: Extract<AppEvent, { kind: 'transport' }>['event']): string {
  const call = visible(`${method} ${path}${attempt > 1 ? ` (attempt ${attempt})` : ''}`);
  switch (event.kind) {
    case 'request':
      return `→ ${call}`;
    case 'answer':
      return `← ${event.status} in ${Math.round(event.elapsedMs)} ms  ${call}`;
    case 'lost':
      return `✗ no answer after ${Math.round(event.elapsedMs)} ms  ${call}: ${visible(event.reason)}`;
    case 'wait':
      return `· waiting ${seconds(event.waitMs)} before ${call}: ${visible(event.reason)}`;
  }
}

/** What the one line says, or undefined where an event is no news. */
function progressLine(event: AppEvent): string | undefined {
  if (event.kind === 'reading') return `reading: ${event.done} of ${event.total} scopes`;
  if (event.kind === 'applying') return `applying: ${visible(scopeLabel(event.event.scope))}`;
  if (event.event.kind !== 'wait') return undefined;
  return `waiting ${seconds(event.event.waitMs)}: ${visible(event.event.reason)}`;
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1_000)} s`;
}
