import type { CodeEntry } from '../entry.ts';

/** Valid for all that is known, and probably not what was meant. */
export const lintCodes = {
  'lint/impossible-status': {
    severity: 'warning',
    kind: 'lint',
    title: 'A comparison asks for a status that no error response has',
    explain:
      'Custom error rules run for responses from status 400 on, so a comparison with anything below is never true. The codes from 1000 on that Cloudflare shows on its own error pages are another field, cf.response.1xxx_code.',
    wrong: 'http.response.code eq 1020',
    right: 'cf.response.1xxx_code eq 1020',
  },
  'lint/error-type': {
    severity: 'warning',
    kind: 'lint',
    title: 'A type of error is none that the docs name',
    explain:
      'cf.response.error_type holds one of a few words, all in lower case, or nothing; any other word never matches. The hint lists them.',
    wrong: 'cf.response.error_type eq "WAF"',
    right: 'cf.response.error_type eq "1xxx"',
  },
  'lint/error-type-waf': {
    severity: 'warning',
    kind: 'lint',
    title: 'A rule waits for blocks of the WAF',
    explain:
      "A WAF rule may bring its own response, which then wins, and Cloudflare's docs disagree about whether custom error rules see blocks at all. Try it on the zone before you rely on it.",
    wrong: 'cf.response.error_type eq "waf"',
    right: 'cf.response.1xxx_code eq 1020',
  },
  'lint/always-true': {
    severity: 'warning',
    kind: 'lint',
    title: 'A rule that answers every error is not the last one',
    explain:
      'The first rule whose expression is true answers, so no rule after this one ever does. Move it to the end of the list, or switch it off.',
    wrong:
      'rules:\n  - ref: everything\n    expression: "true"\n    asset_name: error_page\n  - ref: maintenance\n    expression: http.response.code eq 503\n    asset_name: maintenance',
    right:
      'rules:\n  - ref: maintenance\n    expression: http.response.code eq 503\n    asset_name: maintenance\n  - ref: everything\n    expression: "true"\n    asset_name: error_page',
  },
  'lint/duplicate-expression': {
    severity: 'warning',
    kind: 'lint',
    title: 'Two rules of one scope have the same expression',
    explain:
      'The first of them always answers, the second never. One of the two is probably a copy whose expression was not changed.',
    wrong:
      'rules:\n  - ref: maintenance\n    expression: http.response.code eq 503\n    asset_name: maintenance\n  - ref: overload\n    expression: http.response.code eq 503\n    asset_name: overload',
    right:
      'rules:\n  - ref: maintenance\n    expression: http.response.code eq 503\n    asset_name: maintenance\n  - ref: overload\n    expression: http.response.code eq 529\n    asset_name: overload',
  },
  'lint/unreachable': {
    severity: 'warning',
    kind: 'lint',
    title: 'A rule can never answer',
    explain:
      'No error at all meets its expression, or one rule before it answers every error that does; the notes name that rule. This is proven, and where nothing can be proven nothing is said. Move the narrower rule up, or change one of the two expressions.',
    wrong:
      'rules:\n  - ref: server_errors\n    expression: http.response.code ge 500\n    asset_name: error_5xx\n  - ref: maintenance\n    expression: http.response.code eq 503\n    asset_name: maintenance',
    right:
      'rules:\n  - ref: maintenance\n    expression: http.response.code eq 503\n    asset_name: maintenance\n  - ref: server_errors\n    expression: http.response.code ge 500\n    asset_name: error_5xx',
  },
  'lint/shadowed': {
    severity: 'warning',
    kind: 'lint',
    title: 'Several rules together leave nothing to a later one',
    explain:
      'None of them does it alone, but each error that the rule waits for is answered by one of those before it; the notes name them, and none of them can be left out. Move the rule up, or remove it.',
    wrong:
      'rules:\n  - ref: client_errors\n    expression: http.response.code lt 500\n    asset_name: error_4xx\n  - ref: server_errors\n    expression: http.response.code ge 500\n    asset_name: error_5xx\n  - ref: shop\n    expression: http.host eq "shop.example.com"\n    asset_name: shop',
    right:
      'rules:\n  - ref: shop\n    expression: http.host eq "shop.example.com"\n    asset_name: shop\n  - ref: client_errors\n    expression: http.response.code lt 500\n    asset_name: error_4xx\n  - ref: server_errors\n    expression: http.response.code ge 500\n    asset_name: error_5xx',
  },
  'lint/not-json': {
    severity: 'warning',
    kind: 'lint',
    title: 'A page of type application/json is no JSON',
    explain:
      'Programs that read the page will fail on it. Strings and keys are in double quotes, and nothing stands behind the last element.',
    wrong: 'content_type: application/json\ncontent: \'{message: "sorry"}\'',
    right: 'content_type: application/json\ncontent: \'{"message": "sorry"}\'',
  },
  'lint/no-doctype': {
    severity: 'warning',
    kind: 'lint',
    title: 'An HTML page does not begin with <!DOCTYPE html>',
    explain: 'Without it browsers fall back to the layout rules of the 1990s. Make it the first line.',
    wrong: 'content_type: text/html\ncontent: <h1>Sorry</h1>',
    right:
      'content_type: text/html\ncontent: <!DOCTYPE html><html lang="en"><title>Sorry</title><h1>Sorry</h1></html>',
  },
  'lint/referrer': {
    severity: 'warning',
    kind: 'lint',
    title: 'An HTML page has a <meta name="referrer"> tag',
    explain:
      "Cloudflare's docs say that pages of custom errors must not have one, because it breaks challenges. Remove the tag.",
    wrong:
      'content_type: text/html\ncontent: <!DOCTYPE html><title>Sorry</title><meta name="referrer" content="no-referrer">',
    right: 'content_type: text/html\ncontent: <!DOCTYPE html><title>Sorry</title>',
  },
  'lint/unknown-token': {
    severity: 'warning',
    kind: 'lint',
    title: 'A page holds a ::TOKEN:: that Cloudflare does not fill in',
    explain:
      'Visitors would see it as it is written. The docs name ::CLIENT_IP::, ::RAY_ID:: and ::GEO::, and the boxes of the older error pages.',
    wrong: 'content_type: text/plain\ncontent: Sorry. Your request was ::REQUEST_ID::.',
    right: 'content_type: text/plain\ncontent: Sorry. Your request was ::RAY_ID::.',
  },
} as const satisfies Record<`lint/${string}`, CodeEntry>;
