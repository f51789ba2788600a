import type { Plugin, RolldownOptions } from 'rolldown';
import { standaloneValidators } from '../src/schema/standalone.ts';

/** Puts a text of JavaScript in the place of a module of ours, named by its path. */
export function inPlaceOf(path: string, code: () => string): Plugin {
  return {
    name: `in place of ${path}`,
    load: (id) => (id.endsWith(`/${path}`) ? { code: code(), moduleType: 'js' } : undefined),
  };
}

/** Validators are generated here, so that nothing loads ajv or compiles a schema when it starts. */
export function validators(...names: Parameters<typeof standaloneValidators>): Plugin {
  return inPlaceOf('src/schema/compile.ts', () => standaloneValidators(...names));
}

/** Copied in, but run only when it is first needed: `require` is the one import that a bundle does late and at once. */
export const regexEngine = inPlaceOf(
  'src/expression/regex-engine.ts',
  () => "export function regexEngine() { return require('re2js'); }",
);

/** What every bundle of this package is made with. */
export const bundling = {
  platform: 'node',
  // A warning is an error below, and how long something takes is a matter of the machine.
  checks: { bundlerTimings: false },
  onLog(level, log) {
    if (level === 'warn') throw new Error(log.message);
  },
} as const satisfies RolldownOptions;
