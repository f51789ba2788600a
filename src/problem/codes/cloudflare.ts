import type { CodeEntry } from '../entry.ts';

export const cloudflareCodes = {
  'cloudflare/base-url': {
    severity: 'error',
    title: 'the base URL cannot be used',
    explain:
      'The address of the API must be https (plain http only on loopback) and hold no credentials, query or fragment, because every call sends the token there.',
  },
  'cloudflare/bad-credentials': {
    severity: 'error',
    title: 'the credentials cannot be sent',
    explain:
      'The token, key or e-mail address is empty or holds characters that no HTTP header can carry. Mostly a line break or a blank was copied along with it.',
  },
  'cloudflare/not-signed-in': {
    severity: 'error',
    title: 'Cloudflare does not accept the credentials',
    explain:
      'The token is unknown, expired or malformed, so nothing was done. Check the environment variable that holds it, and the token itself in the dashboard under My Profile, API Tokens.',
  },
  'cloudflare/no-permission': {
    severity: 'error',
    title: 'the credentials are good, but this call is not allowed',
    explain:
      'The token lacks a permission, or does not include this zone or account. The hint names the permission that is documented for the call. A token made seconds ago may need a moment.',
  },
  'cloudflare/zone-not-found': {
    severity: 'error',
    title: 'the token sees no zone of this name',
    explain:
      'Either the name is misspelt, or the token does not include the zone. A zone can also be named by its 32-digit id, which needs no look-up.',
  },
  'cloudflare/account-not-found': {
    severity: 'error',
    title: 'the token sees no account of this name',
    explain:
      'Either the name is not exactly that of the dashboard, or the token does not include the account. An account can also be named by its 32-digit id, which needs no look-up.',
  },
  'cloudflare/ambiguous-zone': {
    severity: 'error',
    title: 'several zones have this name',
    explain:
      'The same zone name can exist in several accounts. Write `account:` with the name or id of the account under the zone, so that nothing is ever written to the wrong one.',
  },
  'cloudflare/ambiguous-account': {
    severity: 'error',
    title: 'several accounts have this name',
    explain: 'Account names are not unique. Name the account by its 32-digit id instead.',
  },
  'cloudflare/wrong-id': {
    severity: 'error',
    title: 'Cloudflare finds no zone or account behind the id',
    explain: 'The id in the file is malformed, or belongs to a zone or account that the token cannot see.',
  },
  'cloudflare/not-found': {
    severity: 'error',
    title: 'Cloudflare does not have what the call is about',
    explain:
      'Answered 404: somebody deleted the thing since it was read, or the base URL is not that of a Cloudflare API. Plan again.',
  },
  'cloudflare/rate-limited': {
    severity: 'error',
    title: 'Cloudflare asks to slow down, for longer than this run may wait',
    explain:
      'All tools and dashboard visits of one user share 1,200 calls in five minutes; above that every call is refused for five minutes. The tool paces itself by what Cloudflare says is left, so mostly something else used it up. Nothing was written by the call. Run again later, or allow a longer pause with --max-wait.',
  },
  'cloudflare/over-quota': {
    severity: 'error',
    title: 'the plan does not hold that many rules or assets',
    explain:
      'Pro zones hold 25 rules and 25 assets, Business zones 50, Enterprise zones 300; a contract may say otherwise. Remove some, or move rules to the account.',
  },
  'cloudflare/not-in-plan': {
    severity: 'error',
    title: 'the Cloudflare plan does not include this',
    explain:
      'Custom Errors need a paid plan (a Free zone holds 0 rules and 0 assets), and `matches` needs Business or Enterprise.',
  },
  'cloudflare/expression-refused': {
    severity: 'error',
    title: 'Cloudflare does not accept an expression',
    explain:
      'Cloudflare parses every expression of the list before it writes any. Nothing was written; correct the rule that is named.',
  },
  'cloudflare/page-not-fetched': {
    severity: 'error',
    title: 'Cloudflare could not fetch the page of an asset',
    explain:
      'Cloudflare fetches the page and everything it links while the call lasts; each linked resource must answer 200, and the whole may be 1.5 MB. WAF rules and IP rules of the zone that holds the page can stop it, since the fetch comes from Cloudflare.',
  },
  'cloudflare/refused': {
    severity: 'error',
    title: 'Cloudflare refused the call',
    explain:
      'The code and text that Cloudflare gave are quoted in the message. Nothing was written by the refused call.',
  },
  'cloudflare/server-error': {
    severity: 'error',
    title: 'Cloudflare failed',
    explain:
      'A 5xx answer, also after trying again where that is safe. A write may have happened all the same: run again, which reads first and finishes what is left.',
  },
  'cloudflare/timeout': {
    severity: 'error',
    title: 'no complete answer came in time',
    explain:
      'A write may have happened all the same: run again, which reads first and finishes what is left.',
  },
  'cloudflare/unreachable': {
    severity: 'error',
    title: 'the API cannot be reached',
    explain:
      'The name did not resolve, the connection was refused, or it broke off. Check the network and the base URL. Where a write broke off it may have happened: run again, which reads first.',
  },
  'cloudflare/untrusted-certificate': {
    severity: 'error',
    title: 'the certificate of the API is not trusted',
    explain:
      'Nothing was sent. A proxy that opens TLS needs its authority in NODE_EXTRA_CA_CERTS; a certificate for another name means a wrong base URL.',
  },
  'cloudflare/redirected': {
    severity: 'error',
    title: 'the API answered with a redirect',
    explain: 'Redirects are never followed, because the token would follow too. Correct the base URL.',
  },
  'cloudflare/not-understood': {
    severity: 'error',
    title: 'the answer is not one of the Cloudflare API',
    explain:
      'Something between here and Cloudflare answered in its place, or the API changed. What cannot be read exactly is never written back, so this scope stops.',
  },
  'cloudflare/dry-run-wrote': {
    severity: 'error',
    title: 'a dry run was carried out for real',
    explain:
      'The server ignored `dry_run` although it had shown that it knows it, so the rule list of the scope was replaced. Stop using `--online` with this base URL, and plan again to see what is live.',
  },
  'cloudflare/interrupted': {
    severity: 'error',
    title: 'the run was ended while a call was under way',
    explain:
      'A write that was under way may have happened: run again, which reads first and finishes what is left.',
  },
} as const satisfies Record<`cloudflare/${string}`, CodeEntry>;
