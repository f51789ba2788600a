import { describe, expect, it } from 'vitest';
import { type ExplainRequest, explainError } from '../../src/app/app.ts';
import { explanationTerminal } from '../../src/render/render.ts';
import { sandboxWorld, type World } from '../sandbox/world.ts';
import { dashboardRule, entrypoint, showing } from './dashboard.ts';
import { summary } from './summary.ts';

const url = 'https://static.example.com/gone.html';

/** A zone with a rule for 500, an account with one for 404 that shows an asset, and one token that sees only the zone. */
async function setOut(): Promise<World> {
  const reach: string[] = [];
  const world = await sandboxWorld({ tokens: [{ token: 'all' }, { token: 'zone', scopes: reach }] });
  reach.push(world.zone());
  const account = `/accounts/${world.account()}`;
  await world.call('PUT', entrypoint(`/zones/${world.zone()}`), { rules: [dashboardRule('sorry')] });
  await world.call('POST', `${account}/custom_pages/assets`, { name: 'gone', url, description: '' });
  const gone = dashboardRule('gone', { ...showing('gone'), expression: 'http.response.code eq 404' });
  await world.call('PUT', entrypoint(account), { rules: [gone] });
  return world;
}

/** Asks what is live, and answers with the explanation, the problems' codes and the requests that were made. */
async function ask(world: World, token: string, request: Pick<ExplainRequest, 'scope' | 'visitor'>) {
  const env = { CLOUDFLARE_BASE_URL: world.baseUrl, CLOUDFLARE_API_TOKEN: token };
  const { explanation, problems } = await explainError(
    { config: [], allow: [], fields: [], live: { parallelism: 2 }, ...request },
    { cwd: '/nowhere', env, readStdin: () => Promise.reject(new Error('nothing is read')) },
  );
  return {
    explanation,
    codes: problems.map(({ code }) => code),
    requests: world.sandbox.log.map((one) => summary(one, world.sandbox.state())),
  };
}

const zone = { kind: 'zone', name: 'example.com' } as const;
const requests = ['GET zones name=example.com', 'GET zone example.com rules', 'GET account Acme Inc rules'];

describe('explain --live', () => {
  it('tries the rules of the zone, then those of its account, and finds the asset', async () => {
    await using world = await setOut();
    const asked = await ask(world, 'all', { scope: zone, visitor: { status: 404 } });
    expect(asked).toMatchObject({
      codes: [],
      explanation: {
        zone: 'example.com',
        account: 'Acme Inc',
        answer: { outcome: 'rule', winner: { scope: 'account', ref: 'gone', position: 1 } },
        assetUrl: url,
      },
      requests: [...requests, 'GET account Acme Inc assets/gone'],
    });
  });

  it('stands without the rules of an account that may not be read, and says why', async () => {
    await using world = await setOut();
    const { explanation, codes } = await ask(world, 'zone', { scope: zone, visitor: { status: 404 } });
    expect(codes).toEqual([]);
    expect(explanation).toMatchObject({ zone: 'example.com', answer: { outcome: 'none', lists: ['zone'] } });
    if (explanation === undefined) throw new Error('there is no explanation');
    const text = explanationTerminal(explanation, {
      color: false,
      width: 200,
      sandbox: false,
      sources: new Map(),
    });
    expect(text).toMatch(/– No zone rule answers\n {2}account rules were not tried: .*account/);
  });

  it('asks an account alone by its id with one request', async () => {
    await using world = await setOut();
    const scope = { kind: 'account', name: world.account() } as const;
    const asked = await ask(world, 'all', { scope, visitor: { status: 403 } });
    expect(asked).toMatchObject({
      explanation: { answer: { outcome: 'none', lists: ['account'] } },
      requests: ['GET account Acme Inc rules'],
    });
  });

  it('does not answer for a zone that is not there', async () => {
    await using world = await setOut();
    const scope = { kind: 'zone', name: 'missing.com' } as const;
    const { explanation, codes } = await ask(world, 'all', { scope, visitor: { status: 404 } });
    expect({ explanation, codes }).toEqual({ explanation: undefined, codes: ['cloudflare/zone-not-found'] });
  });

  it('does not guess what a rule of another action leaves to visitors', async () => {
    await using world = await sandboxWorld({ switches: { customErrorActions: ['serve_error', 'log'] } });
    const logs = { ref: 'logs', action: 'log', expression: 'ssl' };
    await world.call('PUT', entrypoint(`/zones/${world.zone()}`), { rules: [dashboardRule('sorry'), logs] });
    const { explanation, codes } = await ask(world, 'test', { scope: zone, visitor: { status: 500 } });
    expect({ explanation, codes }).toEqual({ explanation: undefined, codes: ['app/foreign-action'] });
  });
});
