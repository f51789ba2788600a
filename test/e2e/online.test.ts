import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { planProblems } from '../../src/model/plan.ts';
import type { Problem } from '../../src/problem/problem.ts';
import { type Journey, setOut } from './journey.ts';
import { codesOf } from './results.ts';

const file = `version: 1
zones:
  example.com:
    assets:
      - { name: page, url: https://static.example.com/page.html }
    rules:
      - ref: first
        expression: http.response.code eq 500
        asset_name: page
      - ref: second
        expression: http.response.code eq 501
        content_type: text/plain
        content: Sorry
`;

async function problemsOnline(journey: Journey): Promise<readonly Problem[]> {
  const { plan, problems } = await journey.plan({ online: true });
  return [...problems, ...(plan === undefined ? [] : planProblems(plan))];
}

describe("Cloudflare's own verdict", () => {
  it('stands at the YAML line that it belongs to', async () => {
    const rejectedExpressions = [{ text: 'eq 501', reason: 'we do not like 501' }];
    const journey = await setOut({ switches: { rejectedExpressions } });
    journey.write(
      file.replace(/ {8}asset_name: page/, '        content_type: text/plain\n        content: A'),
    );
    const [refused] = await problemsOnline(journey);
    expect(refused).toMatchObject({ code: 'app/server-refused', span: { line: 12, column: 21 } });
    expect(refused?.message).toContain('we do not like 501');
  });

  it('on an asset that the plan creates is left for apply', async () => {
    const journey = await setOut();
    journey.write(file);
    const [later] = await problemsOnline(journey);
    expect(later).toMatchObject({ code: 'app/checked-at-apply', span: { line: 9 } });
  });

  it('is not to be had where the token may not write', async () => {
    const journey = await setOut({
      tokens: [{ token: 'test', permissions: ['zones:read', 'rules:read', 'assets:read'] }],
    });
    journey.write(file);
    expect(codesOf(await problemsOnline(journey))).toEqual(['app/server-check-unavailable']);
  });

  it('is not asked for, and nothing is written, where the server does not understand a dry run', async () => {
    const journey = await setOut();
    journey.hook = (name, { method }) =>
      method === 'PUT'
        ? {
            kind: 'answer',
            status: 400,
            body: { success: false, errors: [{ message: name }], messages: [], result: null },
          }
        : undefined;
    journey.write(file);
    expect(codesOf(await problemsOnline(journey))).toEqual(['app/server-check-unavailable']);
    expect(journey.sent().filter((one) => one.startsWith('PUT'))).toHaveLength(1);
  });
});

describe('the look at pages that will be written', () => {
  const answers: readonly [
    what: string,
    status: number,
    type: string,
    body: string,
    complaint: string | undefined,
  ][] = [
    ['a page', 200, 'text/html; charset=utf-8', '<p>sorry</p>', undefined],
    ['JSON', 200, 'application/json', '{}', undefined],
    ['an error', 404, 'text/html', '<p>none</p>', 'answers with status 404'],
    ['nothing', 200, 'text/html', '', 'answers with an empty body'],
    ['an image', 200, 'image/png', 'x', 'answers with the type "image/png"'],
  ];

  it.each(answers)(
    'warns of %s only where it should not be shown',
    async (_what, status, type, body, complaint) => {
      const server = createServer((_, response) => {
        response.writeHead(status, { 'content-type': type }).end(body);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/page.html`;
      const journey = await setOut();
      journey.write(file.replace('https://static.example.com/page.html', url));
      const { plan } = await journey.plan({ probe: true });
      const found = plan === undefined ? [] : planProblems(plan);
      expect(codesOf(found)).toEqual(complaint === undefined ? [] : ['app/page-probe']);
      if (complaint !== undefined) {
        expect(found[0]?.message).toContain(complaint);
        expect(found[0]?.span).toMatchObject({ line: 5 });
      }
    },
  );
});
