import { readFileSync, writeFileSync } from 'node:fs';
import { type OutputChunk, type Plugin, rolldown } from 'rolldown';
import { bundling, inPlaceOf, regexEngine, validators } from './bundle.ts';
import { thirdPartyNotice } from './third-party.ts';

/** The door of undici with what is used of it: the whole brings a browser's fetch, sockets and caches, a megabyte of them. */
const lessUndici: Plugin = {
  name: 'less-undici',
  load(id) {
    return /[\\/]undici[\\/]index\.js$/.test(id) ? { code: undiciDoor, moduleType: 'js' } : undefined;
  },
};

const undiciDoor = `
Object.assign(require('./lib/dispatcher/dispatcher').prototype, require('./lib/api'));
exports.Agent = require('./lib/dispatcher/agent');
exports.Pool = require('./lib/dispatcher/pool');
exports.errors = require('./lib/core/errors');
exports.interceptors = { redirect: require('./lib/interceptor/redirect') };
`;

/** What docs/problems.md says of each code, which nothing says when it runs: thirty kilobytes. */
const noExplanations: Plugin = {
  name: 'no-explanations',
  transform(code, id) {
    if (!/\/src\/problem\/codes\/[\w-]+\.ts$/.test(id)) return undefined;
    return code.replaceAll(
      /\b(title|explain|wrong|right):\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/g,
      "$1: ''",
    );
  },
};

/** No input of the Action asks for the embedded API. */
const noSandbox = inPlaceOf(
  'src/app/sandbox-host.ts',
  () => `
export async function openSandbox({ sandbox }) {
  if (sandbox !== undefined) throw new Error('the Action holds no sandbox');
}
export const hostSandbox = openSandbox;
`,
);

/** The files that GitHub runs: by path, their text. They are committed, because GitHub builds nothing. */
async function actionFiles(): Promise<Readonly<Record<string, string>>> {
  const bundle = await rolldown({
    ...bundling,
    input: { action: 'src/action/main.ts' },
    plugins: [validators(['config', 'planFile']), regexEngine, noSandbox, lessUndici, noExplanations],
    // What undici leaves out of the copy in Node too: a second parser of HTTP that is an experiment.
    transform: { define: { esbuildDetection: 'true' } },
  });
  const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false });
  await bundle.close();
  const chunks = output.filter((one): one is OutputChunk => one.type === 'chunk');
  const [chunk, ...others] = chunks;
  if (chunk === undefined || others.length > 0) throw new Error('the Action is not one file');
  return {
    'action.js': `// Built from src/action by "npm run build"; licences: action.THIRD-PARTY.txt\n${chunk.code}`,
    'action.THIRD-PARTY.txt': thirdPartyNotice(chunk.moduleIds),
  };
}

/** Writes them; with --check it only says whether those in dist are, byte for byte, what their sources give. */
const isCheck = process.argv.includes('--check');

for (const [name, text] of Object.entries(await actionFiles())) {
  const path = `dist/${name}`;
  if (textOf(path) === text) continue;
  if (isCheck) {
    console.error(`${path} is not what its sources give: run "npm run build" and commit it`);
    process.exitCode = 1;
  } else writeFileSync(path, text);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
