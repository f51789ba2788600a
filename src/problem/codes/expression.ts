import type { CodeEntry } from '../entry.ts';

export const expressionCodes = {
} as const satisfies Record<`expression/${string}`, CodeEntry>;
