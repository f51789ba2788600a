import { nearest } from '../problem/nearest.ts';
import type { ProblemCode } from '../problem/problem.ts';
import type { SchemaFault } from '../schema/schema.ts';
import { codePoints } from './place.ts';
import { impossible, isInTests, neededInTest, rangeOf } from './test-words.ts';
import type { Tree } from './tree.ts';
import { unknownKey } from './unknown-key.ts';

/** A problem without its place. */
export interface Said {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint: string;
}

/** Says a fault of the schema in words for the person who wrote the file. */
export function faultWords(fault: SchemaFault, tree: Tree): Said {
  const say = words[fault.keyword];
  if (say === undefined) throw new Error(`no words for "${fault.keyword}" at ${fault.path.join('.')}`);
  return say(fault, tree);
}

/** The keys that can give a rule its page. */
export const pageSources: readonly string[] = ['asset_name', 'content', 'content_file'];

/** The keys of a rule that give it a page, in the order of the file. */
export function pageKeys(tree: Tree): string[] {
  return tree.kind === 'table' ? [...tree.entries.keys()].filter((key) => pageSources.includes(key)) : [];
}

type Say = (fault: SchemaFault, tree: Tree) => Said;

const words: Readonly<Record<string, Say | undefined>> = {
  additionalProperties: ({ path, params }) => {
    const allowed = Array.isArray(params.allowed) ? params.allowed.map(String) : [];
    return unknownKey(String(params.additionalProperty), thing(path), allowed);
  },
  required: ({ path, params }) => {
    const key = String(params.missingProperty);
    return {
      code: 'config/missing-key',
      message: `this ${thing(path)} has no "${key}"`,
      hint: neededAt(path, key) ?? '',
    };
  },
  dependentRequired: () => ({
    code: 'config/missing-key',
    message: 'this rule has "content" and no "content_type"',
    hint: 'write one of text/html, text/plain, application/json, text/xml',
  }),
  oneOf: (_, tree) => {
    const [first, second] = pageKeys(tree);
    const message =
      second === undefined
        ? 'this rule has no page'
        : `this rule has "${second}" beside "${first}"; it can serve one page`;
    const hint = 'write exactly one of asset_name, content, content_file';
    return { code: second === undefined ? 'config/no-page' : 'config/two-pages', message, hint };
  },
  anyOf: (fault, tree) => {
    if (fault.path.includes('headers')) return wrongType(manyTexts(fault), tree);
    if (name(fault.path) === 'ip') return notPossible('ip', tree);
    return { code: 'config/missing-key', message: 'this test has no "zone"', hint: zoneOrAccount };
  },
  minProperties: ({ path }) => ({
    code: 'config/empty-value',
    message: `this ${thing(path)} is empty`,
    hint: 'write at least one of ref, asset and status',
  }),
  propertyNames: ({ params }) => ({
    code: 'config/impossible-fact',
    message: `${JSON.stringify(params.propertyName)} cannot be the name of a header`,
    hint: "a name is made of letters, digits and the characters !#$%&'*+-.^_`|~",
  }),
  type: wrongType,
  const: (_, tree) => ({
    code: 'config/version',
    message: `the version is ${written(tree)}, and this release reads version 1 only`,
    hint: 'write "version: 1", without quotes',
  }),
  enum: ({ path, params }, tree) => {
    const allowed = Array.isArray(params.allowedValues) ? params.allowedValues.map(String) : [];
    const near = tree.kind === 'leaf' ? nearest(String(tree.value), allowed) : undefined;
    const hint = near === undefined ? '' : `did you mean "${near}"? `;
    const message = `"${name(path)}" is ${written(tree)}, which is none of the allowed words`;
    return { code: 'config/not-allowed', message, hint: `${hint}allowed are ${allowed.join(', ')}` };
  },
  minimum: outOfRange,
  maximum: outOfRange,
  minLength: ({ path }) => empty(path),
  maxLength: ({ path, params }, tree) => ({
    code: 'config/too-long',
    message: `"${name(path)}" has ${count(lengthOf(tree))} characters, ${count(Number(params.limit))} are allowed`,
    hint: longer[name(path)] ?? 'shorten it',
  }),
  pattern: ({ path }, tree) =>
    isInTests(path) ? notPossible(name(path), tree) : (patterns[name(path)]?.(tree) ?? empty(path)),
};

const zoneOrAccount = 'write zone: and its name; or account: to ask the rules of an account alone';

function manyTexts(fault: SchemaFault): SchemaFault {
  return { ...fault, params: { type: 'texts' } };
}

function notPossible(key: string, tree: Tree): Said {
  const [not, hint] = impossible[key] ?? ['possible', 'write another value'];
  return { code: 'config/impossible-fact', message: `${written(tree)} is ${not}`, hint };
}

function neededAt(path: SchemaFault['path'], key: string): string | undefined {
  return isInTests(path) ? neededInTest[key] : needed[key];
}

const needed: Readonly<Record<string, string | undefined>> = {
  version: 'write "version: 1" as the first line',
  ref: "write the rule's name for life, such as ref: api_json",
  expression: 'write when the rule answers, such as expression: http.response.code ge 500',
  name: 'write the name that rules say in asset_name, such as name: error_5xx',
  url: 'write where Cloudflare fetches the page, such as url: https://static.example.com/5xx.html',
};

const longer: Readonly<Record<string, string | undefined>> = {
  content: 'serve a larger page as an asset (asset_name)',
  expression: 'split the rule in two, or use a list ($name)',
};

const patterns: Readonly<Record<string, ((tree: Tree) => Said) | undefined>> = {
  name: (tree) => ({
    code: 'config/asset-name',
    message: `${written(tree)} cannot be the name of an asset`,
    hint: 'a name is 1 to 200 of the characters A-Z, a-z, 0-9 and _',
  }),
  url: (tree) => ({
    code: 'config/asset-url',
    message: `${written(tree)} is no absolute http or https URL`,
    hint: 'write it whole, such as https://static.example.com/errors/5xx.html',
  }),
  content_file: (tree) => ({
    code: 'config/page-extension',
    message: `${written(tree)} does not end like a page`,
    hint: 'a content_file ends with .html, .htm, .txt, .json or .xml',
  }),
};

function outOfRange({ path }: SchemaFault, tree: Tree): Said {
  const { words: range, hint } = rangeOf(path);
  const message = `"${name(path)}" is ${written(tree)}, which is not between ${range}`;
  return { code: 'config/out-of-range', message, hint };
}

function empty(path: SchemaFault['path']): Said {
  const key = name(path);
  return {
    code: 'config/empty-value',
    message: `"${key}" is empty`,
    hint: neededAt(path, key) ?? 'write a value, or leave the key out',
  };
}

const typeWords: Readonly<Record<string, string | undefined>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  boolean: 'true or false',
  texts: 'text or a list of texts',
};

function wrongType({ path, params }: SchemaFault, tree: Tree): Said {
  const type = String(params.type);
  const wanted = typeWords[type] ?? type;
  const subject =
    path.length === 0
      ? 'the file'
      : typeof path.at(-1) === 'number'
        ? `this ${thing(path)}`
        : `"${name(path)}"`;
  const absent = tree.kind === 'leaf' && tree.value === null;
  const message = absent ? `${subject} has no value` : `${subject} is ${kindOf(tree)}, not ${wanted}`;
  const hint =
    absent && isInTests(path)
      ? (neededInTest[name(path)] ?? 'write a value, or leave the key out')
      : typeHint({ type, key: name(path), absent }, tree);
  return { code: 'config/wrong-type', message, hint };
}

function typeHint(wanted: { type: string; key: string; absent: boolean }, tree: Tree): string {
  const { type, key, absent } = wanted;
  if (type === 'array' && absent)
    return `write ${key}: [] to own none, or leave the key out to own nothing of the kind`;
  if (type === 'array') return 'begin each item with "- "';
  if (type === 'object' && absent) return 'write {} to own nothing, or leave the key out';
  if (type === 'object') return 'write keys and values, "key: value"';
  if ((type === 'string' || type === 'texts') && tree.kind === 'leaf' && !absent)
    return `put it in quotes: "${tree.raw}"`;
  if (type === 'integer' && tree.kind === 'leaf' && /^\d+$/.test(String(tree.value)))
    return `write ${tree.value} without quotes`;
  if (type === 'string' && !absent) return 'put it in quotes, or write it as a block under "|"';
  return `write ${typeWords[type] ?? type}`;
}

function kindOf(tree: Tree): string {
  if (tree.kind === 'table') return 'a mapping';
  if (tree.kind === 'list') return 'a list';
  return typeof tree.value === 'string' ? `the text ${written(tree)}` : written(tree);
}

const longestQuoted = 60;

/** A value as a message quotes it: text in quotes and cut, the rest as it stands in the file. */
function written(tree: Tree): string {
  if (tree.kind !== 'leaf') return kindOf(tree);
  if (typeof tree.value !== 'string') return tree.value === null ? 'empty' : tree.raw;
  const { value } = tree;
  return JSON.stringify(value.length > longestQuoted ? `${value.slice(0, longestQuoted)}…` : value);
}

function lengthOf(tree: Tree): number {
  return tree.kind === 'leaf' ? codePoints(String(tree.value)) : 0;
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function name(path: SchemaFault['path']): string {
  return String(path.findLast((part) => typeof part === 'string') ?? '');
}

/** What a path leads to, in one word. */
function thing(path: SchemaFault['path']): string {
  const [top, , kind, index] = path;
  if (top === undefined) return 'file';
  if (top === 'tests') return parts[String(kind)] ?? 'test';
  if (index !== undefined) return kind === 'assets' ? 'asset' : 'rule';
  return top === 'accounts' ? 'account' : 'zone';
}

const parts: Readonly<Record<string, string | undefined>> = {
  request: 'request',
  response: 'response',
  expect: 'expectation',
};
