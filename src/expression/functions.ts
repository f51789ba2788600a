import type { Plan, Scalar, Type } from './types.ts';

/**
 * What an argument may be: a type, any array or map, anything, the type of the first argument, or the type that the
 * first argument holds.
 */
export type Wanted =
  | Scalar
  | 'Array<Bytes>'
  | 'Array'
  | 'Map'
  | 'anything'
  | 'as the first'
  | 'held by the first';

/** `field`: no literal; `literal`: nothing else; `unsure`: the docs show literals and do not exclude fields. */
export interface Parameter {
  readonly types: readonly Wanted[];
  readonly as: 'field' | 'literal' | 'either' | 'unsure';
}

export interface Definition {
  readonly parameters: readonly Parameter[];
  /** How many of the parameters must be given; absent: all. */
  readonly least?: number;
  /** With fewer arguments it is in the changelog, but not in the reference. */
  readonly usual?: number;
  /** The last parameter may be repeated until there are so many arguments. */
  readonly most?: number;
  readonly returns: Type | 'as the first';
  /** As in the table of fields. */
  readonly use?: 'documented' | 'doubtful' | 'unavailable';
  /** Where the docs say that it is available, if not in custom error rules. */
  readonly onlyIn?: string;
  readonly plan?: Plan;
  readonly source: string;
}

const field = (...types: readonly Wanted[]): Parameter => ({ types, as: 'field' });
const literal = (...types: readonly Wanted[]): Parameter => ({ types, as: 'literal' });
const either = (...types: readonly Wanted[]): Parameter => ({ types, as: 'either' });
const unsure = (...types: readonly Wanted[]): Parameter => ({ types, as: 'unsure' });

const docs = 'Cloudflare docs, ruleset-engine/rules-language/functions.mdx@12cd7d0';
const later =
  'Cloudflare docs, Rules language, functions (page of 2026); changelog 2026-01-20-array-map-functions';
const hashes = 'Cloudflare docs, changelog 2026-01-22-sha256-base64-encode-functions';

const rewrites = 'rewrite expressions of Transform Rules';
const redirects = 'rewrites and the target URLs of redirects';
const wafRules = 'custom rules and rate limiting rules';

/** No function of the docs limits the number of values otherwise, and an expression ends at 4,096 characters. */
const many = 4096;

/** Every function of the Rules language but `any` and `all`, which belong to the grammar. */
export const functions: ReadonlyMap<string, Definition> = new Map(
  Object.entries({
    bit_slice: {
      parameters: [literal('Bytes'), literal('Int'), literal('Int')],
      returns: 'Int',
      use: 'unavailable',
      onlyIn: 'Network Firewall',
      source: docs,
    },
    cidr: {
      parameters: [field('Ip'), literal('Int'), literal('Int')],
      returns: 'Ip',
      use: 'unavailable',
      onlyIn: wafRules,
      source: docs,
    },
    cidr6: {
      parameters: [field('Ip'), literal('Int')],
      returns: 'Ip',
      use: 'unavailable',
      onlyIn: wafRules,
      source: docs,
    },
    // Whether all must be of one type is not public.
    coalesce: {
      parameters: [either('anything')],
      most: many,
      returns: 'as the first',
      source: 'Cloudflare docs, changelog rules 2026-10-01-coalesce-function',
    },
    concat: {
      parameters: [either('Bytes', 'Array'), either('as the first')],
      most: 32,
      returns: 'as the first',
      source:
        'wirefilter, functions/concat.rs@af1a1e9; Cloudflare docs, changelog 2026-09-22-concat-argument-limit',
    },
    decode_base64: {
      parameters: [field('Bytes')],
      returns: 'Bytes',
      use: 'unavailable',
      onlyIn: 'Transform Rules, custom rules and rate limiting rules',
      source: docs,
    },
    encode_base64: {
      parameters: [either('Bytes'), literal('Bytes')],
      least: 1,
      returns: 'Bytes',
      use: 'unavailable',
      onlyIn: 'header transform rules',
      source: hashes,
    },
    ends_with: { parameters: [field('Bytes'), unsure('Bytes')], returns: 'Bool', source: docs },
    has_key: { parameters: [field('Map'), either('Bytes')], returns: 'Bool', source: later },
    has_value: {
      parameters: [field('Map', 'Array'), either('held by the first')],
      returns: 'Bool',
      source: later,
    },
    hash_in_range: {
      parameters: [literal('Int'), literal('Int'), field('anything')],
      most: many,
      returns: 'Int',
      source: 'Cloudflare docs, changelog rules 2026-10-02-hash-in-range-ga',
    },
    is_jwt_present: { parameters: [literal('Bytes')], returns: 'Bool', use: 'doubtful', source: later },
    is_jwt_valid: { parameters: [literal('Bytes')], returns: 'Bool', use: 'doubtful', source: later },
    is_timed_hmac_valid_v0: {
      parameters: [
        literal('Bytes'),
        field('Bytes'),
        literal('Int'),
        field('Int'),
        literal('Int'),
        literal('Bytes'),
      ],
      least: 4,
      returns: 'Bool',
      plan: 'pro',
      source: docs,
    },
    join: {
      parameters: [field('Array<Bytes>'), either('Bytes')],
      returns: 'Bytes',
      use: 'documented',
      source: docs,
    },
    len: { parameters: [field('Bytes', 'Array')], returns: 'Int', source: docs },
    lookup_json_integer: {
      parameters: [field('Bytes'), literal('Bytes', 'Int')],
      most: many,
      returns: 'Int',
      source: docs,
    },
    lookup_json_string: {
      parameters: [field('Bytes'), literal('Bytes', 'Int')],
      most: many,
      returns: 'Bytes',
      source: docs,
    },
    lower: { parameters: [field('Bytes')], returns: 'Bytes', source: docs },
    regex_replace: {
      parameters: [either('Bytes'), literal('Bytes'), literal('Bytes')],
      returns: 'Bytes',
      use: 'unavailable',
      onlyIn: redirects,
      source: docs,
    },
    remove_bytes: { parameters: [field('Bytes'), literal('Bytes')], returns: 'Bytes', source: docs },
    remove_query_args: {
      parameters: [field('Bytes'), literal('Bytes')],
      most: many,
      returns: 'Bytes',
      use: 'unavailable',
      onlyIn: rewrites,
      source: docs,
    },
    sha256: {
      parameters: [either('Bytes')],
      returns: 'Bytes',
      use: 'doubtful',
      plan: 'enterprise',
      source: hashes,
    },
    split: {
      parameters: [field('Bytes'), literal('Bytes'), literal('Int')],
      least: 2,
      usual: 3,
      returns: 'Array<Bytes>',
      use: 'documented',
      source: `${docs}; the two-argument form: changelog 2026-01-20-array-map-functions`,
    },
    starts_with: { parameters: [field('Bytes'), unsure('Bytes')], returns: 'Bool', source: docs },
    substring: {
      parameters: [field('Bytes'), literal('Int'), literal('Int')],
      least: 2,
      returns: 'Bytes',
      source: docs,
    },
    to_string: {
      parameters: [field('Int', 'Bool', 'Ip')],
      returns: 'Bytes',
      use: 'unavailable',
      onlyIn: redirects,
      source: docs,
    },
    upper: { parameters: [field('Bytes')], returns: 'Bytes', source: docs },
    url_decode: { parameters: [field('Bytes'), literal('Bytes')], least: 1, returns: 'Bytes', source: docs },
    uuidv4: {
      parameters: [field('Bytes')],
      returns: 'Bytes',
      use: 'unavailable',
      onlyIn: rewrites,
      source: docs,
    },
    wildcard_replace: {
      parameters: [field('Bytes'), literal('Bytes'), literal('Bytes'), literal('Bytes')],
      least: 3,
      returns: 'Bytes',
      use: 'unavailable',
      onlyIn: redirects,
      source: docs,
    },
  } satisfies Readonly<Record<string, Definition>>),
);
