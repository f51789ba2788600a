import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isId } from '../../src/model/scope.ts';
import type { Claimed } from '../../src/sandbox/sandbox.ts';
import type { Journey } from './journey.ts';

/** What the YAML claims, read without any of the product's own code. */
export function claimsOf({ cwd, cloudflare }: Journey, config: readonly string[]): readonly Claimed[] {
  const files =
    config.length > 0 ? config : readdirSync(cwd).filter((file) => /^custom-errors\.ya?ml$/.test(file));
  return files.flatMap((file) => {
    const { zones = {}, accounts = {} } = Object(
      parse(readFileSync(join(cwd, file), 'utf8'), { merge: true }),
    );
    const zone = (name: string, { account }: { account?: string }) => cloudflare.zone(name, account);
    return [...claimsIn(zones, zone), ...claimsIn(accounts, (name) => cloudflare.account(name))];
  });
}

function claimsIn(
  scopes: Readonly<Record<string, object>>,
  idOf: (name: string, scope: object) => string,
): readonly Claimed[] {
  return Object.entries(scopes).flatMap(([name, scope]) => {
    const kinds = (['assets', 'rules'] as const).filter((kind) => Object.hasOwn(scope, kind));
    const id = isId(name) ? name : idOf(name, scope);
    return kinds.map((kind) => ({ scope: id, kind }));
  });
}
