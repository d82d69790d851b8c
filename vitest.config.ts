import { defineConfig } from 'vitest/config';

const results = process.env['TEST_RESULTS'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    // .ci/run counts the tests from a file.
    reporters: results === undefined ? ['default'] : ['default', ['json', { outputFile: results }]],
    // Scenario tests run the compiled command line; one build serves them all.
    globalSetup: ['test/global-setup.ts'],
  },
});
