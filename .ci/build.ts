import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { rolldown } from 'rolldown';

/** Builds dist: the command, the library's door, and its types. */
rmSync('dist', { recursive: true, force: true });
const bundle = await rolldown({
  input: { 'cf-errors': 'src/cli/main.ts', index: 'src/index.ts' },
  platform: 'node',
  // What is installed beside the package is not copied into it.
  external: [/^[^./]/],
  onLog(level, log) {
    if (level === 'warn') throw new Error(log.message);
  },
});
await bundle.write({
  dir: 'dist',
  format: 'esm',
  chunkFileNames: 'chunks/[name]-[hash].js',
  sourcemap: false,
});
await bundle.close();
chmodSync('dist/cf-errors.js', 0o755);
const types = spawnSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '-p', '.ci/tsconfig.types.json'],
  {
    stdio: 'inherit',
  },
);
process.exitCode = types.status ?? 1;
