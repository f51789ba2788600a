import type { CodeEntry } from '../entry.ts';

export const configCodes = {
  'config/no-file': {
    severity: 'error',
    title: 'No configuration file was found',
    explain:
      'Without -c the command reads custom-errors.yaml or custom-errors.yml in the working directory. Go to the right directory, name the file with -c, or write a first one with `cf-errors init`.',
  },
  'config/two-files': {
    severity: 'error',
    title: 'There is both a custom-errors.yaml and a custom-errors.yml',
    explain:
      'Nobody can tell which of the two is meant, and reading the old one would undo the new one. Delete one of them, or name the right one with -c.',
  },
  'config/empty-directory': {
    severity: 'error',
    title: 'A directory given with -c holds no configuration',
    explain:
      'A directory stands for its files that end with .yaml or .yml, without those of its subdirectories and without symbolic links. Name the right directory, or the file itself.',
  },
  'config/unreadable': {
    severity: 'error',
    title: 'A configuration file cannot be read',
    explain:
      'The operating system refused to open the file, or it is no regular file. The message gives its reason; look at the permissions and at the path.',
  },
  'config/not-utf8': {
    severity: 'error',
    title: 'A file is not UTF-8 text',
    explain:
      'Configuration and pages are read as strict UTF-8, so that no character is replaced in silence. Save the file as UTF-8; a file with zero bytes is usually UTF-16 or binary.',
  },
  'config/too-large': {
    severity: 'error',
    title: 'A file is larger than any real one',
    explain:
      'A configuration file may have 5 MB and a page 1 MB, so that a wrong path cannot exhaust the machine. Split the configuration into several files, or correct the path.',
  },
  'config/yaml-syntax': {
    severity: 'error',
    title: 'The file is not well-formed YAML here',
    explain:
      'The reader cannot tell what is meant. The usual reasons are a text that needs quotes (one that holds ": " or " #", or begins with a sign), a quote that is not closed, and indentation that does not line up. An expression is safest under "expression: |".',
  },
  'config/tab': {
    severity: 'error',
    title: 'A tab is used for indentation',
    explain: 'YAML indents with spaces only. Replace the tab; most editors can do that for the whole file.',
  },
  'config/tag': {
    severity: 'error',
    title: 'A YAML tag is used',
    explain:
      'Words that begin with "!" give YAML values types of their own, and this format has none. Write the plain value.',
  },
  'config/several-documents': {
    severity: 'error',
    title: 'The file holds more than one YAML document',
    explain:
      'A line "---" or "..." began a second document. Put the documents into files of their own (-c may be repeated, or name a directory), or remove the line.',
  },
  'config/empty': {
    severity: 'error',
    title: 'The file holds nothing',
    explain:
      'An empty file says neither what is owned nor in which format. A file begins with "version: 1"; a file that shall own nothing is better left out.',
  },
  'config/duplicate-key': {
    severity: 'error',
    title: 'A key stands twice in one mapping',
    explain:
      'YAML readers keep one of the two in silence, and not all the same one. Keep the one that is meant; two parts of one zone belong under one key.',
  },
  'config/unknown-alias': {
    severity: 'error',
    title: 'An alias has no anchor',
    explain:
      'An alias (*name) stands for the value that an anchor (&name) above it marks. Define the anchor first, or correct the name.',
  },
  'config/alias-loop': {
    severity: 'error',
    title: 'An alias stands inside the value that it stands for',
    explain: 'The value would contain itself without end. Write out what is meant.',
  },
  'config/too-many-aliases': {
    severity: 'error',
    title: 'The aliases of the file stand for too many values',
    explain:
      'Aliases of aliases can multiply a small file beyond any memory, so what they stand for is bounded at 250,000 values. Write some of them out, or split the file.',
  },
  'config/too-deep': {
    severity: 'error',
    title: 'The values of the file are nested too deep',
    explain: 'This format is seven levels deep; a file that goes beyond 64 is damaged, or something else.',
  },
  'config/bad-merge': {
    severity: 'error',
    title: 'A merge key has something other than a mapping',
    explain:
      'The key "<<" copies the keys of a mapping, or of a list of mappings, into this one. Give it an alias of a mapping.',
  },
  'config/not-unicode': {
    severity: 'error',
    title: 'A text holds half of a surrogate pair',
    explain:
      'An escape such as "\\ud83d" alone is no character and cannot be sent. Write the character itself, or one escape such as "\\U0001F600".',
  },
  'config/version': {
    severity: 'error',
    title: 'The version of the format is not known',
    explain:
      'This release reads version 1. Write "version: 1" without quotes, or use a newer release of cf-errors.',
  },
  'config/missing-key': {
    severity: 'error',
    title: 'A required key is missing',
    explain:
      'Every file needs version; every rule ref and expression, and content_type where it has content; every asset name and url. Add the key that the message names.',
  },
  'config/unknown-key': {
    severity: 'error',
    title: 'A key has no meaning where it stands',
    explain:
      'A mistyped key that were ignored would change what visitors get, so every key must be known. Correct it after the hint, or put notes under a top-level key that begins with x-.',
  },
  'config/reserved-key': {
    severity: 'error',
    title: 'A key is reserved for a later version of the format',
    explain:
      'The key may be given a meaning later, and a file that carried it today would change its own. Leave it out.',
  },
  'config/wrong-type': {
    severity: 'error',
    title: 'A value is of another kind than its key needs',
    explain:
      'Lists, mappings, text, whole numbers and true/false are told apart. Text that looks like a number needs quotes; an empty "rules:" is not the empty list "rules: []", which would remove every rule.',
  },
  'config/empty-value': {
    severity: 'error',
    title: 'A value is empty that cannot be',
    explain:
      'The key says that something is there. Write the value, or leave the key out where it is optional.',
  },
  'config/too-long': {
    severity: 'error',
    title: 'A text is longer than Cloudflare takes',
    explain:
      'An expression may have 4,096 characters, inline content 10,240, a ref 200, a description of a rule 4,096. Larger pages are served as assets; a long expression can be split over two rules.',
  },
  'config/not-allowed': {
    severity: 'error',
    title: 'A value is none of the words that its key takes',
    explain:
      'content_type is one of text/html, text/plain, application/json and text/xml: Cloudflare serves no other types.',
  },
  'config/out-of-range': {
    severity: 'error',
    title: 'A status or a code is outside its range',
    explain:
      'Custom Errors answers errors, so the status of an error and the one that a rule gives are 400 to 999; leave status_code out to keep the status of the error itself. In a test the code under 1xxx is 1000 to 1999.',
  },
  'config/zone-name': {
    severity: 'error',
    title: 'A key under zones is no zone name',
    explain:
      'A zone is named as in the dashboard, such as example.com, or by its id; a URL, a path, a port or a wildcard is none. A rule for one host of a zone says so in its expression.',
  },
  'config/account-name': {
    severity: 'error',
    title: 'A key under accounts cannot be the name of an account',
    explain:
      'An account is named as in the dashboard, without white space around it, or by its id of 32 hexadecimal digits.',
  },
  'config/claimed-twice': {
    severity: 'error',
    title: 'One scope claims its rules or its assets twice',
    explain:
      'A claim is the whole list: what is not in it is removed. Two lists would remove each other\'s items, so the same zone or account may say "rules:" once and "assets:" once over all files.',
  },
  'config/no-page': {
    severity: 'error',
    title: 'A rule has no page to serve',
    explain: 'Every rule needs exactly one of asset_name, content and content_file.',
  },
  'config/two-pages': {
    severity: 'error',
    title: 'A rule has more than one page to serve',
    explain:
      'Every rule needs exactly one of asset_name, content and content_file; nothing says which of two would win.',
  },
  'config/asset-name': {
    severity: 'error',
    title: 'An asset has a name that Cloudflare refuses',
    explain:
      'A name is 1 to 200 letters, digits and underscores; a hyphen is not allowed. It cannot be changed later.',
  },
  'config/asset-url': {
    severity: 'error',
    title: 'The url of an asset is no absolute http or https URL',
    explain:
      'Cloudflare fetches the page from there, so it needs scheme and host, such as https://static.example.com/5xx.html.',
  },
  'config/duplicate-asset': {
    severity: 'error',
    title: 'Two assets of one scope have the same name',
    explain:
      'Rules name assets, so the name must be unique in its zone or account. Rename one, or remove it.',
  },
  'config/duplicate-ref': {
    severity: 'error',
    title: 'Two rules of one scope have the same ref',
    explain:
      'The ref tells which rule of the file is which rule at Cloudflare, for as long as the rule lives. Give the new one a ref of its own and leave the old one.',
  },
  'config/odd-ref': {
    severity: 'warning',
    title: 'A ref holds unusual characters',
    explain:
      'Cloudflare may take it, but logs, flags and other tools handle letters, digits and _ . - best. Renaming later gives the rule a new Cloudflare id.',
    kind: 'lint',
  },
  'config/unknown-asset': {
    severity: 'error',
    title: 'A rule names an asset that its scope does not list',
    explain:
      'A scope with "assets:" holds exactly those, and a rule can only name an asset of its own zone or account. Correct the name or add the asset to the list.',
  },
  'config/impossible-fact': {
    severity: 'error',
    title: 'A test gives a fact that no request or response has',
    explain:
      'A test that asks for something that never comes proves nothing. Hosts are names without a scheme, paths begin with /, methods and countries are in capitals, an address is one IPv4 or IPv6 address, and fields are those of the Rules language that nothing else in the test says already.',
    wrong: 'request: { path: api/orders, method: post }',
    right: 'request: { path: /api/orders, method: POST }',
  },
  'config/unknown-test-scope': {
    severity: 'error',
    title: 'A test names a zone or an account that is not in the files',
    explain:
      'A test asks the rules of a scope, which must stand under zones or accounts of the same configuration. Correct the name, or give the file that lists it with -c as well.',
  },
  'config/unknown-expected': {
    severity: 'error',
    title: 'A test expects a rule or an asset that there is not',
    explain:
      'Such a test could never pass, and a mistyped name must not look like a rule that fails. Correct the ref, which is one of the zone or of an account in the files, or the asset, which some rule must serve.',
  },
  'config/untestable': {
    severity: 'error',
    title: 'A test asks what cannot be answered',
    explain:
      'The scope lists no rules, two zones have its name, or the word none is also the ref of a rule. The message says which; the hint says how to ask instead.',
  },
  'config/large-content': {
    severity: 'warning',
    title: 'Inline content is near the limit of 10 KB',
    explain:
      'Cloudflare documents 10 KB without saying whether that is 10,000 or 10,240, bytes or characters. Above 10,000 bytes it may be refused; a larger page is better served as an asset.',
    kind: 'lint',
  },
  'config/empty-page': {
    severity: 'error',
    title: 'A page file is empty',
    explain: 'Cloudflare takes no empty content. Write the page, or correct the path.',
  },
  'config/page-extension': {
    severity: 'error',
    title: 'A content_file does not end like a page',
    explain:
      'Pages end with .html, .htm, .txt, .json or .xml, also behind a symbolic link. What a page holds becomes public, so nothing else can be picked up by mistake.',
  },
  'config/page-not-found': {
    severity: 'error',
    title: 'A content_file does not exist',
    explain: 'The path is relative to the YAML file that names it. Correct it, or add the page.',
  },
  'config/page-outside': {
    severity: 'error',
    title: 'A content_file lies outside the working directory',
    explain:
      'What a page holds becomes public, so only files under the working directory are read, symbolic links resolved. Move the page, or run the command in a directory above it.',
  },
  'config/page-hidden': {
    severity: 'error',
    title: 'A content_file lies on a hidden path',
    explain:
      'A part of the path begins with a dot, as .git and .env do. What a page holds becomes public, so nothing hidden is read. Move the page.',
  },
  'config/page-unreadable': {
    severity: 'error',
    title: 'A content_file cannot be read',
    explain:
      'It is a directory, a device or a pipe, or the operating system refused to open it. The message gives the reason; name a regular file that can be read.',
  },
  'config/ignore-unexplained': {
    severity: 'warning',
    title: 'An ignore comment gives no reason',
    explain:
      'Whoever reads the file next wants to know why the finding does not matter. The comment works all the same.',
    wrong: '# cf-errors:ignore expression/unknown-field',
    right: '# cf-errors:ignore expression/unknown-field new since November, the dry run takes it',
  },
  'config/ignore-unknown': {
    severity: 'warning',
    title: 'An ignore comment names no finding that could be ignored',
    explain:
      'Behind cf-errors:ignore stands the code of a finding that rests on tables, or of a lint; this list says which those are. What Cloudflare is certain to refuse cannot be ignored.',
    wrong: '# cf-errors:ignore unknown-field beta',
    right: '# cf-errors:ignore expression/unknown-field beta',
  },
  'config/ignore-unused': {
    severity: 'warning',
    title: 'An ignore comment silences nothing',
    explain:
      'There is no such finding where it speaks of: on the line of a value, its key or its end, or alone on the line above. Remove the comment, or move it.',
  },
  'config/more-problems': {
    severity: 'error',
    title: 'There are more problems than are listed',
    explain:
      'A thousand problems are listed. Mend those first, or look whether this is the right file at all. It is a warning where none of the others is an error.',
  },
} as const satisfies Record<`config/${string}`, CodeEntry>;
