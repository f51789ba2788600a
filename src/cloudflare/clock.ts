import { setTimeout as wait } from 'node:timers/promises';

/** Time and chance, handed in so that a test waits for nobody. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits `ms` milliseconds; rejects with an AbortError when `signal` fires first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** At least 0 and below 1. */
  random(): number;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => wait(ms, undefined, signal === undefined ? {} : { signal }),
  random: () => Math.random(),
};

/** The same clock as one that never goes back, and that has reached at least the end of a sleep when the sleep is over. */
export function steady(clock: Clock): Clock {
  let latest = Number.NEGATIVE_INFINITY;
  const reach = (time: number): number => {
    latest = Math.max(latest, time);
    return latest;
  };
  const now = (): number => reach(clock.now());
  return {
    now,
    sleep: async (ms, signal) => {
      const end = now() + ms;
      await clock.sleep(ms, signal);
      reach(end);
    },
    random: () => clock.random(),
  };
}

/** Sleeps until `ms` milliseconds are over or `signal` fires, whichever comes first. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
