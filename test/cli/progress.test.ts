import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeProgress } from '../../src/cli/progress.ts';

const pause = {
  kind: 'transport',
  event: {
    kind: 'wait',
    waitMs: 300_000,
    reason: 'Cloudflare asks to slow down (429)',
    attempt: 2,
    method: 'GET',
    path: '/zones',
    purpose: 'listing the zones',
  },
} as const;

/** What is written to a stream during some seconds of a long pause, drawings of the same text once. */
function linesOf(isTTY: boolean, seconds: number): readonly string[] {
  const written: string[] = [];
  const stream = { isTTY, columns: 80, write: (text: string) => written.push(text) > 0 };
  const progress = makeProgress(stream as unknown as NodeJS.WriteStream, () => 'normal');
  progress.onEvent(pause);
  vi.advanceTimersByTime(seconds * 1000);
  progress.end();
  return [...new Set(written.map((text) => text.replace('\r\u001b[K', '').trim()))].filter(
    (text) => text !== '',
  );
}

const saying = (seconds: readonly number[]): readonly string[] =>
  seconds.map((left) => `waiting ${left} s: Cloudflare asks to slow down (429)`);

describe('a long pause', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('counts down each second in a terminal', () => {
    expect(linesOf(true, 5)).toEqual(saying([299, 298, 297, 296, 295]));
  });

  it('is told at once elsewhere, and now and then while it lasts', () => {
    expect(linesOf(false, 25)).toEqual(saying([299, 289, 279]));
  });
});
