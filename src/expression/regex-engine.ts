import { createRequire } from 'node:module';
import type * as Re2 from 're2js';

let engine: typeof Re2 | undefined;

/**
 * The engine for regular expressions, loaded when the first one is evaluated: its tables take longer to load than most files
 * take to check. In the package the build puts the engine itself in the place of this file.
 */
export function regexEngine(): typeof Re2 {
  engine ??= createRequire(import.meta.url)('re2js') as typeof Re2;
  return engine;
}
