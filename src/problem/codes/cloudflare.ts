import type { CodeEntry } from '../entry.ts';

export const cloudflareCodes = {
} as const satisfies Record<`cloudflare/${string}`, CodeEntry>;
