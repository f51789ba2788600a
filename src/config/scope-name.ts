import { domainToASCII } from 'node:url';
import { isId, type ScopeKind } from '../model/scope.ts';

/** A name in the form in which names are compared, or why it cannot be one. */
export type NormalName = { readonly name: string } | { readonly fault: string; readonly hint: string };

/** Normalises a scope's key: ids and zone names in lower case, zone names in punycode, account names as they are. */
export function normalName(kind: ScopeKind, key: string): NormalName {
  if (isId(key)) return { name: key.toLowerCase() };
  return kind === 'zone' ? zoneName(key) : accountName(key);
}

/** The form in which two spellings of one scope are equal: letter case does not tell accounts apart either. */
export function identity(kind: ScopeKind, name: string): string {
  return `${kind} ${name.toLowerCase()}`;
}

function zoneName(key: string): NormalName {
  const ascii = /^[^\s/\\:@%?#*]+$/.test(key) ? domainToASCII(key) : '';
  const isName = ascii.length <= 253 && ascii.split('.').every(isLabel) && /\.[a-z][a-z0-9-]*$/.test(ascii);
  if (isName) return { name: ascii };
  const inside = key
    .trim()
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/^\*\./, '')
    .replace(/[/:?#].*$/s, '')
    .replace(/\.$/, '');
  const better = inside !== key && inside !== '' && 'name' in zoneName(inside);
  return {
    fault: `"${key}" is no zone name`,
    hint: better
      ? `write "${inside}", the name of the zone alone`
      : 'write the name of the zone, such as example.com, or its id of 32 hexadecimal digits',
  };
}

function isLabel(label: string): boolean {
  return /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label);
}

function accountName(key: string): NormalName {
  if (key.trim() === key && key !== '') return { name: key };
  return {
    fault: `the account name "${key}" begins or ends with white space`,
    hint: 'write the name as the dashboard shows it, or the account id of 32 hexadecimal digits',
  };
}
