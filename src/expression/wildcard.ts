/** A pattern of the wildcard operators: the texts between its stars, as bytes. One text alone has no star. */
export type Wildcard = readonly string[];

/** What is wrong with a wildcard: a sentence, and what to do. */
export interface WildcardFault {
  readonly message: string;
  readonly hint: string;
}

/** Reads a pattern: `*` is anything, `\*` and `\\` are the only escapes (wirefilter `rhs_types/wildcard.rs`). */
export function readWildcard(pattern: string): Wildcard | WildcardFault {
  const texts: string[] = [''];
  const append = (text: string) => {
    texts.push(`${texts.pop() ?? ''}${text}`);
  };
  let wasStar = false;
  for (const [found] of pattern.matchAll(/\\[*\\]|\\|\*|[^*\\]+/g)) {
    if (found === '*' && wasStar)
      return { message: 'the wildcard has two stars in a row', hint: 'write one star' };
    if (found === '\\') {
      const message = 'a backslash in the wildcard stands before neither a star nor a backslash';
      return { message, hint: 'inside a wildcard write r"\\*" for a star and r"\\\\" for a backslash' };
    }
    wasStar = found === '*';
    if (wasStar) texts.push('');
    else append(found.startsWith('\\') ? found.slice(1) : found);
  }
  return texts;
}

export function isWildcard(read: Wildcard | WildcardFault): read is Wildcard {
  return Array.isArray(read);
}

/** True where a pattern covers the whole of some bytes; unless strict, the case of ASCII letters does not count. */
export function matchesWildcard(texts: Wildcard, bytes: string, isStrict: boolean): boolean {
  const [first = '', ...rest] = isStrict ? texts : texts.map(lowerAscii);
  const whole = isStrict ? bytes : lowerAscii(bytes);
  const last = rest.pop();
  if (last === undefined) return whole === first;
  if (!whole.startsWith(first) || whole.length < first.length + last.length || !whole.endsWith(last))
    return false;
  const end = whole.length - last.length;
  let at = first.length;
  for (const text of rest) {
    const found = whole.indexOf(text, at);
    if (found < 0 || found + text.length > end) return false;
    at = found + text.length;
  }
  return true;
}

/** Lower case for ASCII letters alone, as the engine has it. */
export function lowerAscii(bytes: string): string {
  return bytes.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
