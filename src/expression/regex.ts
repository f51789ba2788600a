import type { RegexMatch } from './ast.ts';
import { regexEngine } from './regex-engine.ts';
import { translate } from './regex-syntax.ts';

/** Tells whether some bytes hold a match, in time linear in their number. */
export type Matcher = (bytes: string) => boolean;

/** A matcher, or why the pattern cannot be evaluated here although Cloudflare takes it. */
export type Compiled = { readonly matches: Matcher } | { readonly opaque: string };

const compiled = new WeakMap<RegexMatch, Compiled>();

/** The matcher of a comparison; made once for each, since that takes longer than most matches. */
export function matcherOf(comparison: RegexMatch): Compiled {
  const known = compiled.get(comparison);
  if (known !== undefined) return known;
  const made = compile(comparison.pattern);
  compiled.set(comparison, made);
  return made;
}

function compile(pattern: string): Compiled {
  const translated = translate(pattern);
  if ('opaque' in translated) return translated;
  try {
    const re2 = regexEngine().RE2JS.compile(translated.re2);
    return { matches: (bytes) => re2.test(bytes) };
  } catch {
    // RE2 has limits of its own, such as 1,000 repetitions over all nested ones.
    return { opaque: 'it is too large' };
  }
}
