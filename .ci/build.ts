import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type OutputChunk, rolldown } from 'rolldown';
import manifest from '../package.json' with { type: 'json' };
import { bundling } from './bundle.ts';
import { thirdPartyNotice } from './third-party.ts';

const installed = Object.keys(manifest.dependencies);

/** Builds dist: the command, the library's door, its types, and the licences of what is copied into it. */
// The old dist stays in use until the new one is whole.
const fresh = `dist.${process.pid}`;
const bundle = await rolldown({
  ...bundling(['config', 'planFile', 'sandboxState']),
  input: { 'cf-errors': 'src/cli/main.ts', index: 'src/index.ts' },
  // A dependency is installed beside the package; everything else is copied in, because node resolves few files sooner.
  external: (id) => installed.some((name) => id === name || id.startsWith(`${name}/`)),
});
const { output } = await bundle.write({
  dir: fresh,
  format: 'esm',
  chunkFileNames: 'chunks/[name]-[hash].js',
  sourcemap: false,
});
await bundle.close();
chmodSync(`${fresh}/cf-errors.js`, 0o755);

const chunks = output.filter((one): one is OutputChunk => one.type === 'chunk');
writeFileSync(`${fresh}/THIRD-PARTY.txt`, thirdPartyNotice(chunks.flatMap((chunk) => chunk.moduleIds)));

const types = spawnSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '-p', '.ci/tsconfig.types.json', '--outDir', `${fresh}/types`],
  { stdio: 'inherit' },
);
if (types.status !== 0) throw new Error('the types of the library could not be written');
// The Action's files are in git and have a build of their own.
for (const name of ['action.js', 'action.THIRD-PARTY.txt'])
  if (existsSync(`dist/${name}`)) copyFileSync(`dist/${name}`, `${fresh}/${name}`);
rmSync('dist', { recursive: true, force: true });
renameSync(fresh, 'dist');
