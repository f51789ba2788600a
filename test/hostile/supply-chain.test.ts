import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Everything that may be in the package; names of chunks end in a hash of their contents. */
const published = [
  /^(?:package\.json|README\.md|CHANGELOG\.md|LICENSE|SECURITY\.md)$/,
  /^dist\/(?:cf-errors\.js|index\.js|THIRD-PARTY\.txt)$/,
  /^dist\/chunks\/[a-z-]+-[\w-]{8}\.js$/,
  /^dist\/types\/(?:[a-z-]+\/)*[a-z-]+\.d\.ts$/,
  /^schemas\/[a-z-]+\.schema\.json$/,
];

describe('the package', () => {
  const packed = (): readonly { readonly path: string; readonly mode: number }[] => {
    // Scripts would build again, in the place that other tests run the command from.
    const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(output)[0].files;
  };

  it('holds what was meant to be in it and nothing else', () => {
    const files = packed();
    const paths = files.map((file) => file.path);
    expect(paths.filter((path) => !published.some((pattern) => pattern.test(path)))).toEqual([]);
    for (const needed of [
      'package.json',
      'README.md',
      'LICENSE',
      'SECURITY.md',
      'dist/cf-errors.js',
      'dist/index.js',
      'dist/THIRD-PARTY.txt',
      'dist/types/index.d.ts',
      'schemas/config.schema.json',
    ]) {
      expect(paths).toContain(needed);
    }
    expect(files.filter((file) => (file.mode & 0o111) !== 0).map((file) => file.path)).toEqual([
      'dist/cf-errors.js',
    ]);
    for (const path of paths.filter((one) => one.endsWith('.js'))) {
      expect(read(path)).not.toMatch(/\b(?:\/work\/|\/home\/|\/tmp\/)|sourceMappingURL/);
    }
  });

  it('runs nothing when somebody installs it, and depends on few others', () => {
    const { scripts, dependencies } = JSON.parse(read('package.json'));
    expect(Object.keys(scripts).filter((name) => /^(?:pre|post)?install$/.test(name))).toEqual([]);
    expect(Object.keys(dependencies)).toEqual(['undici']);
  });

  it('is built from packages of the public registry, each with its hash', () => {
    const { packages } = JSON.parse(read('package-lock.json'));
    const entries = Object.entries<Readonly<Record<string, string | boolean>>>(packages);
    for (const [name, { resolved, integrity, inBundle }] of entries) {
      if (name === '' || inBundle === true) continue;
      // An entry without an address comes from the registry that npm is set to.
      expect([name, resolved ?? 'https://registry.npmjs.org/']).toEqual([
        name,
        expect.stringMatching(/^https:\/\/registry\.npmjs\.org\//),
      ]);
      expect([name, integrity]).toEqual([name, expect.stringMatching(/^sha512-/)]);
    }
  });
});

describe('the workflows', () => {
  const workflows = globSync('.github/workflows/*.y{,a}ml', { cwd: root }).map((path) => [path] as const);

  it.each(workflows)('%s may read the code and no more, and uses actions by their commit', (path) => {
    const text = read(path);
    const { on, permissions, jobs } = parse(text);
    expect(permissions).toEqual({ contents: 'read' });
    expect(Object.keys(Object(on))).not.toContain('pull_request_target');
    for (const { permissions: more, steps, 'timeout-minutes': minutes } of Object.values<Job>(jobs)) {
      expect(Object.values(more ?? {}).filter((right) => right !== 'read')).toEqual([]);
      expect(minutes).toBeGreaterThan(0);
      for (const { uses = '', run = '', with: inputs } of steps) {
        if (uses !== '') expect(uses).toMatch(/^(?:\.\/|[\w./-]+@[0-9a-f]{40}$)/);
        if (uses.startsWith('actions/checkout@')) expect(inputs?.['persist-credentials']).toBe(false);
        // What a stranger can choose, such as a title, would be run.
        expect(run).not.toMatch(/\$\{\{\s*(?:github\.(?:event|head_ref)|inputs)/);
      }
    }
  });
});

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }[];
}
