import { visitorChanges } from '../../src/behaviour/behaviour.ts';
import type { Rule } from '../../src/model/body.ts';
import type { Origin } from '../../src/model/desired.ts';
import type { LiveAsset, LiveRule, LiveRuleset } from '../../src/model/live.ts';
import type { Change, FieldEdit, Plan, RuleChange, RulesetUpdate, ScopePlan } from '../../src/model/plan.ts';
import type { ChangeReceipt, Receipt } from '../../src/model/receipt.ts';
import type { Scope } from '../../src/model/scope.ts';
import type { Problem, Span } from '../../src/problem/problem.ts';

/** Plans and receipts made by hand: two zones and an account, and every kind of change there is. */

const file = 'custom-errors.yaml';

export const source = `version: 1
zones:
  shop.example.com:
    assets:
      - name: error_5xx
        url: https://static.example.com/errors/5xx.html
    rules:
      - ref: api_json
        expression: http.response.code ge 500 and starts_with(http.request.uri.path, "/api/")
        content_type: application/json
        content: '{"message":"A server error occurred."}'
      - ref: wartung_本日
        expression: http.hostt eq "店.example.com" # 🚧\tnot yet
`;

function at(line: number, column: number, length = 8): Span {
  return { file, line, column, endLine: line, endColumn: column + length };
}

function origin(line: number): Origin {
  return { item: at(line, 9), keys: {} };
}

function live(rule: Rule, id: string): LiveRule {
  return { ...rule, id: id.padEnd(32, '0'), version: '3', action: 'serve_error', unknownKeys: [], raw: {} };
}

function liveAsset(name: string, url = `https://static.example.com/errors/${name}.html`): LiveAsset {
  return { name, url, description: '', lastUpdated: '2026-10-01T08:00:00Z', sizeBytes: 4182 };
}

export function page(heading: string, note: string): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '\t<title>Example Shop</title>',
    '</head>',
    '<body>',
    `  <h1>${heading}</h1>`,
    `  <p>${note}</p>`,
    '  <p><a href="https://status.example.com/">Status</a></p>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const json: Rule = {
  ref: 'api_json',
  description: 'JSON for API clients',
  expression: 'http.response.code ge 500 and starts_with(http.request.uri.path, "/api/")',
  serve: {
    source: { kind: 'content', content: '{"message":"A server error occurred."}' },
    contentType: 'application/json',
    statusCode: 530,
  },
};

const maintenance: Rule = {
  ref: 'maintenance',
  expression: 'http.response.code eq 503',
  serve: {
    source: { kind: 'content', content: page('Back soon', 'We are working on it until 14:00.') },
    contentType: 'text/html',
  },
};

const branded: Rule = {
  ref: 'branded_5xx',
  description: 'Everything else that is ours',
  expression:
    'http.response.code ge 500 and http.response.code lt 600 and not http.host in {"status.example.com" "cdn.example.com"}',
  serve: { source: { kind: 'asset', assetName: 'error_5xx' }, contentType: 'text/html', statusCode: 503 },
};

const renamed: Rule = {
  ref: 'not_found',
  expression: 'http.response.code eq 404',
  serve: { source: { kind: 'asset', assetName: 'error_404' }, contentType: 'text/html' },
};

const legacy: Rule = {
  ref: 'legacy',
  expression: 'http.response.code eq 1020',
  enabled: false,
  serve: {
    source: { kind: 'content', content: '<p>Blocked</p>\n' },
    contentType: 'text/html',
    statusCode: 403,
    extra: { cache_hint: 'short' },
  },
};

const carried: Rule = {
  ref: 'teapot',
  expression: 'http.response.code eq 418',
  serve: { source: { kind: 'asset', assetName: 'error_5xx' }, extra: { cache_hint: 'short' } },
};

const office: Rule = {
  ref: 'office',
  expression: 'ip.src in $office',
  serve: { source: { kind: 'content', content: 'For us' }, contentType: 'text/plain' },
};

const shop: Scope = {
  kind: 'zone',
  id: '023e105f4ecef8ad9ca31a8372d0c353',
  name: 'shop.example.com',
  account: { id: 'a1'.repeat(16), name: 'Acme Inc' },
};
const acme: Scope = { kind: 'account', id: 'a1'.repeat(16), name: 'Acme Inc' };
const blog: Scope = { kind: 'zone', id: 'b2'.repeat(16), name: 'blog.example.com' };

function liveRuleset(version: string, rules: readonly LiveRule[]): LiveRuleset {
  return { id: 'c3'.repeat(16), version, rules, raw: { id: 'c3'.repeat(16) } };
}

function rulesetUpdate(rules: readonly RuleChange[], body: readonly Rule[]): RulesetUpdate {
  return {
    kind: 'ruleset-update',
    rules,
    body: { rules: body.map((rule, index) => ({ rule, origin: origin(8 + 3 * index) })) },
    origin: at(7, 5, 5),
    digest: 'd4'.repeat(32),
  };
}

const shopRules: readonly RuleChange[] = [
  { kind: 'add', rule: json, position: 1, origin: origin(8) },
  { kind: 'move', rule: maintenance, live: live(maintenance, 'e1'), from: 3, to: 2, origin: origin(12) },
  {
    kind: 'edit',
    rule: maintenance,
    live: live(maintenance, 'e1'),
    edits: [
      {
        field: 'content',
        before: page('Maintenance', 'We are working on it until 12:00.'),
        after: page('Back soon', 'We are working on it until 14:00.'),
      },
      { field: 'content_type', before: 'text/plain', after: 'text/html' },
    ],
    position: 2,
    origin: origin(12),
  },
  {
    kind: 'edit',
    rule: branded,
    live: live(branded, 'e2'),
    edits: [
      {
        field: 'expression',
        before:
          'http.response.code ge 500 and http.response.code lt 600 and not http.host eq "status.example.com"',
        after: branded.expression,
      },
      { field: 'description', before: 'Everything else', after: 'Everything else that is ours' },
      { field: 'status_code', after: 503 },
    ],
    position: 3,
    origin: origin(15),
  },
  {
    kind: 'rename',
    rule: renamed,
    live: live({ ...renamed, ref: '5f2c'.repeat(8) }, '5f'),
    from: 4,
    to: 4,
    origin: origin(18),
  },
  { kind: 'remove', live: live(legacy, 'e4'), position: 1 },
];

const shopChanges: readonly Change[] = [
  {
    kind: 'asset-create',
    asset: {
      name: 'error_5xx',
      url: 'https://static.example.com/errors/5xx.html',
      description: 'Branded 5xx page',
    },
    origin: origin(5),
    digest: '11'.repeat(32),
  },
  {
    kind: 'asset-update',
    asset: { name: 'error_404', url: 'https://static.example.com/errors/404-v2.html', description: '' },
    live: liveAsset('error_404', 'https://static.example.com/errors/404.html'),
    edits: [
      {
        field: 'url',
        before: 'https://static.example.com/errors/404.html',
        after: 'https://static.example.com/errors/404-v2.html',
      },
    ],
    origin: origin(5),
    digest: '22'.repeat(32),
  },
  {
    kind: 'asset-refresh',
    asset: { name: 'offline', url: 'https://static.example.com/errors/offline.html', description: '' },
    live: liveAsset('offline'),
    origin: origin(5),
    digest: '33'.repeat(32),
  },
  rulesetUpdate(shopRules, [json, maintenance, branded, renamed, carried]),
  { kind: 'asset-delete', live: liveAsset('error_2019'), origin: at(4, 5, 6), digest: '44'.repeat(32) },
];

const emptyHazard: Problem = {
  code: 'plan/empty',
  severity: 'hazard',
  message: 'the last 2 rules of the scope would be removed: "old_500", "old_404"',
  span: at(3, 3, 16),
  hint: 'if that is meant, allow it with --allow plan/empty@blog.example.com',
  scope: 'zone blog.example.com',
};

const unknownKeys: Problem = {
  code: 'plan/unknown-rule-keys',
  severity: 'warning',
  message: 'live rule "teapot" has keys that cannot be sent back: "ratelimit", "exposed"',
  hint: 'they are lost with the next write of the rules',
  scope: 'zone shop.example.com',
};

const shopPlan: ScopePlan = {
  scope: shop,
  origin: at(3, 3, 16),
  claims: { assets: true, rules: true },
  live: {
    scope: shop,
    ruleset: liveRuleset(
      '7',
      [legacy, branded, maintenance, renamed, carried].map((rule, index) => live(rule, `e${index}`)),
    ),
    assets: [liveAsset('error_404'), liveAsset('offline'), liveAsset('error_2019')],
  },
  changes: shopChanges,
  unchanged: { assets: 0, rules: 1 },
  problems: [unknownKeys],
};

const shopVisitors = visitorChanges(
  { zone: [legacy, branded, office, renamed, carried] },
  {
    zone: [
      json,
      { ...office, ref: 'office_2' },
      maintenance,
      { ...branded, serve: maintenance.serve },
      renamed,
    ],
  },
  { zone: new Map([['error_404', 'page'] as const]) },
);

const blogPlan: ScopePlan = {
  scope: blog,
  origin: at(3, 3, 16),
  claims: { assets: false, rules: true },
  live: {
    scope: blog,
    ruleset: liveRuleset('12', [
      live({ ...renamed, ref: 'old_500' }, 'f1'),
      live({ ...json, ref: 'old_404' }, 'f2'),
    ]),
  },
  changes: [
    rulesetUpdate(
      [
        { kind: 'remove', live: live({ ...renamed, ref: 'old_500' }, 'f1'), position: 1 },
        { kind: 'remove', live: live({ ...json, ref: 'old_404' }, 'f2'), position: 2 },
      ],
      [],
    ),
  ],
  unchanged: { assets: 0, rules: 0 },
  problems: [emptyHazard],
};

const acmePlan: ScopePlan = {
  scope: acme,
  origin: at(3, 3, 16),
  claims: { assets: true, rules: true },
  live: { scope: acme, ruleset: liveRuleset('2', []), assets: [] },
  changes: [],
  unchanged: { assets: 2, rules: 11 },
  problems: [],
};

const fingerprint = `cfe1:${'9c'.repeat(32)}`;
const target = 'https://api.cloudflare.com/client/v4';

export const richPlan: Plan = {
  target,
  scopes: [{ ...shopPlan, behaviour: shopVisitors }, blogPlan, acmePlan],
  problems: [],
  fingerprint,
  tests: { passed: 11, failed: 1, undecided: 0, leftOut: 2 },
};

/** What the table of visitors can look like: of an account, of several zones at once, cut short, and empty. */
export const visitorsPlan: Plan = {
  target,
  scopes: [
    ...['a', 'b'].map((name) => ({
      ...blogPlan,
      scope: { ...blog, name: `${name}.example.com` },
      behaviour: visitorChanges({ zone: [json], account: [] }, { zone: [], account: [branded] }),
      problems: [],
    })),
    {
      ...blogPlan,
      scope: acme,
      behaviour: visitorChanges({ account: [office] }, { account: [office, branded] }),
      problems: [],
    },
    {
      ...blogPlan,
      behaviour: {
        ...visitorChanges({ zone: many(0) }, { zone: many(1) }),
        leftOut: 3,
        isComplete: false,
      },
      problems: [],
    },
    {
      ...blogPlan,
      scope: shop,
      behaviour: visitorChanges({ zone: [json] }, { zone: [json] }),
      problems: [],
    },
  ],
  problems: [],
  fingerprint,
};

function many(edition: number): readonly Rule[] {
  return Array.from({ length: 25 }, (_, at) => ({
    ...maintenance,
    ref: `r${at}`,
    expression: `http.response.code eq ${500 + at} and http.host eq "h${at}.a-rather-long-name.example.com"`,
    serve: { source: { kind: 'content', content: `${edition}` } },
  }));
}

/** Files compared with files. */
export const comparedPlan: Plan = {
  ...visitorsPlan,
  target: '',
  fingerprint: '',
  comparison: { before: 'old.yaml', after: 'new.yaml' },
  scopes: [
    {
      ...blogPlan,
      scope: { kind: 'zone', id: 'new.example.com', name: 'new.example.com' },
      live: { scope: blog },
      changes: [shopRulesOnly()],
      problems: [],
    },
    {
      ...shopPlan,
      scope: { kind: 'zone', id: 'old.example.com', name: 'old.example.com' },
      live: { scope: blog, ruleset: liveRuleset('', [live(json, '')]) },
      changes: [
        shopRulesOnly(),
        {
          kind: 'asset-delete',
          live: { ...liveAsset('error_2019'), lastUpdated: '', sizeBytes: 0 },
          origin: at(4, 5, 6),
          digest: '',
        },
      ],
      behaviour: visitorChanges({ zone: [json] }, { zone: [json, branded] }),
      problems: [],
    },
  ],
};

export const emptyPlan: Plan = {
  target,
  scopes: [acmePlan, { ...acmePlan, scope: shop }],
  problems: [],
  fingerprint,
  tests: { passed: 12, failed: 0, undecided: 0, leftOut: 0 },
};

/** One scope that cannot be planned beside many that need nothing. */
export const stoppedPlan: Plan = {
  target,
  scopes: [
    {
      ...acmePlan,
      scope: blog,
      problems: [
        {
          code: 'plan/foreign-action',
          severity: 'error',
          message: 'live rule "a" has the action "block", and only "serve_error" can be managed here',
          scope: 'zone blog.example.com',
        },
      ],
    },
    { ...shopPlan, changes: [shopRulesOnly()], problems: [] },
    ...['a', 'b', 'c', 'd'].map((name) => ({ ...acmePlan, scope: { ...blog, name: `${name}.example.com` } })),
  ],
  problems: [
    {
      code: 'cloudflare/zone-not-found',
      severity: 'error',
      message: 'the token sees no zone "exmaple.com"',
      span: at(3, 3, 16),
      hint: 'did you mean "example.com"?',
      scope: 'zone exmaple.com',
    },
  ],
  fingerprint,
};

/** Nothing but a zone and an account that could not be found. */
export const missingPlan: Plan = {
  ...stoppedPlan,
  scopes: [],
  problems: ['zone exmaple.com', 'zone exmaple.com', 'account Acne'].map((scope) => ({
    code: 'cloudflare/zone-not-found',
    severity: 'error',
    message: `the token sees no ${scope}`,
    scope,
  })),
};

/** A run that had nothing to do. */
export const idleReceipt: Receipt = {
  target,
  fingerprint,
  problems: [],
  scopes: [{ scope: acme, outcome: 'done', changes: [], problems: [] }],
};

/** One rule with these edits, for what an edit can look like. */
export function planOfEdits(edits: readonly FieldEdit[]): Plan {
  const edit = {
    kind: 'edit',
    rule: json,
    live: live(json, 'e1'),
    edits,
    position: 1,
    origin: origin(8),
  } as const;
  const scope = { ...shopPlan, changes: [rulesetUpdate([edit], [json])], problems: [] };
  return { target, scopes: [scope], problems: [], fingerprint };
}

function shopRulesOnly(): Change {
  return rulesetUpdate(
    [{ kind: 'move', rule: json, live: live(json, 'e1'), from: 2, to: 1, origin: origin(8) }],
    [json],
  );
}

export const problems: readonly Problem[] = [
  {
    code: 'expression/unterminated-string',
    severity: 'error',
    message: 'unknown field "http.hostt"',
    span: at(13, 21, 10),
    hint: 'did you mean "http.host"?',
  },
  {
    code: 'config/duplicate-ref',
    severity: 'error',
    message: 'the ref "api_json" stands twice in zone shop.example.com',
    span: { ...at(8, 14, 8), endLine: 9 },
    notes: [{ message: 'the first is here', span: at(5, 9) }, { message: 'a ref is unique in its scope' }],
  },
  { ...emptyHazard, span: at(13, 57, 7) },
  unknownKeys,
];

function outcomes(
  changes: readonly Change[],
  words: readonly ChangeReceipt['outcome'][],
): readonly ChangeReceipt[] {
  return changes.map((change, index) => ({ change, outcome: words[index] ?? 'done' }));
}

export const doneReceipt: Receipt = {
  target,
  fingerprint,
  problems: [],
  scopes: [
    {
      scope: shop,
      outcome: 'done',
      changes: outcomes(shopChanges, ['done-before', 'done-before']),
      problems: [],
      backup: '.cf-errors/backup/2026-11-22T12-10-00Z-shop.example.com.json',
      versions: { from: '7', to: '8' },
    },
    { scope: acme, outcome: 'done', changes: [], problems: [] },
    {
      scope: blog,
      outcome: 'done',
      changes: outcomes(blogPlan.changes, []),
      problems: [],
      backup: '.cf-errors/backup/2026-11-22T12-10-00Z-blog.example.com.json',
      versions: { from: 'none', to: '1' },
    },
  ],
};

const refused = 'writing the rules of zone shop.example.com was refused: "unknown field http.hostt" (20127)';

export const brokenReceipt: Receipt = {
  target,
  fingerprint,
  problems: [],
  interrupted: 'SIGINT',
  scopes: [
    {
      scope: shop,
      outcome: 'incomplete',
      changes: [
        ...outcomes(shopChanges.slice(0, 3), []),
        {
          change: shopChanges[3] ?? shopRulesOnly(),
          outcome: 'failed',
          reason: refused,
        },
        {
          change: shopChanges[4] ?? shopRulesOnly(),
          outcome: 'skipped',
          reason: 'the rules that no longer name it were not written',
        },
      ],
      problems: [
        {
          code: 'cloudflare/no-permission',
          severity: 'error',
          message: refused,
          scope: 'zone shop.example.com',
        },
      ],
      backup: '.cf-errors/backup/2026-11-22T12-10-00Z-shop.example.com.json',
    },
    {
      scope: blog,
      outcome: 'stale',
      changes: blogPlan.changes.map((change) => ({ change, outcome: 'skipped' })),
      problems: [
        {
          code: 'apply/stale',
          severity: 'error',
          message: 'the rules are at version 13, the plan was made on version 12',
          hint: 'plan again and look at what changed',
          scope: 'zone blog.example.com',
        },
      ],
    },
    {
      scope: acme,
      outcome: 'skipped',
      changes: [{ change: shopRulesOnly(), outcome: 'skipped' }],
      problems: [],
    },
  ],
};
