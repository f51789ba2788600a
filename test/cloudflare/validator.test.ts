import { describe, expect, it } from 'vitest';
import type { RulesetBody } from '../../src/model/plan.ts';
import { account, failureOf, type Heard, no, type Reply, withValidator, yes, zone } from './scripted.ts';

const body: RulesetBody = { rules: [] };
const understands = no(400, { message: "'probe' is not a valid value for dry_run" });

/** Answers the probe and the dry run, each in its way. */
const server =
  (probe: Reply, verdict: Reply = yes(null)) =>
  ({ query }: Heard): Reply =>
    query.get('dry_run') === 'probe' ? probe : verdict;

describe('a dry run', () => {
  it('comes after one probe per connection, and sends what a write would', async () => {
    await withValidator(server(understands), async ({ validator }, { heard }) => {
      const rule = {
        ref: 'r',
        expression: 'true',
        serve: { source: { kind: 'asset', assetName: 'a' } },
      } as const;
      const span = { file: 'f', line: 1, column: 1, endLine: 1, endColumn: 2 };
      const full: RulesetBody = { description: 'd', rules: [{ rule, origin: { item: span, keys: {} } }] };
      const verdicts = await Promise.all([
        validator.validateRuleset(zone, full),
        validator.validateRuleset(account, body),
      ]);
      expect(verdicts).toEqual([{ kind: 'accepted' }, { kind: 'accepted' }]);
      expect(heard.map((one) => [one.method, one.query.get('dry_run')])).toEqual([
        ['PUT', 'probe'],
        ['PUT', 'true'],
        ['PUT', 'true'],
      ]);
      expect(heard[0]?.body).toEqual({ rules: [{}] });
      expect(
        heard.find((one) => one.path.startsWith('/zones') && one.query.get('dry_run') === 'true')?.body,
      ).toEqual({
        description: 'd',
        rules: [
          {
            ref: 'r',
            action: 'serve_error',
            action_parameters: { asset_name: 'a' },
            expression: 'true',
            enabled: true,
          },
        ],
      });
    });
  });

  it('gives the refusals with their places', async () => {
    const verdict = no(
      400,
      { code: 20127, message: 'unknown identifier', source: { pointer: '/rules/0/expression' } },
      { message: 'not entitled' },
    );
    await withValidator(server(understands, verdict), async ({ validator }) => {
      expect(await validator.validateRuleset(zone, body)).toEqual({
        kind: 'refused',
        refusals: [
          { code: 20127, message: 'unknown identifier', pointer: '/rules/0/expression' },
          { message: 'not entitled' },
        ],
      });
    });
  });

  it.each([
    {
      name: 'the body is what is wrong',
      probe: no(400, { message: 'dry_run', source: { pointer: '/rules/0/action' } }),
    },
    { name: 'nobody names dry_run', probe: no(400, { message: 'rule 0 has no action' }) },
    {
      name: 'the query is only echoed',
      probe: no(400, { message: 'PUT …/entrypoint?dry_run=probe: rule 0 has no action' }),
    },
    { name: 'the probe is accepted', probe: yes(null) },
  ])('is not sent where $name', async ({ probe }) => {
    await withValidator(server(probe), async ({ validator, requests }) => {
      for (const scope of [zone, account]) {
        const verdict = await validator.validateRuleset(scope, body);
        expect(verdict).toMatchObject({
          kind: 'unavailable',
          reason: expect.stringContaining('does not understand'),
        });
      }
      expect(requests()).toBe(1);
    });
  });

  it.each([
    {
      name: 'a read-only token',
      reply: no(403, { code: 10000, message: 'Authentication error' }),
      says: '"Custom Error Rules: Edit"',
    },
    { name: 'a 5xx', reply: no(503, { message: 'busy' }), says: '503' },
    { name: 'a lost answer', reply: 'drop', says: 'broke off' },
  ] as const)('is unavailable after $name, which may differ for another scope', async ({ reply, says }) => {
    for (const script of [server(reply), server(understands, reply)]) {
      await withValidator(script, async ({ validator }) => {
        const verdict = await validator.validateRuleset(zone, body);
        expect(verdict).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining(says) });
      });
    }
    const onlyZone = (heard: Heard): Reply =>
      heard.path.startsWith('/zones') ? reply : server(understands)(heard);
    await withValidator(onlyZone, async ({ validator }) => {
      await validator.validateRuleset(zone, body);
      expect(await validator.validateRuleset(account, body)).toEqual({ kind: 'accepted' });
    });
  });

  it('that was carried out is fatal', async () => {
    const written = yes({ id: 'r', version: '2', rules: [] });
    for (const script of [server(written), server(understands, written)]) {
      await withValidator(script, async ({ validator }) => {
        const error = await failureOf(validator.validateRuleset(zone, body));
        expect(error).toMatchObject({
          problems: [{ code: 'cloudflare/dry-run-wrote', scope: 'zone example.com' }],
        });
      });
    }
  });
});
