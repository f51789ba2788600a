import type { Delay } from './budget.ts';
import type { Delivery } from './call.ts';
import type { Clock } from './clock.ts';
import { retryAfterMs } from './rate-headers.ts';

/** The pause that 429 asks of every call of a connection. */
export interface Hold extends Delay {
  /** How long this pause is, with those before it that no other answer than 429 came after. */
  readonly totalMs: number;
}

/** What a connection owes for having asked too much. */
export interface Penalty {
  /** The pause that is due, if one is. */
  delay(now: number): Hold | undefined;
  /** Hears each answer, with the moments at which its request was sent and it came. */
  learn(answer: Delivery, times: Times): void;
}

interface Times {
  readonly sentAt: number;
  readonly now: number;
}

interface Round extends Times {
  /** Counts from 0. */
  readonly index: number;
  /** What the rounds before took. */
  readonly beforeMs: number;
  readonly at: number;
  readonly slackMs: number;
}

/**
 * Makes the penalty of a connection. The pause lasts as long as `Retry-After` says, without it one second that doubles from
 * round to round, and a moment by chance, so that several machines do not come back together.
 */
export function makePenalty(clock: Clock): Penalty {
  let round: Round | undefined;

  const begin = (asked: string | undefined, { sentAt, now }: Times): Round => {
    const index = round === undefined ? 0 : round.index + 1;
    const beforeMs = round === undefined ? 0 : round.beforeMs + round.at - round.now;
    const at = now + (retryAfterMs(asked, clock.now()) ?? 1000 * 2 ** index);
    const slackMs = Math.round(clock.random() * Math.min(8000, 500 * 2 ** index));
    return { index, beforeMs, at, slackMs, sentAt, now };
  };

  return {
    delay: (now) => {
      if (round === undefined || round.at + round.slackMs <= now) return undefined;
      const { at, slackMs, beforeMs, now: since } = round;
      return { at, slackMs, totalMs: beforeMs + at - since, reason: 'Cloudflare asks to slow down (429)' };
    },
    learn: ({ status, headers }, times) => {
      // What was under way when the pause began says nothing about what comes after it.
      const isNews = round === undefined || times.sentAt >= round.now;
      if (status !== 429) {
        if (isNews) round = undefined;
        return;
      }
      if (round === undefined || isNews) {
        round = begin(headers['retry-after'], times);
        return;
      }
      const asked = retryAfterMs(headers['retry-after'], clock.now()) ?? 0;
      round = { ...round, at: Math.max(round.at, times.now + asked) };
    },
  };
}
