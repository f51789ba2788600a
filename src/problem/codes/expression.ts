import type { CodeEntry } from '../entry.ts';

export const expressionCodes = {
  'expression/unterminated-string': {
    severity: 'error',
    title: 'A string has no closing quote',
    explain:
      'Everything after the opening quote was read as text, so the rest of the expression is lost. Close the string with a double quote; inside a string write \\" for a quote, and in a raw string use as many # at the end as at its start.',
  },
  'expression/bad-escape': {
    severity: 'error',
    title: 'A backslash in a string is followed by something that is no escape',
    explain:
      'Only \\", \\\\, \\xHH (two hexadecimal digits) and \\OOO (three octal digits up to 377) exist; \\n and \\t do not. Write the character itself, or use a raw string such as r"\\d", in which a backslash is a backslash.',
  },
  'expression/tab': {
    severity: 'error',
    title: 'A tab stands between two words of an expression',
    explain:
      'Cloudflare takes spaces and line breaks between words, but refuses tabs. Replace the tab by a space; a tab inside a string is allowed.',
  },
  'expression/unrecognised-character': {
    severity: 'error',
    title: 'A character has no meaning in an expression',
    explain:
      'The Rules language knows no comments, no single quotes and no arithmetic, and only plain blanks between words. Look at the character the caret points at: it is often a typographic quote or an invisible character that came along with a copied text.',
  },
  'expression/bad-literal': {
    severity: 'error',
    title: 'Something that looks like a number or an address is neither',
    explain:
      'A number is decimal, hexadecimal after 0x, or octal after a leading 0, within 64 bits; a range is written 400..499 without blanks. A number that runs into a word starting with a to f, such as 500and, needs a blank between the two.',
  },
  'expression/bad-list-name': {
    severity: 'error',
    title: 'A dollar sign is not followed by the name of a list',
    explain:
      'A list is named by $ and lower-case letters, digits, underscores and dots, without a dot at either end, such as $office_networks or $cf.malware. It stands alone behind "in", without braces.',
  },
  'expression/blank-before-index': {
    severity: 'error',
    title: 'A blank stands before an opening square bracket',
    explain:
      'The brackets that pick an element belong directly to the name before them: http.request.headers["accept"][0]. Remove the blank.',
  },
  'expression/comma-in-list': {
    severity: 'error',
    title: 'A comma stands between the values of a list in braces',
    explain: 'Values in braces are separated by blanks only: {401 403 404}. Remove the comma.',
  },
} as const satisfies Record<`expression/${string}`, CodeEntry>;
