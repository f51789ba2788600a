import type { CodeEntry } from '../entry.ts';

export const expressionCodes = {
  'expression/unterminated-string': {
    severity: 'error',
    title: 'A string has no closing quote',
    explain:
      'Everything after the opening quote was read as text, so the rest of the expression is lost. Close the string with a double quote; inside a string write \\" for a quote, and in a raw string use as many # at the end as at its start.',
    wrong: 'http.host eq "example.com',
    right: 'http.host eq "example.com"',
  },
  'expression/bad-escape': {
    severity: 'error',
    title: 'A backslash in a string is followed by something that is no escape',
    explain:
      'Only \\", \\\\, \\xHH (two hexadecimal digits) and \\OOO (three octal digits up to 377) exist; \\n and \\t do not. Write the character itself, or use a raw string such as r"\\d", in which a backslash is a backslash.',
    wrong: 'http.request.uri.path contains "\\d"',
    right: 'http.request.uri.path contains r"\\d"',
  },
  'expression/tab': {
    severity: 'error',
    title: 'A tab stands between two words of an expression',
    explain:
      'Cloudflare takes spaces and line breaks between words, but refuses tabs. Replace the tab by a space; a tab inside a string is allowed.',
    wrong: 'http.host eq "a"\tand ssl',
    right: 'http.host eq "a" and ssl',
  },
  'expression/unrecognised-character': {
    severity: 'error',
    title: 'A character has no meaning in an expression',
    explain:
      'The Rules language knows no comments, no single quotes and no arithmetic, and only plain blanks between words. Look at the character the caret points at: it is often a typographic quote or an invisible character that came along with a copied text.',
    wrong: "http.host eq 'example.com'",
    right: 'http.host eq "example.com"',
  },
  'expression/bad-literal': {
    severity: 'error',
    title: 'Something that looks like a number or an address is neither',
    explain:
      'A number is decimal, hexadecimal after 0x, or octal after a leading 0, within 64 bits; a range is written 400..499 without blanks. A number that runs into a word starting with a to f, such as 500and, needs a blank between the two.',
    wrong: 'http.response.code eq 500and ssl',
    right: 'http.response.code eq 500 and ssl',
  },
  'expression/bad-list-name': {
    severity: 'error',
    title: 'A dollar sign is not followed by the name of a list',
    explain:
      'A list is named by $ and lower-case letters, digits, underscores and dots, without a dot at either end, such as $office_networks or $cf.malware. It stands alone behind "in", without braces.',
    wrong: 'ip.src in $office.',
    right: 'ip.src in $office',
  },
  'expression/blank-before-index': {
    severity: 'error',
    title: 'A blank stands before an opening square bracket',
    explain:
      'The brackets that pick an element belong directly to the name before them: http.request.headers["accept"][0]. Remove the blank.',
    wrong: 'http.request.headers ["x-app"][0] eq "shop"',
    right: 'http.request.headers["x-app"][0] eq "shop"',
  },
  'expression/comma-in-list': {
    severity: 'error',
    title: 'A comma stands between the values of a list in braces',
    explain: 'Values in braces are separated by blanks only: {401 403 404}. Remove the comma.',
    wrong: 'http.response.code in {502, 503}',
    right: 'http.response.code in {502 503}',
  },
  'expression/empty': {
    severity: 'error',
    title: 'The expression is empty',
    explain: 'A rule needs a condition. For every error response write the constant true.',
  },
  'expression/unexpected': {
    severity: 'error',
    title: 'Something else is expected at this place of the expression',
    explain:
      'The expression could be understood up to the caret; what stands there does not fit the grammar of the Rules language. Reading stops there, so more may be wrong behind it.',
    wrong: 'http.host like "*.example.com"',
    right: 'http.host wildcard "*.example.com"',
  },
  'expression/comment': {
    severity: 'error',
    title: 'A comment stands in an expression',
    explain:
      'The Rules language has no comments, although some examples in the docs show them. Write the comment in the YAML, above the rule.',
    wrong: 'ssl # only https',
    right: 'ssl',
  },
  'expression/missing-operator': {
    severity: 'error',
    title: 'A value that is not true or false is not compared with anything',
    explain:
      'Only a field or function that is true or false can stand alone. Compare others, as in http.host eq "example.com" or http.response.code ge 500.',
    wrong: 'http.host',
    right: 'http.host eq "example.com"',
  },
  'expression/too-long': {
    severity: 'error',
    title: 'An expression is longer than Cloudflare allows',
    explain:
      'An expression has at most 4,096 characters. Split it into several rules with the same page, or use a list. Where only its bytes are more, it is a warning, since the docs do not say which of the two Cloudflare counts.',
  },
  'expression/too-deep': {
    severity: 'error',
    title: 'Brackets, negations and calls are nested too deeply',
    explain:
      'At most 128 levels can stand in one another. Remove brackets that are not needed, or split the rule.',
  },
  'expression/too-many-regexes': {
    severity: 'error',
    title: 'An expression has more than 64 regular expressions',
    explain:
      'Cloudflare allows 64 per rule. Join patterns with |, use in {…} or wildcard, or split the rule.',
  },
  'expression/descending-range': {
    severity: 'error',
    title: 'A range of numbers runs downwards',
    explain: 'A range is written from the lower to the higher end, both included: {400..499}.',
    wrong: 'http.response.code in {599..500}',
    right: 'http.response.code in {500..599}',
  },
  'expression/bad-address': {
    severity: 'error',
    title: 'An IP address or network cannot be read',
    explain:
      'An address is written 192.0.2.1 or 2001:db8::1. Networks such as 192.0.2.0/24 and ranges such as 192.0.2.1..192.0.2.9 stand only in braces behind in, and the host bits of a network must be zero.',
    wrong: 'ip.src eq 192.0.2.0/24',
    right: 'ip.src in {192.0.2.0/24}',
  },
  'expression/bad-regex': {
    severity: 'error',
    title: 'A regular expression is not one that Cloudflare takes',
    explain:
      'Cloudflare uses the syntax of the Rust crate regex, over bytes: no look-around, no back-references, Unicode classes only behind (?u). In a quoted string \\" is a quote and every other backslash belongs to the expression.',
    wrong: 'http.request.uri.path matches "^/(?!api/)"',
    right: 'not http.request.uri.path matches "^/api/"',
  },
  'expression/bad-wildcard': {
    severity: 'error',
    title: 'A wildcard pattern is not valid',
    explain:
      'In a wildcard a star stands for any text. Two stars in a row are refused, and a backslash may stand only before a star or another backslash, written \\\\* in quotes or \\* in a raw string.',
    wrong: 'http.host wildcard "**.example.com"',
    right: 'http.host wildcard "*.example.com"',
  },
  'expression/unknown-field': {
    severity: 'error',
    title: 'A field is not known',
    explain:
      'No public source names this field. Names are case-sensitive. If Cloudflare has added it since this version was made, allow the code or check with --online.',
    kind: 'table',
    wrong: 'http.hostt eq "example.com"',
    right: 'http.host eq "example.com"',
  },
  'expression/unknown-function': {
    severity: 'error',
    title: 'A function is not known',
    explain:
      'No public source names this function. Names are case-sensitive. If Cloudflare has added it since this version was made, allow the code or check with --online.',
    kind: 'table',
    wrong: 'startswith(http.request.uri.path, "/api/")',
    right: 'starts_with(http.request.uri.path, "/api/")',
  },
  'expression/operator-type': {
    severity: 'error',
    title: 'An operator does not apply to the type on its left',
    explain:
      'Numbers and addresses are compared or looked up in a set, strings also searched and matched; arrays and maps need an element or [*], and what is true or false takes no operator at all.',
    kind: 'table',
    wrong: 'http.response.code contains "50"',
    right: 'http.response.code in {500..509}',
  },
  'expression/value-type': {
    severity: 'error',
    title: 'A value is of another type than what it is compared with',
    explain:
      'Nothing is converted: numbers and addresses are written without quotes, strings with them, and all values of one set are of one type.',
    kind: 'table',
    wrong: 'http.response.code eq "503"',
    right: 'http.response.code eq 503',
  },
  'expression/needs-quantifier': {
    severity: 'error',
    title: 'A comparison of every element is not reduced to one answer',
    explain:
      'With [*] a comparison gives one answer for each element. Put it into any(…) or all(…) to make one of them.',
    kind: 'table',
    wrong: 'http.request.headers["accept"][*] contains "json"',
    right: 'any(http.request.headers["accept"][*] contains "json")',
  },
  'expression/index-type': {
    severity: 'error',
    title: 'An index does not fit what it is used on',
    explain: 'Arrays take a position, maps a key in quotes, both take [*]; anything else takes no index.',
    kind: 'table',
    wrong: 'http.request.headers[0] eq "x"',
    right: 'http.request.headers["x-app"][0] eq "x"',
  },
  'expression/argument-count': {
    severity: 'error',
    title: 'A function is given too few or too many arguments',
    explain:
      "Each function takes a fixed number of arguments, some of them optional. See the function in Cloudflare's docs.",
    kind: 'table',
    wrong: 'starts_with(http.request.uri.path)',
    right: 'starts_with(http.request.uri.path, "/api/")',
  },
  'expression/argument-type': {
    severity: 'error',
    title: 'An argument is of the wrong type',
    explain:
      'Nothing is converted. Functions for strings take one string: for an array pick an element, or write [*] behind it inside any(…) or all(…). These two take one answer for each element.',
    kind: 'table',
    wrong: 'lower(http.response.code) eq "x"',
    right: 'lower(http.host) eq "x"',
  },
  'expression/argument-kind': {
    severity: 'error',
    title: 'An argument is a value where a field is needed, or the other way round',
    explain:
      'Some arguments must be a field or a call, others a value written out. Only the first argument may stand for every element with [*].',
    kind: 'table',
    wrong: 'lower("SHOP") eq "shop"',
    right: 'lower(http.host) eq "shop"',
  },
  'expression/plan': {
    severity: 'error',
    title: 'An expression uses what the plan does not have',
    explain:
      'The operator matches needs the Business or Enterprise plan; wildcard is available on every plan. For fields and functions the docs name a plan too, but not how others are refused, so that is a warning.',
    kind: 'table',
    wrong: 'http.host matches "^shop"',
    right: 'http.host wildcard "shop*"',
  },
  'expression/unavailable': {
    severity: 'warning',
    title: 'A field or function is documented for other products only',
    explain:
      'Cloudflare publishes no list of what custom error rules may use; the docs offer this elsewhere. Check with --online.',
    kind: 'table',
    wrong: 'ip.src.timezone.name eq "Europe/Berlin"',
    right: 'ip.src.country eq "DE"',
  },
  'expression/undocumented': {
    severity: 'warning',
    title: 'A form is not documented, although it may work',
    explain:
      'The public engine takes it, or production is said to, but the docs do not show it for this place. Check with --online, or use a documented form.',
    kind: 'lint',
    wrong: 'ip.src ge 192.0.2.0',
    right: 'ip.src in {192.0.2.0..192.0.2.255}',
  },
  'expression/deprecated': {
    severity: 'warning',
    title: 'A field is deprecated',
    explain: 'It still works, but has a new name or no meaning any more. Use the field that the hint names.',
    kind: 'lint',
    wrong: 'ip.geoip.country eq "DE"',
    right: 'ip.src.country eq "DE"',
  },
  'expression/odd-number': {
    severity: 'warning',
    title: 'A number means something else than it seems',
    explain:
      'A leading zero makes a number octal, and a minus sign inside braces begins a new, negative number. Ranges are written with two dots.',
    kind: 'lint',
    wrong: 'len(http.request.uri.path) gt 0100',
    right: 'len(http.request.uri.path) gt 100',
  },
  'expression/glued-word': {
    severity: 'warning',
    title: 'A word of the language is not set apart by blanks',
    explain: 'Cloudflare reads notssl as not ssl. Write the blank, so that people do, too.',
    kind: 'lint',
    wrong: 'notssl',
    right: 'not ssl',
  },
  'expression/uppercase-key': {
    severity: 'warning',
    title: 'A header name has capital letters',
    explain:
      'Cloudflare hands over header names in lower case and compares exactly, so this header is never found.',
    kind: 'lint',
    wrong: 'any(http.request.headers["Accept"][*] contains "json")',
    right: 'any(http.request.headers["accept"][*] contains "json")',
  },
} as const satisfies Record<`expression/${string}`, CodeEntry>;
