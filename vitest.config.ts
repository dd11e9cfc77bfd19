import { defineConfig } from 'vitest/config';
import { APART, PUT_BACK } from './test/apart.ts';

const each = {
  // On a machine of its own a test that fails is told at once; elsewhere it is tried again, and named when that helps.
  retry: process.env.CI ? 1 : 0,
  testTimeout: 180_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 10_000 } },
};
const never = ['test/e2e/**', 'node_modules/**'];
const apart = APART.map(filesOf);
const putBack = PUT_BACK.map(filesOf);

/** The pattern of the tests of a file or folder. */
function filesOf(place: string): string {
  return place.endsWith('/') ? `${place}**/*.test.ts` : place;
}

export default defineConfig({
  test: {
    reporters: ['default', './scripts/closing-line.mjs'],
    globalSetup: ['./test/template-database.ts'],
    maxWorkers: 2,
    // A process per file, which loads every module again, takes longer than the tests of most files.
    projects: [
      {
        test: {
          ...each,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...never, ...apart, ...putBack],
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...each,
          name: 'put-back',
          include: putBack,
          isolate: false,
          restoreMocks: true,
          unstubEnvs: true,
          sequence: { groupOrder: 1 },
        },
      },
      { test: { ...each, name: 'apart', include: apart, sequence: { groupOrder: 2 } } },
    ],
  },
});
