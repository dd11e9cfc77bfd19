import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', './scripts/closing-line.mjs'],
    include: ['test/e2e/**/*.test.ts'],
    // `npm run test:e2e:teams` runs these: they need Microsoft's local client.
    exclude: ['test/e2e/teams*.test.ts', 'node_modules/**'],
    // On a machine of its own a test that fails is told at once; elsewhere it is tried again, and named when that helps.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 180_000,
    hookTimeout: 400_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 1,
  },
});
