import { expect, test } from 'vitest';
import { monthBatches, monthsOf } from '../../src/sources/month-batches.ts';
import { testAccess, testRequest } from './stand-in/access.ts';

test('a window is cut at the ends of months, the newest first', () => {
  expect(monthsOf({ start: '2025-12-30', end: '2026-02-02' })).toEqual([
    { start: '2026-02-01', end: '2026-02-02' },
    { start: '2026-01-01', end: '2026-01-31' },
    { start: '2025-12-30', end: '2025-12-31' },
  ]);
  expect(monthsOf({ start: '2026-03-01', end: '2026-03-01' })).toEqual([
    { start: '2026-03-01', end: '2026-03-01' },
  ]);
});

test('days that are left out are named up to a few, and none that is not due', async () => {
  const window = { start: '2026-11-12', end: '2026-11-21' };
  const request = testRequest(testAccess({}), window);
  const report = {
    vendor: 'Acme',
    warnings: [],
    async *costs() {
      // A day that was not asked for says nothing about those that were.
      yield [{ day: '2026-11-11', rows: [{}] }];
    },
    charge: () => expect.fail('a charge outside of the window'),
  };
  for await (const batch of monthBatches(request, report)) {
    for await (const charges of batch.charges) expect(charges).toEqual([]);
    expect(batch.lateWarnings?.()).toEqual([
      'Acme says nothing about 2026-11-12, 2026-11-13, 2026-11-14 and 5 more days: what it cost is unknown.',
    ]);
    expect(batch.usage).toBeUndefined();
  }
});
