import { defineConfig } from 'vitest/config';

/** `npm run test:faults`: every fault, crash and rate limit at full length; `npm test` runs a part of each. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    env: { FAULTS: 'full' },
    testTimeout: 300_000,
    hookTimeout: 30_000,
  },
});
