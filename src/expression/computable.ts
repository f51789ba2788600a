import type { Argument } from './ast.ts';
import { calls } from './calls.ts';
import { matcherOf } from './regex.ts';

/** Functions that cannot be computed from so many arguments on, or without so many; see `calls`. */
const bounds: Readonly<Record<string, readonly [least: number, most: number]>> = {
  split: [3, 3],
  url_decode: [1, 1],
};

/**
 * False for a part of an expression that no context settles: a list of Cloudflare's, a regular expression that cannot
 * be translated, a function of which nobody says what it gives. What is inside the part is not looked at.
 */
export function isComputable(part: Argument): boolean {
  if (part.kind === 'in-list') return false;
  if (part.kind === 'matches') return 'matches' in matcherOf(part);
  if (part.kind !== 'call') return true;
  const [least = 0, most = Number.POSITIVE_INFINITY] = bounds[part.name] ?? [];
  const given = part.arguments.length;
  return calls.has(part.name) && least <= given && given <= most;
}
