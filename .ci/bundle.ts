import type { Plugin, RolldownOptions } from 'rolldown';
import { standaloneValidators } from '../src/schema/standalone.ts';

/** Validators are generated here, so that nothing loads ajv or compiles a schema when it starts. */
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

/** What every bundle of this package is made with. */
export const bundling = {
  platform: 'node',
  plugins: [validators, regexEngine],
  // A warning is an error below, and how long something takes is a matter of the machine.
  checks: { bundlerTimings: false },
  onLog(level, log) {
    if (level === 'warn') throw new Error(log.message);
  },
} as const satisfies RolldownOptions;
