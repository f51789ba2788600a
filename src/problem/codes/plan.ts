import type { CodeEntry } from '../entry.ts';

export const planCodes = {
} as const satisfies Record<`plan/${string}`, CodeEntry>;
