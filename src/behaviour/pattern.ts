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
  return { texts: isStrict ? texts : texts.map(folded), isStrict };
}

/** Stands for a gap, and for a letter of either case: no byte is equal to them, so only a gap can take them in. */
const gap = '\u{ffff}';
const letter = '\u{fffe}';

/** True only where every string of the inner pattern is in the outer one; exact when the inner one is a literal. */
export function covers(outer: Pattern, inner: Pattern): boolean {
  const whole = inner.texts.join(gap);
  if (!outer.isStrict) return matches(outer.texts, folded(whole));
  return matches(outer.texts, inner.isStrict ? whole : whole.replace(/[A-Za-z]/g, letter));
}

/** True only where no string is in both patterns; exact when one of them is a literal. */
export function areDisjoint(one: Pattern, other: Pattern): boolean {
  if (literalOf(one) !== undefined) return !covers(other, one);
  if (literalOf(other) !== undefined) return !covers(one, other);
  const fold = one.isStrict && other.isStrict ? (text: string) => text : folded;
  const [a, b] = [one.texts.map(fold), other.texts.map(fold)];
  return (
    headsDiffer(a, b) ||
    headsDiffer(a.map(reversed).reverse(), b.map(reversed).reverse()) ||
    tooShort(a, b) ||
    tooShort(b, a)
  );
}

function headsDiffer([one = '']: readonly string[], [other = '']: readonly string[]): boolean {
  return !one.startsWith(other) && !other.startsWith(one);
}

function tooShort(whole: readonly string[], other: readonly string[]): boolean {
  return whole.length === 1 && (whole[0] ?? '').length < other.join('').length;
}

function matches(texts: readonly string[], whole: string): boolean {
  const [first = '', ...rest] = texts;
  const last = rest.pop();
  if (last === undefined) return whole === first;
  const end = whole.length - last.length;
  if (first.length > end || !whole.startsWith(first) || !whole.endsWith(last)) return false;
  let at = first.length;
  for (const text of rest) {
    const found = whole.indexOf(text, at);
    if (found < 0 || found + text.length > end) return false;
    at = found + text.length;
  }
  return true;
}

function folded(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('');
}

/** The texts between the stars of a wildcard, its escapes resolved; the checker has made sure that they are escapes. */
export function wildcardTexts(pattern: string): readonly string[] {
  const texts = [''];
  for (const [found] of pattern.matchAll(/\\[*\\]|\*|[^*\\]+/g)) {
    if (found === '*') texts.push('');
    else texts.push(`${texts.pop() ?? ''}${found.startsWith('\\') ? found.slice(1) : found}`);
  }
  return texts;
}

/** What a regular expression without any operator but `^` at its start and `$` at its end matches; else undefined. */
export function plainRegex(pattern: string): Pattern | undefined {
  const parts = /^(\^?)((?:[\w \-/,:;=@%&!~'"<>]|\\[.\-/?+*()[\]{}|^$\\])*)(\$?)$/.exec(pattern);
  if (parts === null) return undefined;
  const [, start, body = '', end] = parts;
  const text = body.replace(/\\(.)/g, '$1');
  return { texts: [...(start ? [] : ['']), text, ...(end ? [] : [''])], isStrict: true };
}
