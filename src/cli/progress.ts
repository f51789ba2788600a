import type { AppEvent } from '../app/app.ts';
import { scopeLabel } from '../model/scope.ts';
import { cut, visible } from '../problem/printable.ts';
import type { Loudness } from './terminal.ts';

/** Shows what is going on. */
export interface Progress {
  readonly onEvent: (event: AppEvent) => void;
  /** Takes the line away before something else is written; the next event brings it back. */
  clear(): void;
  end(): void;
}

type Transport = Extract<AppEvent, { kind: 'transport' }>['event'];

/** Work shorter than this shows nothing. */
const patienceMs = 1_000;

/** Between two drawings of the line. */
const drawEveryMs = 200;

/** Between two plain lines where there is no terminal to redraw one in. */
const plainEveryMs = 10_000;

/**
 * In a terminal one line on stderr, redrawn in place, for work that takes over a second; elsewhere a plain line now and
 * then. Verbose adds a line per request.
 */
export function makeProgress(stream: NodeJS.WriteStream, loudness: () => Loudness): Progress {
  const began = Date.now();
  let lastPlain = began;
  let timer: NodeJS.Timeout | undefined;
  let isDrawn = false;
  let phase: string | undefined;
  let status: (() => string) | undefined;
  const erase = (): void => {
    if (isDrawn) stream.write('\r\u001b[K');
    isDrawn = false;
  };
  const draw = (): void => {
    const now = Date.now();
    if (status === undefined || now - began < patienceMs) return;
    if (stream.isTTY) {
      stream.write(`\r\u001b[K${cut(status(), Math.max(20, stream.columns - 1))}`);
      isDrawn = true;
    } else if (now - lastPlain >= plainEveryMs) {
      lastPlain = now;
      stream.write(`${status()}\n`);
    }
  };
  return {
    clear: () => {
      erase();
      status = undefined;
    },
    end: () => {
      clearInterval(timer);
      erase();
    },
    onEvent: (event) => {
      if (loudness() === 'quiet') return;
      timer ??= setInterval(draw, drawEveryMs).unref();
      if (event.kind !== 'transport') phase = phaseLine(event);
      else if (loudness() === 'verbose') {
        erase();
        stream.write(`${transportLine(event.event)}\n`);
      }
      status = statusAfter(event, phase) ?? status;
      if (isLongWait(event)) lastPlain = Number.NEGATIVE_INFINITY;
    },
  };
}

function phaseLine(event: Exclude<AppEvent, { kind: 'transport' }>): string {
  if (event.kind === 'reading') return `reading: ${event.done} of ${event.total} scopes`;
  return `applying: ${visible(scopeLabel(event.event.scope))}`;
}

/**
 * A wait is counted down until a request goes out again; a request is worth telling only where no phase has begun.
 * Undefined where an event is no news.
 */
function statusAfter(event: AppEvent, phase = ''): (() => string) | undefined {
  if (event.kind !== 'transport') return () => phase;
  const { event: step } = event;
  if (step.kind === 'request') return () => phase || visible(step.purpose);
  if (step.kind !== 'wait') return undefined;
  const end = Date.now() + step.waitMs;
  return () => `waiting ${seconds(Math.max(0, end - Date.now()))}: ${visible(step.reason)}`;
}

/** Such a wait is told at once, also where lines are rare. */
function isLongWait(event: AppEvent): boolean {
  return event.kind === 'transport' && event.event.kind === 'wait' && event.event.waitMs >= plainEveryMs;
}

function transportLine({ method, path, attempt, ...event }: Transport): string {
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

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1_000)} s`;
}
