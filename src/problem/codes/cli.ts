import type { CodeEntry } from '../entry.ts';

export const cliCodes = {
} as const satisfies Record<`cli/${string}`, CodeEntry>;
