import { expect, it } from 'vitest';
import { createConvert } from '../../src/analysis/convert.ts';

const convert = createConvert([
  { date: '2026-02-01', from: 'EUR', to: 'USD', rate: '1.20' },
  { date: '2026-01-01', from: 'EUR', to: 'USD', rate: '1.10' },
]);

it('takes the latest rate on or before the day', () => {
  expect(convert(10_000_000n, 'EUR', 'USD', '2026-01-31')).toBe(11_000_000n);
  expect(convert(10_000_000n, 'EUR', 'USD', '2026-02-01')).toBe(12_000_000n);
});

it('works backwards, and leaves the same currency alone', () => {
  expect(convert(12_000_000n, 'USD', 'EUR', '2026-03-01')).toBe(10_000_000n);
  expect(convert(7n, 'GBP', 'GBP', '2026-03-01')).toBe(7n);
});

it('is unknown without a rate, before the first rate, and is never chained', () => {
  expect(convert(1n, 'EUR', 'USD', '2025-12-31')).toBeUndefined();
  expect(convert(1n, 'GBP', 'USD', '2026-03-01')).toBeUndefined();
});

it('rounds half away from zero', () => {
  const half = createConvert([{ date: '2026-01-01', from: 'AAA', to: 'BBB', rate: '0.5' }]);
  expect([half(1n, 'AAA', 'BBB', '2026-01-01'), half(-1n, 'AAA', 'BBB', '2026-01-01')]).toEqual([1n, -1n]);
});
