/** Stands where a secret stood. */
export const hidden = '[secret]';

/**
 * What Cloudflare gives out: tokens and keys with a prefix (Cloudflare docs, API token formats), older tokens of 40
 * characters, global keys of 37 hexadecimal digits. Forty characters alone would also be hashes and long names, so
 * those of a token must hold a digit, a capital and a small letter, as all but one in a thousand do.
 */
const shapes =
  /cf(?:ut|at|k|oat)_[\w-]{8,}|(?<![\w-])(?:[0-9a-f]{37}|(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*\d)[\w-]{40})(?![\w-])/g;

/** The text with `[secret]` in the place of everything that looks like a token or key of Cloudflare. */
export function withoutTokens(text: string): string {
  return text.replace(shapes, hidden);
}
