import { describe, expect, it } from 'vitest';
import { checkExchanges, type Exchange, openapiPath, skipped } from './contract.ts';

const id = '023e105f4ecef8ad9ca31a8372d0c353';
const envelope = { success: true, errors: [], messages: [] };
const stamp = '2026-01-01T00:00:00Z';
const asset = { name: 'a', description: '', url: 'https://a.example/', last_updated: stamp, size_bytes: 1 };
const rule = {
  ref: 'a',
  action: 'serve_error',
  action_parameters: { asset_name: 'a', content_type: 'text/html' },
  expression: 'ssl',
  enabled: true,
};
const answered = { ...rule, id, version: '1', last_updated: stamp };
const ruleset = {
  id,
  name: 'default',
  kind: 'zone',
  phase: 'http_custom_errors',
  version: '1',
  last_updated: stamp,
  rules: [answered],
};
const put: Exchange = {
  method: 'PUT',
  path: `/zones/${id}/rulesets/phases/http_custom_errors/entrypoint`,
  query: {},
  requestBody: { rules: [rule] },
  status: 200,
  responseBody: { ...envelope, result: ruleset },
};
const create: Exchange = {
  method: 'POST',
  path: `/zones/${id}/custom_pages/assets`,
  query: {},
  requestBody: { name: 'a', description: '', url: 'https://a.example/' },
  status: 200,
  responseBody: { ...envelope, result: asset },
};
const list: Exchange = {
  method: 'GET',
  path: '/zones',
  query: { name: 'example.com', per_page: '50', type: 'full,partial' },
  requestBody: undefined,
  status: 200,
  responseBody: { ...envelope, result: [] },
};
const remove: Exchange = {
  ...create,
  method: 'DELETE',
  path: `${create.path}/a`,
  requestBody: undefined,
  status: 204,
  responseBody: undefined,
};

const withRule = (more: object): Exchange => ({ ...put, requestBody: { rules: [{ ...rule, ...more }] } });
const withParameters = (action_parameters: object) => withRule({ action_parameters });

const isUnset = openapiPath() === undefined;
if (isUnset) it.skip(skipped);

describe.skipIf(isUnset)('the check against the OpenAPI document of Cloudflare', () => {
  it.each<[string, Exchange]>([
    ['a ruleset', put],
    ['an asset', create],
    ['a list', list],
    ['a deletion', remove],
    ['a dry run', { ...put, query: { dry_run: 'true' }, responseBody: { ...envelope, result: null } }],
    ['an asset without a type', withParameters({ asset_name: 'a' })],
    ['a lost answer', { ...put, status: 0, responseBody: undefined }],
  ])('has nothing to say of %s', (_, exchange) => {
    expect(checkExchanges([exchange])).toEqual([]);
  });

  it.each<[string, Exchange, string]>([
    ['an unknown operation', { ...list, path: '/zone' }, 'no such operation'],
    ['a page that is too large', { ...list, query: { per_page: '51' } }, 'per_page does not take 51'],
    ['a page that is no number', { ...list, query: { page: 'x' } }, 'page does not take x'],
    ['an unknown parameter', { ...list, query: { zone: 'x' } }, 'zone is not declared'],
    ['a dry run of an asset', { ...create, query: { dry_run: 'true' } }, 'dry_run is not declared'],
    ['a malformed id', { ...put, path: put.path.replace(id, 'x') }, 'no path parameter takes x'],
    ['a body where none belongs', { ...remove, requestBody: {} }, 'a body where the operation has none'],
    ['an answer where none belongs', { ...remove, responseBody: {} }, 'a body where the answer has none'],
    ['a status that is not declared', { ...create, status: 201 }, '201 is not declared'],
    ['no description', { ...create, requestBody: { name: 'a', url: 'https://a.example/' } }, 'description'],
    ['a hyphen', { ...create, requestBody: { ...asset, name: 'a-b' } }, 'pattern'],
    ['an answer without an envelope', { ...create, responseBody: { result: asset, errors: [] } }, 'success'],
    ['a read-only key', withRule({ version: '1' }), '/version boolean schema is false'],
    [
      'an answer without a ref',
      {
        ...put,
        responseBody: { ...envelope, result: { ...ruleset, rules: [{ ...answered, ref: undefined }] } },
      },
      'ref',
    ],
    ['no content type', withParameters({ content: 'x' }), 'content_type'],
    ['a low status', withParameters({ ...rule.action_parameters, status_code: 200 }), '>= 400'],
    ['two sources', withParameters({ ...rule.action_parameters, content: 'x' }), 'none or several'],
  ])('tells of %s', (_, exchange, words) => {
    expect(checkExchanges([exchange]).join('\n')).toContain(words);
  });
});
