import { describe, expect, it } from 'vitest';
import { setOut } from './journey.ts';
import { outcomesOf, planCodes } from './results.ts';

const rule = { ref: 'a', expression: 'http.new_field eq "x"', content: 'x', content_type: 'text/plain' };
const file = JSON.stringify({ version: 1, zones: { 'example.com': { rules: [rule] } } });
const unknown = 'expression/unknown-field';

/** What sandbox and checker share would hide a field that is newer than both. */
async function newerCloudflare() {
  const journey = await setOut();
  journey.cloudflare.sandbox.switches.acceptedExpressions = ['http.new_field'];
  journey.write(file);
  return journey;
}

describe('a finding that rests on tables', () => {
  it('is an error offline, and nothing is planned', async () => {
    const journey = await newerCloudflare();
    expect((await journey.validate()).problems).toMatchObject([{ code: unknown, severity: 'error' }]);
    const planned = await journey.plan();
    expect(planned.plan).toBeUndefined();
    expect(planCodes(planned)).toEqual([unknown]);
    expect(journey.sent()).toEqual([]);
  });

  it.each([unknown, `${unknown}@example.com`])('is let pass by --allow %s', async (allowed) => {
    const journey = await newerCloudflare();
    const { problems, counts } = await journey.validate({ allow: [allowed] });
    expect(problems).toMatchObject([{ code: unknown, severity: 'warning' }]);
    expect(counts).toMatchObject({ rules: 1 });
    expect(outcomesOf(await journey.apply({ allow: [allowed] }))).toEqual(['zone example.com rules: done']);
  });

  it('is a warning where Cloudflare, asked, accepts the rules', async () => {
    const journey = await newerCloudflare();
    const { problems } = await journey.validate({ online: { parallelism: 8 } });
    expect(problems).toMatchObject([{ code: unknown, severity: 'warning', span: { line: 1 } }]);
    expect(outcomesOf(await journey.apply({ online: true }))).toEqual(['zone example.com rules: done']);
  });

  it('stays an error where Cloudflare refuses them too, and apply writes nothing', async () => {
    const journey = await setOut();
    journey.write(file);
    const { problems } = await journey.validate({ online: { parallelism: 8 } });
    expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'error app/server-refused',
      `error ${unknown}`,
    ]);
    expect(outcomesOf(await journey.apply({ online: true }))).toEqual(['zone example.com rules: skipped']);
    expect(await journey.rules()).toEqual([]);
  });

  it('is said when nobody could be asked', async () => {
    const journey = await newerCloudflare();
    const body = { success: false, errors: [{ code: 10_000, message: 'no' }], messages: [], result: null };
    journey.hook = () => ({ kind: 'answer', status: 403, body });
    const { problems } = await journey.validate({ online: { parallelism: 8 } });
    expect(problems).toContainEqual(expect.objectContaining({ code: unknown, severity: 'error' }));
  });
});
