import { explainVisitor, type RuleSources } from '../../src/behaviour/behaviour.ts';
import type { Rule } from '../../src/model/body.ts';
import type { VisitorExplanation } from '../../src/model/visitor.ts';

function asset(ref: string, expression: string): Rule {
  return { ref, expression, serve: { source: { kind: 'asset', assetName: 'error_5xx' } } };
}

function content(ref: string, expression: string, text: string): Rule {
  const contentType = text.startsWith('{') ? 'application/json' : 'text/html';
  return { ref, expression, serve: { source: { kind: 'content', content: text }, contentType } };
}

const html = `<!DOCTYPE html>
<html lang="en">
  <head><title>Maintenance</title><style>p { color: red }</style></head>
  <body><h1>Back soon</h1><p>We are working on it.</p></body>
</html>
`;

const zone = {
  name: 'example.com',
  rules: [
    content(
      'api_json',
      'http.response.code ge 500 and starts_with(http.request.uri.path, "/api/")',
      '{"a":1}',
    ),
    { ...content('campaign', 'true', html), enabled: false },
    content(
      'mobile',
      'any(http.request.headers["x-app"][*] eq "mobile") or http.host in {"m.example.com" "app.example.com"} or (http.request.uri.path.extension eq "json" and not ssl)',
      '{"b":2}',
    ),
    content('bots', 'cf.bot_management.score lt 30 and ip.src.country eq "DE"', '{"c":3}'),
    asset('branded_5xx', 'http.response.code ge 500'),
    content('maintenance', 'http.response.code eq 503', html),
  ],
  assets: [{ name: 'error_5xx', url: 'https://static.example.com/errors/5xx.html', description: '' }],
};

const account = { name: 'Acme Inc', rules: [content('gone', 'http.response.code in {404 410}', html)] };
const sources: RuleSources = { zone, account };
const human = { country: 'FR', fields: { 'cf.bot_management.score': 90 } };

/** An asset answers, after rules of every kind were passed. */
export const answered = explainVisitor({ status: 503, error1xxx: 1105, path: '/x?y=1', ...human }, sources);

/** A rule before the one that answers cannot be told. */
export const doubtful = explainVisitor({ status: 502 }, sources);

/** A page of the account answers. */
export const ofAccount = explainVisitor(
  {
    status: 404,
    host: 'shop.example.com',
    method: 'POST',
    ip: '192.0.2.1',
    ...human,
    requestHeaders: { accept: ['text/html'] },
  },
  sources,
);

/** No rule answers, as far as is known. */
export const unanswered = explainVisitor(
  { status: 403, ...human },
  { zone, untried: 'the file does not say which account example.com is in' },
);

/** One rule is in doubt, and no other would answer. */
export const open = explainVisitor(
  { status: 503 },
  {
    zone: { ...zone, rules: zone.rules.slice(3, 4) },
    untried: 'the file does not say which account example.com is in',
  },
);

/** No rule is asked. */
export const noError = explainVisitor({ status: 302 }, sources);

/** Foreign text wherever it can stand. */
export function foreign(text: string): VisitorExplanation {
  return explainVisitor(
    {
      status: 503,
      ...{ host: text, path: text, method: text, country: text, ip: text },
      requestHeaders: { [text]: [text] },
      responseHeaders: { 'content-type': [text] },
      fields: { 'cf.ray_id': text },
    },
    {
      zone: {
        name: text,
        rules: [
          content(text, text, text),
          content(text, `http.host eq "a" and any(http.response.headers["content-type"][*] eq "a")`, text),
          content(text, 'http.cookie eq "a"', text),
          content(text, 'true', text),
        ],
      },
      untried: text,
    },
  );
}
