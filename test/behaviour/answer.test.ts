import { describe, expect, it } from 'vitest';
import { answerTo } from '../../src/behaviour/behaviour.ts';
import type { Rule } from '../../src/model/body.ts';

function rule(ref: string, expression: string, more: Partial<Rule> = {}): Rule {
  return { ref, expression, serve: { source: { kind: 'asset', assetName: ref } }, ...more };
}

const shop = rule('shop', 'http.response.code eq 503 and (http.host eq "shop.example.com" or not ssl)');
const gone = rule('gone', 'http.response.code in {404 410}', {
  serve: { source: { kind: 'content', content: '{}' }, contentType: 'application/json', statusCode: 530 },
});

const code = { field: 'http.response.code', value: '404' };

describe('answerTo', () => {
  it('names the winner, what it serves, and which parts of the rules before it were false', () => {
    const off = rule('off', 'true', { enabled: false });
    const answer = answerTo(
      { zone: [off, shop], account: [rule('mobile', 'any(http.request.headers["x"][*] eq "m")'), gone] },
      { 'http.response.code': 404, 'http.host': 'example.com', 'http.request.headers': { x: ['d'] } },
    );
    expect(answer).toEqual({
      outcome: 'rule',
      winner: { scope: 'account', ref: 'gone', position: 2 },
      served: { status: 530, contentType: 'application/json', source: { kind: 'content', content: '{}' } },
      lists: ['zone', 'account'],
      steps: [
        { scope: 'zone', ref: 'off', position: 1, expression: 'true', outcome: 'disabled', parts: [] },
        {
          scope: 'zone',
          ref: 'shop',
          position: 2,
          expression: shop.expression,
          outcome: 'passed',
          parts: [{ text: 'http.response.code eq 503', result: false, reads: [code] }],
        },
        {
          scope: 'account',
          ref: 'mobile',
          position: 1,
          expression: 'any(http.request.headers["x"][*] eq "m")',
          outcome: 'passed',
          parts: [
            {
              text: 'any(http.request.headers["x"][*] eq "m")',
              result: false,
              reads: [{ field: 'http.request.headers["x"]', value: '["d"]' }],
            },
          ],
        },
        {
          scope: 'account',
          ref: 'gone',
          position: 2,
          expression: gone.expression,
          outcome: 'answers',
          parts: [{ text: 'http.response.code in {404 410}', result: true, reads: [code] }],
        },
      ],
    });
  });

  it('shows every false branch of an alternative, and the true part of a negation', () => {
    const { steps } = answerTo(
      { zone: [shop] },
      { 'http.response.code': 503, 'http.host': 'example.com', ssl: true },
    );
    expect(steps[0]?.parts).toEqual([
      {
        text: 'http.host eq "shop.example.com"',
        result: false,
        reads: [{ field: 'http.host', value: '"example.com"' }],
      },
      { text: 'ssl', result: true, reads: [{ field: 'ssl', value: 'true' }] },
    ]);
  });

  it.each([
    ['the first of two that match', { zone: [rule('a', 'true'), rule('b', 'true')] }, 'a'],
    ['a zone rule before an account rule', { account: [rule('b', 'true')], zone: [rule('a', 'true')] }, 'a'],
    ['nothing where no rule matches', { zone: [shop] }, undefined],
    ['nothing where there are no rules', { zone: [] }, undefined],
  ])('takes %s', (_, lists, ref) => {
    const answer = answerTo(lists, { 'http.response.code': 500 });
    expect(answer.outcome).toBe(ref === undefined ? 'none' : 'rule');
    expect(answer.winner?.ref).toBe(ref);
  });

  it('leaves responses below 400 alone', () => {
    expect(answerTo({ zone: [rule('a', 'true')] }, { 'http.response.code': 399 }).outcome).toBe('no-error');
    expect(answerTo({ zone: [rule('a', 'true')] }, { 'http.response.code': 400 }).outcome).toBe('rule');
  });

  it.each([
    ['a list', 'ip.src in $office', 'zone rule "doubt": what the list $office holds is not known'],
    ['a fault', 'http.response.code eq', 'zone rule "doubt": the expression is not valid'],
  ])('does not guess where a rule before the winner hangs on %s', (_, expression, reason) => {
    const answer = answerTo(
      { zone: [rule('doubt', expression), gone] },
      { 'http.response.code': 404, 'ip.src': '192.0.2.1' },
    );
    expect(answer.outcome).toBe('unknown');
    expect(answer.reason).toContain(reason);
    expect(answer.winner?.ref).toBe('gone');
  });

  it('wants a status', () => {
    expect(answerTo({ zone: [gone] }, {})).toMatchObject({
      outcome: 'unknown',
      reason: 'the status of the error is not given',
    });
  });
});
