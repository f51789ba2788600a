import { nearest } from '../problem/nearest.ts';
import type { Said } from './fault-words.ts';
import { elsewhereInTest } from './test-words.ts';

/** Keys that a later version may give a meaning, by where they may stand then. */
const reserved: Readonly<Record<string, readonly string[] | undefined>> = {
  file: ['include', 'vars', 'profiles', 'safety', 'error_pages'],
  zone: ['ownership', 'use'],
  account: ['ownership', 'use'],
};

/** What people bring along from the API, from the dashboard or from another level of the file. */
const known: Readonly<Record<string, string | undefined>> = {
  action: 'the action is always serve_error and is not written',
  action_parameters: 'write the keys of action_parameters in the rule itself, beside expression',
  id: 'leave it out; a rule is known by its ref, and in import the ref of a dashboard rule is its id',
  version: 'leave it out; Cloudflare counts versions itself',
  last_updated: 'leave it out; Cloudflare sets it',
  size_bytes: 'leave it out; Cloudflare sets it',
  rules: 'rules belong in a zone or in an account',
  assets: 'assets belong in a zone or in an account',
  name: 'a rule is named by ref, an asset by name',
  account: 'only a zone says its account; accounts stand under "accounts:"',
  zones: 'zones stand at the top of the file',
  accounts: 'accounts stand at the top of the file',
  tests: 'tests stand at the top of the file',
  host: 'in a test it stands under "request:"',
  path: 'in a test it stands under "request:"',
  method: 'in a test it stands under "request:"',
  scheme: 'in a test it stands under "request:"',
  country: 'in a test it stands under "request:"',
  ip: 'in a test it stands under "request:"',
  headers: 'in a test they stand under "request:", or under "response:"',
  '1xxx': 'in a test it stands under "response:"',
  ref: 'it belongs in a rule: look at its indentation, and at the "- " before the first key of each rule',
  expression:
    'it belongs in a rule: look at its indentation, and at the "- " before the first key of each rule',
  url: 'it belongs in an asset: look at its indentation, and at the "- " before the first key of each asset',
  '<<': 'a merge is written without quotes',
};

/** Words for a key that a mapping cannot hold: `thing` is what the mapping describes, `allowed` what it can hold. */
export function unknownKey(key: string, thing: string, allowed: readonly string[]): Said {
  if (reserved[thing]?.includes(key) === true) {
    const message = `the key "${key}" is reserved for a later version`;
    return { code: 'config/reserved-key', message, hint: `leave it out; allowed are ${allowed.join(', ')}` };
  }
  const near = nearest(key, allowed);
  return {
    code: 'config/unknown-key',
    message: `${/^[aeiou]/.test(thing) ? 'an' : 'a'} ${thing} has no key "${key}"`,
    hint: near === undefined ? strangerHint(key, thing, allowed) : `did you mean "${near}"?`,
  };
}

function strangerHint(key: string, thing: string, allowed: readonly string[]): string {
  const extra = thing === 'file' ? ', and keys that begin with x-' : '';
  const tables = [elsewhereInTest[thing] ?? {}, known];
  const told = tables.find((table) => Object.hasOwn(table, key))?.[key];
  return told ?? `allowed are ${allowed.join(', ')}${extra}`;
}
