import { expect, test } from 'vitest';
import { addDecimals, formatDecimal, subtractDecimals } from '../../src/core/decimal.ts';

test.each([
  [-1250n, 3, '-1.25'],
  [0n, 3, '0'],
  [5n, 0, '5'],
  [7n, 6, '0.000007'],
  [12_000n, 2, '120'],
])('formatDecimal(%s, %i) is %s', (digits, scale, text) => expect(formatDecimal(digits, scale)).toBe(text));

test('sums are exact whatever the number of decimals', () => {
  expect(addDecimals('0.1', '0.2', '1e-18')).toBe('0.300000000000000001');
  expect(addDecimals('5', '-5.00')).toBe('0');
});

test('unknown adds nothing, and only unknowns stay unknown', () => {
  expect(addDecimals(null, '2.50')).toBe('2.5');
  expect(addDecimals(null, null)).toBeNull();
  expect(subtractDecimals('2', '0.5')).toBe('1.5');
  expect(subtractDecimals('2', null)).toBe('2');
});
