/** Every detector keeps the contract; every file that defines one is registered. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DEFAULT_DETECTOR, detectors } from '../../../src/analysis/detectors/registry.ts';
import { testDetector } from '../../contracts/detector.ts';

for (const detector of detectors) testDetector(detector);

it('knows the default, and every file that defines a detector', () => {
  const ids = detectors.map(({ id }) => id);
  expect(ids).toContain(DEFAULT_DETECTOR);
  expect(new Set(ids).size).toBe(ids.length);
  const folder = join(import.meta.dirname, '../../../src/analysis/detectors');
  const defining = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && name !== 'types.ts')
    .filter((name) => /: Detector<|satisfies Detector</.test(readFileSync(join(folder, name), 'utf8')))
    .filter((name) => /\bid: '/.test(readFileSync(join(folder, name), 'utf8')));
  expect(defining.map((name) => name.replace(/\.ts$/, '')).sort()).toEqual([...ids].sort());
});
