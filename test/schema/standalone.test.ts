import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { expect, it } from 'vitest';
import * as live from '../../src/schema/schema.ts';
import { standaloneValidators } from '../../src/schema/standalone.ts';

const values = [
  null,
  [],
  { version: 1, zones: { 'a.com': { rules: [] } } },
  {
    version: 2,
    colour: 'blue',
    accounts: { A: { rules: [{ ref: '', content: 5, asset_name: 'x', status_code: 1 }] } },
  },
  { format: 'x', scopes: [{}] },
  { zones: [{ id: 1 }], accounts: {} },
];

it('bundles to validators that find the same faults, without ajv', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'standalone-'));
  try {
    const load = (id: string) => {
      if (!id.endsWith('/schema/compile.ts')) return null;
      return {
        code: standaloneValidators(['config', 'planFile', 'sandboxState']),
        moduleType: 'js' as const,
      };
    };
    const bundle = await rolldown({
      input: join(import.meta.dirname, '../../src/schema/schema.ts'),
      platform: 'node',
      plugins: [{ name: 'validators', load }],
    });
    const file = join(folder, 'schema.mjs');
    const { output } = await bundle.write({ file, format: 'esm' });
    const modules = output.flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []));
    expect(modules.filter((id) => /ajv\/dist\/(core|compile\/index)\.js/.test(id))).toEqual([]);
    const built: typeof live = await import(file);
    for (const value of values) {
      expect(built.checkConfig(value)).toEqual(live.checkConfig(value));
      expect(built.checkPlanFile(value)).toEqual(live.checkPlanFile(value));
      expect(built.checkSandboxState(value)).toEqual(live.checkSandboxState(value));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
