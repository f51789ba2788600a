import type { Policy, RateReport, Standing } from './rate-headers.ts';

/** A moment before which nothing may be sent. */
export interface Delay {
  /** The moment that the server's own figures give. */
  readonly at: number;
  /** What is waited beyond it, because clocks and roundings differ. */
  readonly slackMs: number;
  readonly reason: string;
}

/**
 * What a server's limits leave to one connection. Nothing here looks at a clock: every `now` is in milliseconds and never
 * below the one before.
 */
export interface Budget {
  /** What the next request has to wait for: nothing, a moment, or the answer to one that is under way. */
  next(now: number): Delay | 'answer' | undefined;
  /** A request is sent. */
  begin(): void;
  /** The last `begin` was for nothing: the request is not sent after all. */
  forgo(): void;
  /** A request that was sent at `sentAt` has its answer, or has been given up. */
  end(answer: Answered): void;
}

interface Answered {
  readonly sentAt: number;
  readonly now: number;
  readonly report: RateReport;
}

/** Until the first answer has told the policy, so many requests are under way at most. */
const firstVolley = 8;

/** `t` counts whole seconds, and nothing says that they are rounded up. */
const resetSlackMs = 1000;

/** Timers fire a moment early, and two clocks disagree by less than a thousandth. */
function slackOf({ windowMs }: Policy): number {
  return 5 + windowMs / 1000;
}

/**
 * Makes the budget of a connection. Of each policy, a slot of the quota is free again one window after the *answer* to the
 * request that took it. Requests arrive before they are answered, so the server never sees more than the quota in any
 * window, wherever its windows begin. Only where it says that less is left than this leaves does somebody else use the
 * quota too, and then its own word counts.
 */
export function makeBudget(): Budget {
  /** Ascending; a number for each request of a run, so nothing needs to be forgotten. */
  const ends: number[] = [];
  let underWay = 0;
  let policies: readonly Policy[] = [];
  const reserves = new Map<string, Reserve>();

  const slot = (policy: Policy): Delay | 'answer' | undefined => {
    const room = policy.quota - underWay;
    if (room <= 0) return 'answer';
    const leaving = ends[ends.length - room];
    if (leaving === undefined) return undefined;
    return { at: leaving + policy.windowMs, slackMs: slackOf(policy), reason: inWords(policy) };
  };

  const policyOf = ({ name }: Standing, { standings }: RateReport): Policy | undefined => {
    const [only] = policies.length === 1 && standings.length === 1 ? policies : [];
    return policies.find((policy) => policy.name === name) ?? only;
  };

  /** At least as many of our own requests as the server can have counted when it answered. */
  const ownUse = (policy: Policy, sentAt: number): number => {
    const opened = sentAt - policy.windowMs - slackOf(policy);
    return underWay + ends.length - 1 - ends.findLastIndex((end) => end <= opened);
  };

  const note = (standing: Standing, { sentAt, now, report }: Answered): void => {
    const { name, remaining, resetMs } = standing;
    const policy = policyOf(standing, report);
    if (policy !== undefined && remaining >= policy.quota - ownUse(policy, sentAt)) return;
    const known = reserves.get(name);
    const reserve = { left: remaining - underWay, until: now + resetMs };
    if (known === undefined || isOver(known, now)) reserves.set(name, reserve);
    else {
      known.left = Math.min(known.left, reserve.left);
      known.until = Math.min(known.until, reserve.until);
    }
  };

  return {
    next: (now) => {
      if (ends.length === 0 && underWay >= firstVolley) return 'answer';
      for (const [name, reserve] of reserves) if (isOver(reserve, now)) reserves.delete(name);
      return last([...policies.map(slot), ...reserves.values().map(reset)], now);
    },
    begin: () => {
      underWay += 1;
      for (const reserve of reserves.values()) reserve.left -= 1;
    },
    forgo: () => {
      underWay -= 1;
      for (const reserve of reserves.values()) reserve.left += 1;
    },
    end: (answered) => {
      underWay -= 1;
      ends.push(answered.now);
      if (answered.report.policies.length > 0) policies = answered.report.policies;
      for (const standing of answered.report.standings) note(standing, answered);
    },
  };
}

/** What somebody else has left of a quota until it is full again. */
interface Reserve {
  left: number;
  until: number;
}

function isOver({ until }: Reserve, now: number): boolean {
  return now >= until + resetSlackMs;
}

function reset({ left, until }: Reserve): Delay | undefined {
  if (left > 0) return undefined;
  return { at: until, slackMs: resetSlackMs, reason: 'somebody else uses the same rate limit' };
}

function inWords({ quota, windowMs }: Policy): string {
  return `Cloudflare takes ${quota} calls in ${windowMs / 1000} s`;
}

/** The moment from which a delay no longer holds anything up. */
export function overAt({ at, slackMs }: Delay): number {
  return at + slackMs;
}

function last(waits: readonly (Delay | 'answer' | undefined)[], now: number): Delay | 'answer' | undefined {
  let latest: Delay | undefined;
  for (const wait of waits) {
    if (wait === 'answer') return wait;
    if (wait === undefined || overAt(wait) <= now) continue;
    if (latest === undefined || overAt(wait) > overAt(latest)) latest = wait;
  }
  return latest;
}
