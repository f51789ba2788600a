import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Planned } from '../../src/app/app.ts';
import { diff } from '../../src/app/app.ts';
import { setOut } from './journey.ts';
import { changesOf } from './results.ts';

const example = (path: string): string =>
  readFileSync(new URL(`../../examples/two-zones/${path}`, import.meta.url), 'utf8');

/** A file alone tells of which account a zone is only where it says so. */
const before = example('custom-errors.yaml').replaceAll(
  /^ {2}\S*example\.com:$/gm,
  '$&\n    account: Acme Inc',
);

it('a comparison with a file says what a plan says where that file is live', async () => {
  const journey = await setOut({ zones: ['example.com', 'shop.example.com'] });
  const pages = { 'pages/maintenance.html': example('pages/maintenance.html') };
  journey.write({ ...pages, 'old.yaml': before });
  const config = (path: string) => ({ config: [path], zones: [], accounts: [] });
  await journey.apply({ selection: config('old.yaml') });
  for (const [from, to] of [
    ['eq 503', 'eq 502'],
    ['ge 500', 'ge 400'],
    ['Please try again later', 'Come back later'],
    ['      - *json\n', ''],
    ['errors/5xx.html', 'errors/5xx-2.html'],
  ] as const) {
    expect(before).toContain(from);
    journey.write({ 'new.yaml': before.replaceAll(from, to) });
    const planned = await journey.plan({ selection: config('new.yaml') });
    const side = (name: string) => ({ name, cwd: journey.cwd, config: [name] });
    const world = { cwd: journey.cwd, env: {}, readStdin: async () => new Uint8Array() };
    const request = { before: side('old.yaml'), after: side('new.yaml'), zones: [], accounts: [], allow: [] };
    const compared = await diff(request, world);
    expect(changesOf(planned)).not.toEqual([]);
    expect(changesOf(compared)).toEqual(changesOf(planned));
    expect(rowsOf(compared)).toEqual(rowsOf(planned));
  }
});

function rowsOf({ plan }: Planned): unknown {
  return plan?.scopes.map(({ behaviour }) => behaviour?.rows.map(({ words }) => words));
}
