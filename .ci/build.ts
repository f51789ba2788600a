import { spawnSync } from 'node:child_process';
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type OutputChunk, type Plugin, rolldown } from 'rolldown';
import manifest from '../package.json' with { type: 'json' };
import { standaloneValidators } from '../src/schema/standalone.ts';
import { thirdPartyNotice } from './third-party.ts';

const installed = Object.keys(manifest.dependencies);

/** Validators are generated here, so that the command neither loads ajv nor compiles a schema when it starts. */
const validators: Plugin = {
  name: 'validators',
  load(id) {
    return id.endsWith('/src/schema/compile.ts')
      ? { code: standaloneValidators(), moduleType: 'js' }
      : undefined;
  },
};

/** Copied in, but run only when it is first needed: `require` is the one import that a bundle does late and at once. */
const regexEngine: Plugin = {
  name: 'regex-engine',
  load(id) {
    return id.endsWith('/src/expression/regex-engine.ts')
      ? { code: "export function regexEngine() { return require('re2js'); }", moduleType: 'js' }
      : undefined;
  },
};

/** Builds dist: the command, the library's door, its types, and the licences of what is copied into it. */
// The old dist stays in use until the new one is whole.
const fresh = `dist.${process.pid}`;
const bundle = await rolldown({
  input: { 'cf-errors': 'src/cli/main.ts', index: 'src/index.ts' },
  platform: 'node',
  // A dependency is installed beside the package; everything else is copied in, because node resolves few files sooner.
  external: (id) => installed.some((name) => id === name || id.startsWith(`${name}/`)),
  plugins: [validators, regexEngine],
  // A warning is an error below, and how long something takes is a matter of the machine.
  checks: { bundlerTimings: false },
  onLog(level, log) {
    if (level === 'warn') throw new Error(log.message);
  },
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
rmSync('dist', { recursive: true, force: true });
renameSync(fresh, 'dist');
