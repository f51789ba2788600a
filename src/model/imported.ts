import type { Problem } from '../problem/problem.ts';

/** What an import came to. */
export interface Imported {
  /** The YAML; undefined where nothing could be read. */
  readonly text: string | undefined;
  /** Paths of the files that were written, relative to the working directory. */
  readonly written: readonly string[];
  readonly problems: readonly Problem[];
  /** How many rules the file renames; with everything else equal, that is the proof of readable refs. */
  readonly renames: number;
  /** True when a plan of the text against what was read holds nothing but these renames. */
  readonly isProven: boolean;
}
