import { defineConfig } from 'vitest/config';

/** Tests that run the built command as a process, and so need it built before they begin. */
const ofTheCommand = ['test/cli/**/*.test.ts', 'test/hostile/{process,supply-chain}.test.ts'];

/** The same for the Action. */
const ofTheAction = ['test/action/{bundle/**/*,story}.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'html'] },
    projects: [
      {
        extends: true,
        test: { name: 'rooms', include: ['test/**/*.test.ts'], exclude: [...ofTheCommand, ...ofTheAction] },
      },
      { extends: true, test: { name: 'command', include: ofTheCommand, globalSetup: ['test/cli/built.ts'] } },
      {
        extends: true,
        test: { name: 'action', include: ofTheAction, globalSetup: ['test/action/built.ts'] },
      },
    ],
  },
});
