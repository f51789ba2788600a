/** UTF-8 in a text of one character per byte, U+0000 to U+00FF. */
export function toBytes(text: string): string {
  if (isAscii(text)) return text;
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** The text that such bytes spell in UTF-8; undefined where they spell none. */
export function fromBytes(bytes: string): string | undefined {
  if (isAscii(bytes)) return bytes;
  try {
    return decoder.decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

/** The bytes that stand between the quotes of a quoted string; unknown escapes stay as they are. */
export function unquote(inner: string): string {
  if (!inner.includes('\\')) return toBytes(inner);
  return inner.replace(/\\(?:(["\\])|x(..)|([0-3][0-7]{2}))|[^\\]+|\\/gs, (all, plain, hex, octal) => {
    if (plain !== undefined) return plain;
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return octal === undefined ? toBytes(all) : String.fromCharCode(Number.parseInt(octal, 8));
  });
}

/** The bytes of a byte string, pairs of hexadecimal digits such as `61:2e`. */
export function unpair(text: string): string {
  return text.replace(/(..)[:.-]?/g, (_, pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}

/** The pattern between the quotes of a regular expression: `\"` is a quote, but not inside `[…]`. */
export function unquoteRegex(inner: string): string {
  let inClass = false;
  return inner.replace(/\\.|[[\]]/gs, (found) => {
    if (found === '[') inClass = true;
    else if (found === ']') inClass = false;
    return found === '\\"' && !inClass ? '"' : found;
  });
}

/** A quoted string for these bytes, with escapes for quotes, backslashes, controls, and whatever is no UTF-8. */
export function quote(bytes: string): string {
  const text = fromBytes(bytes);
  const escaped = (text ?? bytes).replace(
    text === undefined ? /["\\]|[^ -~]/g : /["\\\x00-\x1f\x7f]/g,
    (found) => (found === '"' || found === '\\' ? `\\${found}` : `\\x${hexByte(found)}`),
  );
  return `"${escaped}"`;
}

function hexByte(found: string): string {
  return found.charCodeAt(0).toString(16).padStart(2, '0');
}

/** A raw string for a pattern, with the fewest number signs that do. */
export function quoteRaw(text: string): string {
  const runs = text.match(/"#*/g) ?? [];
  const signs = '#'.repeat(runs.reduce((most, run) => Math.max(most, run.length), 0));
  // No raw string may have more than 255 signs; in a pattern the number of the quote means the quote.
  return signs.length > 255 ? quoteRaw(text.replaceAll('"', '\\x22')) : `r${signs}"${text}"${signs}`;
}
