import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, TransportEvent } from '../../src/cloudflare/cloudflare.ts';

/** The clock of a world in which nothing but pauses takes time; it has to hear what its connection does. */
export interface IdleClock extends Clock {
  readonly sleeps: readonly number[];
  readonly onEvent: (event: TransportEvent) => void;
}

/** Makes a clock that stands still while requests are under way, so that they never seem to take as long as a pause. */
export function idleClock(random = 0): IdleClock {
  const sleeps: number[] = [];
  let now = Date.UTC(2026, 0, 1);
  let underWay = 0;
  return {
    sleeps,
    now: () => now,
    sleep: async (ms) => {
      while (underWay > 0) await nextTurn();
      sleeps.push(ms);
      now += ms;
    },
    random: () => random,
    onEvent: ({ kind }) => {
      if (kind !== 'wait') underWay += kind === 'request' ? 1 : -1;
    },
  };
}
