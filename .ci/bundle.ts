import type { Plugin, RolldownOptions } from 'rolldown';
import type { SchemaName } from '../src/schema/compile.ts';
import { standaloneValidators } from '../src/schema/standalone.ts';

/** Validators are generated here, so that nothing loads ajv or compiles a schema when it starts. */
const validators = (names: readonly SchemaName[]): Plugin => ({
  name: 'validators',
  load(id) {
    return id.endsWith('/src/schema/compile.ts')
      ? { code: standaloneValidators(names), moduleType: 'js' }
      : undefined;
  },
});

/** Copied in, but run only when it is first needed: `require` is the one import that a bundle does late and at once. */
const regexEngine: Plugin = {
  name: 'regex-engine',
  load(id) {
    return id.endsWith('/src/expression/regex-engine.ts')
      ? { code: "export function regexEngine() { return require('re2js'); }", moduleType: 'js' }
      : undefined;
  },
};

/** What every bundle of this package is made with, and those of its schemas that it reads values by. */
export const bundling = (names: readonly SchemaName[]): RolldownOptions => ({
  platform: 'node',
  plugins: [validators(names), regexEngine],
  // A warning is an error below, and how long something takes is a matter of the machine.
  checks: { bundlerTimings: false },
  onLog(level, log) {
    if (level === 'warn') throw new Error(log.message);
  },
});
