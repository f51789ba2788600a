import { type Delay, makeBudget, overAt } from './budget.ts';
import type { Delivery, Lost } from './call.ts';
import { type Clock, pause, steady } from './clock.ts';
import { interrupted } from './exchange.ts';
import { makePenalty } from './penalty.ts';
import { readRateReport } from './rate-headers.ts';

/** Lets the requests of a connection go one by one, none before the server's limits allow it. */
export interface Pacer {
  /** Waits for the turn of one request; gives the leave to send it, or why it may not be sent. */
  turn(onWait: OnWait): Promise<Pass | Lost>;
}

/** Told before a pause begins. */
type OnWait = (wait: { readonly waitMs: number; readonly reason: string }) => void;

/** The leave to send one request; `end` must hear what came of it, or `forgo` that it was not sent. */
export interface Pass {
  readonly kind: 'pass';
  forgo(): void;
  end(last: Delivery | Lost): void;
}

interface PacerOptions {
  readonly clock: Clock;
  /** The longest pause for a limit; pauses for 429 with nothing but 429 between them count as one. */
  readonly maxWaitMs: number;
  /** Ends everything. */
  readonly signal: AbortSignal;
  /** Ends pauses: what need not wait is still sent. */
  readonly waitSignal?: AbortSignal;
}

/** Shorter pauses are not told. */
const worthTellingMs = 1000;

/** Makes the pacer of a connection: all its calls share one budget, and one pause after 429. */
export function makePacer({ clock, maxWaitMs, signal, waitSignal = signal }: PacerOptions): Pacer {
  const patience = AbortSignal.any([signal, waitSignal]);
  const time = steady(clock);
  const budget = makeBudget();
  const penalty = makePenalty(time);
  let answered = Promise.withResolvers<void>();
  let queue: Promise<unknown> = Promise.resolve();

  const begin = (sentAt: number): Pass => {
    budget.begin();
    const wakeOthers = (): void => {
      answered.resolve();
      answered = Promise.withResolvers();
    };
    return {
      kind: 'pass',
      forgo: () => {
        budget.forgo();
        wakeOthers();
      },
      end: (last) => {
        const now = time.now();
        budget.end({ sentAt, now, report: readRateReport(last.kind === 'delivery' ? last.headers : {}) });
        if (last.kind === 'delivery') penalty.learn(last, { sentAt, now });
        wakeOthers();
      },
    };
  };

  /** Waits out a delay, unless the user stops it or has no patience for it. */
  const sitOut = async (delay: Delay, costMs: number, onWait: OnWait): Promise<Lost | undefined> => {
    if (costMs > maxWaitMs) return tooLong(delay, costMs, maxWaitMs);
    const waitMs = overAt(delay) - time.now();
    if (waitMs >= worthTellingMs) onWait({ waitMs, reason: delay.reason });
    await pause(time, waitMs, patience);
    return patience.aborted ? interrupted(false) : undefined;
  };

  const wait = async (onWait: OnWait): Promise<Pass | Lost> => {
    while (!signal.aborted) {
      const now = time.now();
      const hold = penalty.delay(now);
      const delay = hold ?? budget.next(now);
      if (delay === undefined) return begin(now);
      if (delay === 'answer') await answered.promise;
      else {
        const end = await sitOut(delay, hold?.totalMs ?? delay.at - now, onWait);
        if (end !== undefined) return end;
      }
    }
    return interrupted(false);
  };

  return {
    turn: (onWait) => {
      const mine = queue.then(() => wait(onWait));
      queue = mine;
      return mine;
    },
  };
}

function tooLong({ reason: why }: Delay, costMs: number, maxWaitMs: number): Lost {
  const seconds = (ms: number): string => `${Math.ceil(ms / 1000)} s`;
  const reason = `${why}, which means to wait ${seconds(costMs)}, and ${seconds(maxWaitMs)} are allowed`;
  return { kind: 'lost', cause: 'rate-limited', sent: false, reason };
}
