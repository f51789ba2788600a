import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { opened, pushed, sha } from '../events.ts';
import { scene } from '../scene.ts';
import { inputsOf } from '../workflow.ts';
import { checkout, zones } from './files.ts';

// plan-and-apply.yml and drift.yml are played by the story; github-enterprise.yml gives the same inputs.

it('environments-with-approval.yml applies the plan that was handed on', async () => {
  const example = 'environments-with-approval.yml';
  const given = await scene(checkout);
  const event = pushed(sha('a merge'));
  const planned = await given.run({ event, inputs: inputsOf(example, 'plan') });
  expect(planned).toMatchObject({ code: 0, outputs: { changes: 'true' } });

  const temp = mkdtempSync(join(tmpdir(), 'cf-errors-artifact-'));
  onTestFinished(() => rmSync(temp, { recursive: true }));
  const { 'plan-file': path = '', ...rest } = inputsOf(example, 'apply', { 'runner.temp': temp });
  const artifact = path.replace('/plan/', '/');
  copyFileSync(planned.outputs['plan-path'] ?? '', artifact);
  const applied = await given.run({ event, inputs: { ...rest, 'plan-file': artifact } });
  expect(applied).toMatchObject({ code: 0, outputs: { fingerprint: planned.outputs.fingerprint } });
  expect(await given.liveRefs()).toEqual(['sorry']);
});

it('monorepo-matrix.yml keeps a comment for each site, and applies each as it was reviewed', async () => {
  const example = 'monorepo-matrix.yml';
  const sites = ['shop', 'blog'];
  const files = sites.map((site) => [`sites/${site}/custom-errors.yaml`, zones(`${site}.example`)]);
  const given = await scene(Object.fromEntries(files), { zones: sites.map((site) => `${site}.example`) });
  given.pull();
  const inputs = (job: string, site: string) => inputsOf(example, job, { 'matrix.site': site });
  for (const _ of [1, 2])
    for (const site of sites) await given.run({ event: opened(), inputs: inputs('plan', site) });
  expect(given.comments()).toMatchObject(
    sites.map((site) => ({ writes: 2, body: expect.stringContaining(site) })),
  );

  const event = pushed(given.merge());
  for (const site of sites)
    expect(await given.run({ event, job: 'apply', inputs: inputs('apply', site) })).toMatchObject({
      code: 0,
    });
  for (const site of sites) expect(await given.liveRefs(`${site}.example`)).toEqual(['sorry']);
});

it('github-enterprise.yml gives the same inputs as plan-and-apply.yml', () => {
  for (const job of ['plan', 'apply'])
    expect(inputsOf('github-enterprise.yml', job)).toEqual(inputsOf('plan-and-apply.yml', job));
});
