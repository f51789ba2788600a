import type { CodeEntry } from '../entry.ts';

export const importCodes = {
} as const satisfies Record<`import/${string}`, CodeEntry>;
