import type { ErrorCode, YAMLError } from 'yaml';
import type { ProblemCode, ProblemInput } from '../problem/problem.ts';

interface Words {
  readonly code?: ProblemCode;
  readonly message: string;
  readonly hint: string;
}

type Row = readonly [code: ErrorCode, said: RegExp, words: Words];

/** What the refusals of the yaml package mean to somebody who wrote the file; the first row that fits counts. */
const rows: readonly Row[] = [
  [
    'BAD_DIRECTIVE',
    /./,
    {
      message: 'this YAML directive is not taken; files are YAML 1.2',
      hint: 'leave lines that begin with % out',
    },
  ],
  [
    'BAD_DQ_ESCAPE',
    /./,
    {
      message: 'this backslash begins no escape that YAML knows',
      hint: 'write \\\\ for a backslash, or use single quotes or a block (|), where a backslash is a backslash',
    },
  ],
  [
    'BAD_INDENT',
    /end with a/,
    { message: 'a bracket or brace is not closed before this place', hint: 'close it with ] or }' },
  ],
  [
    'BAD_INDENT',
    /./,
    {
      message: 'the indentation of this line fits nothing above it',
      hint: 'the keys of one mapping, and the items of one list, begin in the same column',
    },
  ],
  [
    'BAD_SCALAR_START',
    /./,
    { message: 'a text without quotes cannot begin with this character', hint: 'put the text in quotes' },
  ],
  [
    'BLOCK_AS_IMPLICIT_KEY',
    /./,
    {
      message: 'a text without quotes cannot hold ": "',
      hint: 'put the text in quotes, or write it as a block under "|"',
    },
  ],
  [
    'MISSING_CHAR',
    /closing/,
    {
      message: 'a quote opens here and is not closed',
      hint: 'close it, or write the text as a block under "|"',
    },
  ],
  [
    'MISSING_CHAR',
    /followed by map values/,
    {
      message: 'there is no ": " after this key',
      hint: 'write "key: value", in the column of the keys above',
    },
  ],
  [
    'MISSING_CHAR',
    /Comments/,
    {
      message: 'a space is missing before this "#"',
      hint: 'put the text in quotes if the "#" belongs to it',
    },
  ],
  [
    'MISSING_CHAR',
    /indicator/,
    { message: 'an item of this list has no "- "', hint: 'begin each item with "- "' },
  ],
  [
    'MISSING_CHAR',
    /./,
    { message: 'a sign is missing here', hint: 'look for a comma, a colon or a bracket before this place' },
  ],
  [
    'MULTILINE_IMPLICIT_KEY',
    /./,
    {
      message: 'this line has no ":" after a key, and belongs to no text that began before',
      hint: 'write "key: value"; a text of several lines stands under "|"',
    },
  ],
  [
    'MULTIPLE_DOCS',
    /./,
    {
      code: 'config/several-documents',
      message: 'a second YAML document begins here',
      hint: 'write one document per file; -c takes several files, and directories',
    },
  ],
  [
    'NON_STRING_KEY',
    /./,
    { message: 'a key is no plain text', hint: 'write the key as one word, in quotes if need be' },
  ],
  [
    'RESOURCE_EXHAUSTION',
    /./,
    {
      code: 'config/too-deep',
      message: 'the values are nested too deep to be read',
      hint: 'a file of this format is seven levels deep',
    },
  ],
  [
    'TAB_AS_INDENT',
    /./,
    { code: 'config/tab', message: 'a tab indents this line', hint: 'indent with spaces' },
  ],
  [
    'TAG_RESOLVE_FAILED',
    /./,
    {
      code: 'config/tag',
      message: 'YAML tags have no meaning here',
      hint: 'write the value without the word that begins with "!"',
    },
  ],
];

/** A syntax error or warning of the YAML parser in this project's words, without its place. */
export function syntaxWords(fault: YAMLError): ProblemInput {
  const row = rows.find(([code, said]) => code === fault.code && said.test(fault.message));
  return { code: 'config/yaml-syntax', ...(row?.[2] ?? parserWords(fault.message)) };
}

/** The rest is rare, and the parser's own words are good enough once they are one plain sentence. */
function parserWords(message: string): Words {
  const [first = message] = message.split('\n');
  const plain = `${first.charAt(0).toLowerCase()}${first.slice(1).replace(/[.:]+$/, '')}`;
  return {
    message: `this is not YAML: ${plain}`,
    hint: 'a text with special characters is safest in quotes',
  };
}
