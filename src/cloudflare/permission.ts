import type { Call, Subject } from './call.ts';

/**
 * What a token needs, by what a call is about, for reading and for writing. Zone: Cloudflare docs, Create custom error
 * rules via API; zones: Cloudflare OpenAPI, `zones-get`. No public page settles those of accounts, hence "probably".
 */
const needs: Readonly<Record<Subject, (level: 'Read' | 'Edit') => string>> = {
  zones: () =>
    'the token needs "Zone: Read" for the zones in the file; a zone named by its id needs no look-up',
  accounts: () =>
    'the token probably needs "Account Settings: Read"; an account named by its id needs no look-up',
  'zone rules': (level) => `the token needs "Custom Error Rules: ${level}" and must include this zone`,
  'zone assets': (level) => `the token needs "Custom Error Rules: ${level}" and must include this zone`,
  'account rules': (level) =>
    `the token probably needs "Account Rulesets: ${level}" and must include this account`,
  'account assets': (level) =>
    `the token probably needs "Account Custom Pages: ${level}" and must include this account; Cloudflare does not document which permission it is`,
};

/** Names the permission that a refused call needs. */
export function permissionHint({ subject, method }: Call): string {
  return needs[subject](method === 'GET' ? 'Read' : 'Edit');
}
