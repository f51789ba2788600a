import type { CodeEntry } from '../entry.ts';

export const applyCodes = {
} as const satisfies Record<`apply/${string}`, CodeEntry>;
