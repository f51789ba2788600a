import {
  isWildcard,
  lowerAscii,
  matchesWildcard,
  readWildcard,
  type Wildcard,
} from '../expression/expression.ts';
/**
 * A set of byte strings: texts with anything at all between them, so one text alone is a set of one. Unless strict, the
 * case of ASCII letters does not count, and the texts are in lower case.
 */
export interface Pattern {
  readonly texts: readonly string[];
  readonly isStrict: boolean;
}

/** The one string of a strict pattern without a gap; undefined for any other pattern. */
export function literalOf({ texts, isStrict }: Pattern): string | undefined {
  return isStrict && texts.length === 1 ? texts[0] : undefined;
}

/** A pattern whose texts are in lower case where case does not count. */
export function patternOf(texts: readonly string[], isStrict: boolean): Pattern {
  return { texts: isStrict ? texts : texts.map(lowerAscii), isStrict };
}

/** Stands for a gap, and for a letter of either case: no byte is equal to them, so only a gap can take them in. */
const gap = '\u{ffff}';
const letter = '\u{fffe}';

/** True only where every string of the inner pattern is in the outer one; exact when the inner one is a literal. */
export function covers(outer: Pattern, inner: Pattern): boolean {
  const whole = inner.texts.join(gap);
  if (!outer.isStrict) return matchesWildcard(outer.texts, lowerAscii(whole), true);
  return matchesWildcard(outer.texts, inner.isStrict ? whole : whole.replace(/[A-Za-z]/g, letter), true);
}

/** True only where no string is in both patterns; exact when one of them is a literal. */
export function areDisjoint(one: Pattern, other: Pattern): boolean {
  if (literalOf(one) !== undefined) return !covers(other, one);
  if (literalOf(other) !== undefined) return !covers(one, other);
  // Whatever the case of its letters, a text without a gap is one text in lower case.
  if (one.texts.length === 1) return !covers(patternOf(other.texts, false), one);
  if (other.texts.length === 1) return !covers(patternOf(one.texts, false), other);
  const fold = one.isStrict && other.isStrict ? (text: string) => text : lowerAscii;
  const [a, b] = [one.texts.map(fold), other.texts.map(fold)];
  return headsDiffer(a, b) || headsDiffer(a.map(reversed).reverse(), b.map(reversed).reverse());
}

function headsDiffer([one = '']: readonly string[], [other = '']: readonly string[]): boolean {
  return !one.startsWith(other) && !other.startsWith(one);
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('');
}

/** The texts between the stars of a wildcard that the checker has found to be one. */
export function wildcardTexts(pattern: string): Wildcard {
  const texts = readWildcard(pattern);
  if (!isWildcard(texts)) throw new Error(`the checker let a broken wildcard pass: ${pattern}`);
  return texts;
}

/**
 * What a regular expression without any operator but `^` at its start and `$` or `.*` at its end matches, be it with
 * `(?i)` before it; else undefined.
 */
export function plainRegex(pattern: string): Pattern | undefined {
  const parts = /^(\(\?i\))?(\^?)((?:[\w \-/,:;=@%&!~'"<>]|\\[.\-/?+*()[\]{}|^$\\])*)(\$|(?:\.\*)?)$/.exec(
    pattern,
  );
  if (parts === null) return undefined;
  const [, anyCase, start, body = '', end] = parts;
  const text = body.replace(/\\(.)/g, '$1');
  return patternOf([...(start ? [] : ['']), text, ...(end === '$' ? [] : [''])], anyCase === undefined);
}
