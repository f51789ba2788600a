import { describe, expect, it } from 'vitest';
import { type ProblemCode, ProblemError, WriteError } from '../../src/problem/problem.ts';
import { account, failureOf, no, type Reply, withWriter, zone } from './scripted.ts';

const rules = [
  { ref: 'api_json', expression: 'true', serve: { source: { kind: 'asset', assetName: 'a' } } },
  { ref: 'branded', expression: 'fals', serve: { source: { kind: 'asset', assetName: 'a' } } },
] as const;

interface Case {
  readonly name: string;
  readonly reply: Reply;
  readonly code: ProblemCode;
  /** Of the entry point PUT; `refused` unless said otherwise. */
  readonly fate?: 'unknown';
  /** Attempts of the entry point GET and PUT; 1 unless said otherwise. */
  readonly attempts?: readonly [number, number];
  readonly says?: RegExp;
  readonly hints?: RegExp;
}

const html = '<html><body>Bad gateway</body></html>';

const cases: readonly Case[] = [
  {
    name: 'no permission',
    reply: no(403, { code: 10000, message: 'Authentication error' }),
    code: 'cloudflare/no-permission',
    says: /403, code 10000 "Authentication error"/,
    hints: /Custom Error Rules: (Read|Edit)/,
  },
  {
    name: 'codeless 403',
    reply: no(403, { message: 'request is not authorized' }),
    code: 'cloudflare/no-permission',
    says: /403, "request is not authorized"/,
  },
  {
    name: '9109 with 403',
    reply: no(403, { code: 9109, message: 'Unauthorized to access requested resource' }),
    code: 'cloudflare/no-permission',
  },
  {
    name: '9109 with 401',
    reply: no(401, { code: 9109, message: 'Invalid access token' }),
    code: 'cloudflare/not-signed-in',
  },
  {
    name: 'invalid token',
    reply: no(401, { code: 1000, message: 'Invalid API Token' }),
    code: 'cloudflare/not-signed-in',
  },
  {
    name: 'malformed header, with a chain',
    reply: no(400, {
      code: 6003,
      message: 'Invalid request headers',
      error_chain: [{ code: 6111, message: 'Invalid format for Authorization header' }],
    }),
    code: 'cloudflare/not-signed-in',
    says: /code 6003 ".*", code 6111 "Invalid format/,
  },
  {
    name: 'throttled for ever',
    reply: {
      status: 429,
      json: { success: false, errors: [{ code: 971, message: 'Please wait' }] },
      headers: { 'retry-after': '100' },
    },
    code: 'cloudflare/rate-limited',
    // The second call is held back: the pause is one for the whole connection.
    attempts: [4, 0],
  },
  {
    name: 'too many rules',
    reply: no(400, {
      code: 50001,
      message: 'exceeded the maximum number of rules in the phase http_custom_errors: 26 out of 25',
    }),
    code: 'cloudflare/over-quota',
    hints: /25 rules/,
  },
  {
    name: 'none allowed',
    reply: no(400, {
      code: 50001,
      message: 'exceeded the maximum number of rules in the phase http_custom_errors: 1 out of 0',
    }),
    code: 'cloudflare/not-in-plan',
  },
  {
    name: 'phase not entitled',
    reply: no(400, { code: 50002, message: 'no' }),
    code: 'cloudflare/not-in-plan',
  },
  {
    name: 'operator not entitled',
    reply: no(400, {
      message:
        'not entitled: the use of operator Matches is not allowed, a Business plan or a WAF Advanced plan is required',
    }),
    code: 'cloudflare/not-in-plan',
  },
  {
    name: 'expression by code',
    reply: no(400, { code: 20127, message: 'no', source: { pointer: '/rules/1/expression' } }),
    code: 'cloudflare/expression-refused',
  },
  {
    name: 'expression by text',
    reply: no(400, {
      message:
        "'fals' is not a valid value for expression because could not parse: Filter parsing error (1:1):\nfals\n^^^^ unknown identifier",
    }),
    code: 'cloudflare/expression-refused',
    says: /\(1:1\): fals \^\^\^\^ unknown/,
  },
  {
    name: 'logging',
    reply: no(400, { code: 20018, message: 'logging' }),
    code: 'cloudflare/refused',
    hints: /logging/,
  },
  {
    name: 'second entry point',
    reply: no(400, { code: 20217, message: 'exceeded maximum number of zone rulesets for phase' }),
    code: 'cloudflare/refused',
    hints: /plan again/,
  },
  {
    name: 'page fetch',
    reply: no(400, { code: 1202, message: 'Error fetching page: Fetch failed' }),
    code: 'cloudflare/page-not-fetched',
    hints: /WAF/,
  },
  {
    name: 'malformed identifier',
    reply: no(404, { code: 7003, message: 'Could not route to /zones/x' }),
    code: 'cloudflare/wrong-id',
  },
  {
    name: 'unknown refusal',
    reply: no(400, { code: 12345, message: 'nope' }),
    code: 'cloudflare/refused',
    says: /code 12345 "nope"/,
  },
  {
    name: 'errors null',
    reply: { status: 400, json: { success: false, errors: null, messages: null } },
    code: 'cloudflare/refused',
    says: /400, without a reason/,
  },
  { name: '200 that says no', reply: no(200, { code: 12345, message: 'nope' }), code: 'cloudflare/refused' },
  {
    name: 'server error',
    reply: no(500, { message: 'oops' }),
    code: 'cloudflare/server-error',
    fate: 'unknown',
    attempts: [4, 1],
  },
  {
    name: 'HTML of a gateway',
    reply: { status: 502, text: html },
    code: 'cloudflare/server-error',
    fate: 'unknown',
    attempts: [4, 1],
  },
  {
    name: 'HTML with 200',
    reply: { text: html },
    code: 'cloudflare/not-understood',
    fate: 'unknown',
    says: /200 and an HTML page/,
  },
  { name: 'HTML with 403', reply: { status: 403, text: html }, code: 'cloudflare/not-understood' },
  {
    name: 'cut off JSON',
    reply: { text: '{"success":true,"result":{"id"' },
    code: 'cloudflare/not-understood',
    fate: 'unknown',
    attempts: [4, 1],
    says: /cut off/,
  },
  {
    name: 'foreign JSON',
    reply: { json: { hello: 'world' } },
    code: 'cloudflare/not-understood',
    fate: 'unknown',
  },
  {
    name: 'a list for a ruleset',
    reply: { json: { success: true, result: [] } },
    code: 'cloudflare/not-understood',
    fate: 'unknown',
  },
  {
    name: 'nothing for a ruleset',
    reply: { status: 200, text: '' },
    code: 'cloudflare/not-understood',
    fate: 'unknown',
  },
  {
    name: 'redirect',
    reply: { status: 302, text: '', headers: { location: 'https://example.net/' } },
    code: 'cloudflare/redirected',
  },
  {
    name: 'broken connection',
    reply: 'drop',
    code: 'cloudflare/unreachable',
    fate: 'unknown',
    attempts: [4, 1],
  },
  { name: 'broken answer', reply: 'cut', code: 'cloudflare/unreachable', fate: 'unknown', attempts: [4, 1] },
  { name: 'no answer', reply: 'hang', code: 'cloudflare/timeout', fate: 'unknown', attempts: [4, 1] },
];

describe('a refusal', () => {
  it.each(cases)('$name', async ({ reply, code, fate = 'refused', attempts = [1, 1], says, hints }) => {
    await withWriter(
      [reply],
      async ({ remote }, { heard }) => {
        const reading = await failureOf(remote.readRuleset(zone));
        expect(reading).toBeInstanceOf(ProblemError);
        expect(reading).not.toBeInstanceOf(WriteError);
        expect(heard.length).toBe(attempts[0]);
        const writing = await failureOf(remote.putRuleset(zone, undefined, rules));
        if (!(writing instanceof WriteError)) throw writing;
        expect(writing.fate).toBe(fate);
        expect(heard.length).toBe(attempts[0] + attempts[1]);
        for (const error of [reading as ProblemError, writing]) {
          expect(error.problems.map((one) => one.code)).toEqual([code]);
          expect(error.problems[0]).toMatchObject({ severity: 'error', scope: 'zone example.com' });
          expect(error.message).toMatch(
            /(reading|writing) the rules of zone example\.com \((GET|PUT) \/zones\/…\/entrypoint\)/,
          );
          if (says !== undefined) expect(error.message).toMatch(says);
        }
        expect((reading as ProblemError).problems[0]?.hint).toMatch(hints ?? /./);
        expect(writing.problems[0]?.hint).toMatch(
          fate === 'unknown' ? /may have been written/ : (hints ?? /./),
        );
      },
      { timeoutMs: reply === 'hang' ? 60 : 10_000 },
    );
  });

  it('names the rule that a pointer means, one problem for each', async () => {
    const reply = no(
      400,
      { code: 20127, message: 'unknown identifier', source: { pointer: '/rules/1/expression' } },
      { code: 99, message: 'odd', source: { pointer: '/rules/0/action_parameters' } },
    );
    await withWriter([reply], async ({ remote }) => {
      const error = (await failureOf(remote.putRuleset(zone, undefined, rules))) as WriteError;
      expect(error.problems.map((one) => one.code)).toEqual([
        'cloudflare/expression-refused',
        'cloudflare/refused',
      ]);
      expect(error.problems[0]?.message).toContain('at rule "branded" (/rules/1/expression)');
      expect(error.problems[1]?.message).toContain('at rule "api_json" (/rules/0/action_parameters)');
    });
  });

  it('names the permission, with "probably" where no document settles it', async () => {
    await withWriter([no(403, { code: 10000, message: 'Authentication error' })], async ({ remote }) => {
      const hint = async (call: Promise<unknown>) =>
        ((await failureOf(call)) as ProblemError).problems[0]?.hint;
      expect(await hint(remote.readRuleset(zone))).toContain('needs "Custom Error Rules: Read"');
      expect(await hint(remote.deleteAsset(zone, 'a'))).toContain('needs "Custom Error Rules: Edit"');
      expect(await hint(remote.readRuleset(account))).toContain('probably needs "Account Rulesets: Read"');
      expect(await hint(remote.listAssets(account))).toMatch(/probably .*does not document/);
      const names = [
        { kind: 'zone', name: 'example.com' },
        { kind: 'account', name: 'Acme' },
        { kind: 'zone', name: zone.id },
      ] as const;
      const [zoneProblem, accountProblem, byId] = await remote.resolve(names);
      expect(zoneProblem).toMatchObject({ hint: expect.stringContaining('"Zone: Read"') });
      expect(accountProblem).toMatchObject({ hint: expect.stringContaining('probably') });
      // What was refused was the lists, and an id needs none.
      expect(byId).toEqual({ kind: 'zone', id: zone.id, name: zone.id });
    });
  });

  it('passes on the ray id of a failure', async () => {
    await withWriter(
      [{ status: 500, json: { success: false, errors: [] }, headers: { 'cf-ray': '8abc-FRA' } }],
      async ({ remote }) => {
        const error = (await failureOf(remote.readRuleset(zone))) as ProblemError;
        expect(error.problems[0]?.notes?.[0]?.message).toContain('8abc-FRA');
      },
    );
  });
});
