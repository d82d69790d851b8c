import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    // Scenario tests run the compiled command line; one build serves them all.
    globalSetup: ['test/global-setup.ts'],
  },
});
