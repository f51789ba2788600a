import { describe, expect, it } from 'vitest';
import { type Credentials, checkBaseUrl, connectWriter } from '../../src/cloudflare/cloudflare.ts';
import { ProblemError } from '../../src/problem/problem.ts';
import { eventLog, failureOf, no, optionsOf, type Reply, token, withWriter, yes, zone } from './scripted.ts';

const key = '0123456789abcdef0123456789abcdef01234';
const foreign = 'cfat_ABCDEFGHIJKLMNOPqrstuvwx';

/** Everything that a thrown error says, its causes and its stack as well. */
function textsOf(error: unknown): string {
  const { message, stack, cause } = error as Error;
  return JSON.stringify([error, message, stack, String(cause)]);
}

const echoes = (secret: string): readonly Reply[] => [
  no(403, { code: 10000, message: `bad token ${secret}`, source: { pointer: `/${secret}` } }),
  no(400, {
    message: `Authorization: Bearer ${secret}, also ${foreign}`,
    error_chain: [{ message: secret }],
  }),
  { status: 500, json: { success: false, errors: [{ message: secret }] }, headers: { 'cf-ray': secret } },
  { status: 200, text: 'x', headers: { 'content-type': `text/${secret}` } },
  yes({ version: '1', rules: [{ ref: secret, expression: 5, action: 'serve_error' }] }),
  yes([{ name: secret }]),
  'drop',
  'hang',
];

describe('a secret', () => {
  it.each([
    { kind: 'token', token },
    { kind: 'key', email: 'ops@example.com', key },
  ] as const satisfies readonly Credentials[])(
    'of kind $kind is sent, and said nowhere',
    async (credentials) => {
      const secret = credentials.kind === 'token' ? credentials.token : credentials.key;
      const scope = { ...zone, name: `zone-${secret}` };
      for (const reply of echoes(secret)) {
        const { events, onEvent } = eventLog();
        await withWriter(
          [reply],
          async ({ remote, validator }, { heard }) => {
            const errors = [
              await failureOf(remote.readRuleset(scope)),
              await failureOf(remote.putRuleset(scope, undefined, [])),
              await failureOf(remote.createAsset(scope, { name: secret, url: secret, description: secret })),
              await failureOf(remote.listAssets(scope)),
            ];
            const verdict = await validator
              .validateRuleset(scope, { rules: [] })
              .catch((error: unknown) => error);
            const said = [...errors.map(textsOf), textsOf(verdict), JSON.stringify([verdict, events])].join(
              '\n',
            );
            expect(said).not.toContain(secret);
            expect(said).not.toContain(foreign);
            for (const error of errors) expect(error).toBeInstanceOf(ProblemError);
            expect(JSON.stringify(heard[0]?.headers)).toContain(secret);
            expect(events.length).toBeGreaterThan(heard.length);
          },
          { credentials, onEvent, timeoutMs: reply === 'hang' ? 60 : 10_000 },
        );
      }
    },
  );

  it.each(['', 'two words', 'line\nbreak', 'ünïcode'])('that no header can carry is a problem: %j', (bad) => {
    for (const credentials of [
      { kind: 'token', token: bad },
      { kind: 'key', email: 'a@example.com', key: bad },
    ] as const) {
      const connect = (): unknown => connectWriter(optionsOf('http://127.0.0.1:1', { credentials }));
      expect(connect).toThrow(/cloudflare\/bad-credentials/);
    }
  });
});

describe('a base URL', () => {
  it.each([
    ['https://api.cloudflare.com/client/v4/', 'https://api.cloudflare.com/client/v4'],
    [' HTTPS://API.example.com// ', 'https://api.example.com'],
    ['http://127.0.0.1:8787/client/v4', 'http://127.0.0.1:8787/client/v4'],
    ['http://localhost:1', 'http://localhost:1'],
    ['http://[::1]:1/x', 'http://[::1]:1/x'],
  ])('%s is used as %s', (text, value) => {
    expect(checkBaseUrl(text)).toEqual({ value, problems: [] });
  });

  it.each([
    ['api.cloudflare.com', /is not a URL/],
    ['', /is not a URL/],
    ['http://api.cloudflare.com/client/v4', /plain http to another machine/],
    ['http://127.0.0.1.example.com', /plain http/],
    ['ftp://api.cloudflare.com', /neither https nor http/],
    [
      'https://user:hunter2@api.cloudflare.com?a=1#b',
      /holds credentials and holds a query and holds a fragment/,
    ],
    ['user:hunter2@api.cloudflare.com', /./],
  ])('%s is refused', (text, message) => {
    const { value, problems } = checkBaseUrl(text);
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'cloudflare/base-url', severity: 'error' }]);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.message).not.toContain('hunter2');
  });
});
