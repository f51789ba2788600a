import { describe, expect, it } from 'vitest';
import { type Access, guard } from '../../src/cloudflare/access.ts';
import type { Method } from '../../src/cloudflare/call.ts';
import { connectReader, connectValidator } from '../../src/cloudflare/cloudflare.ts';
import { optionsOf } from './scripted.ts';

const entryPoint = '/zones/z/rulesets/phases/http_custom_errors/entrypoint';

const calls: readonly {
  readonly method: Method;
  readonly path: string;
  readonly dryRun?: string;
  readonly by: readonly Access[];
}[] = [
  { method: 'GET', path: '/zones', by: ['read', 'validate', 'write'] },
  { method: 'PUT', path: entryPoint, dryRun: 'true', by: ['validate', 'write'] },
  { method: 'PUT', path: entryPoint, dryRun: 'probe', by: ['validate', 'write'] },
  { method: 'PUT', path: entryPoint, dryRun: 'false', by: ['write'] },
  { method: 'PUT', path: entryPoint, by: ['write'] },
  { method: 'POST', path: entryPoint, dryRun: 'true', by: ['write'] },
  {
    method: 'PUT',
    path: '/zones/z/rulesets/phases/http_ratelimit/entrypoint',
    dryRun: 'true',
    by: ['write'],
  },
  { method: 'PUT', path: '/zones/z/custom_pages/assets/a', dryRun: 'true', by: ['write'] },
  { method: 'DELETE', path: '/zones/z/custom_pages/assets/a', by: ['write'] },
];

describe('access', () => {
  it.each(calls)('$method $path dry_run=$dryRun: $by', ({ method, path, dryRun, by }) => {
    const query = dryRun === undefined ? {} : { query: { dry_run: dryRun } };
    const call = { purpose: 'testing', subject: 'zones', method, path, ...query } as const;
    for (const access of ['read', 'validate', 'write'] as const) {
      const check = expect(() => guard(access, call));
      if (by.includes(access)) check.not.toThrow();
      else check.toThrow(`access "${access}" was asked to ${method}`);
    }
  });

  it('to read or to validate comes without a single method that writes', async () => {
    const options = optionsOf('http://127.0.0.1:1');
    const reader = connectReader(options);
    const validating = connectValidator(options);
    for (const { remote } of [reader, validating]) {
      expect(Object.keys(remote).toSorted()).toEqual([
        'listAssets',
        'readAsset',
        'readRuleset',
        'resolve',
        'target',
      ]);
    }
    expect(reader).not.toHaveProperty('validator');
    await Promise.all([reader.close(), validating.close()]);
  });
});
