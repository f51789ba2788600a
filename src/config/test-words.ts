import type { SchemaFault } from '../schema/schema.ts';

/** True for a path into `tests:`, where some keys mean something else than in a rule or an asset. */
export function isInTests(path: SchemaFault['path']): boolean {
  return path[0] === 'tests';
}

/** What to write for a key of a test that is missing or empty. */
export const neededInTest: Readonly<Record<string, string | undefined>> = {
  zone: 'write the zone that the visitor asks, such as zone: example.com',
  account: 'write the account whose rules are asked, or leave the key out',
  response: 'write the error that is asked about, such as response: { status: 503 }',
  expect: 'write what must come, such as expect: { ref: api_json }',
  status: 'write the status of the error, such as status: 503',
  ref: 'write the ref of the rule that must answer, or none',
};

/** What is said of a key that stands somewhere else in a test, or is called otherwise, by what it was found in. */
export const elsewhereInTest: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> = {
  test: {
    ref: 'it stands under "expect:"',
    asset: 'it stands under "expect:"',
    asset_name: 'the asset that must come stands under "expect:", as asset',
    status: 'the status of the error stands under "response:", the one that must come under "expect:"',
    url: 'a test says host and path under "request:"',
  },
  expectation: {
    asset_name: 'in a test it is called asset',
    status_code: 'in a test it is called status',
  },
};

/** Facts that a request or a response cannot have: what the value is not, and what to write. */
export const impossible: Readonly<Record<string, readonly [not: string, hint: string] | undefined>> = {
  host: ['no host', 'write the name alone, such as shop.example.com'],
  path: ['no path', 'a path begins with /, and what follows a # never reaches a server'],
  method: ['no method', 'write it in capitals, such as POST'],
  country: ['no country', 'write its two letters in capitals, such as DE'],
  ip: ['no address', 'write one IPv4 or IPv6 address, such as 192.0.2.1 or 2001:db8::1'],
};

/** Between which numbers a value must lie, and what to do about one that does not. */
export function rangeOf(path: SchemaFault['path']): { readonly words: string; readonly hint: string } {
  if (path.at(-1) === '1xxx') {
    return { words: '1000 and 1999', hint: 'leave it out where the error has no such code' };
  }
  const hint = path.includes('response')
    ? 'custom error rules run for these statuses alone'
    : path.includes('expect')
      ? 'no visitor gets another one from a rule'
      : 'leave it out to keep the status of the error';
  return { words: '400 and 999', hint };
}
