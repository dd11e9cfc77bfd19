import { describe, expect, it } from 'vitest';
import {
  addMoney,
  decimalToMicros,
  divideRounded,
  microsToDecimal,
  money,
  parseDecimal,
} from '../../src/core/money.ts';

describe('money', () => {
  it.each([
    ['0', 0n],
    ['1', 1_000_000n],
    ['-12.5', -12_500_000n],
    ['0.0000005', 1n],
    ['-0.0000005', -1n],
    ['0.00000049', 0n],
    ['1.2e-3', 1_200n],
    ['1E3', 1_000_000_000n],
    ['.5', 500_000n],
    ['99999999999.999999', 99_999_999_999_999_999n],
  ])('reads %s', (text, micros) => {
    expect(decimalToMicros(text)).toBe(micros);
  });

  it.each(['', 'abc', '1,000', '$5', '1.2.3', '--1', 'NaN', 'Infinity', '1e9999'])('refuses "%s"', (text) => {
    expect(() => decimalToMicros(text)).toThrow(/is not a decimal number/);
  });

  it('keeps every digit of a long decimal', () => {
    expect(parseDecimal('0.123456789012345678901')).toEqual({ digits: 123456789012345678901n, scale: 21 });
  });

  it.each([
    [0n, '0'],
    [1n, '0.000001'],
    [-1n, '-0.000001'],
    [1_500_000n, '1.5'],
    [-20_000_000n, '-20'],
  ])('writes %s micros', (micros, text) => {
    expect(microsToDecimal(micros)).toBe(text);
  });

  it('rounds halves away from zero on both sides', () => {
    expect([
      divideRounded(5n, 2n),
      divideRounded(-5n, 2n),
      divideRounded(4n, 3n),
      divideRounded(5n, -2n),
    ]).toEqual([3n, -3n, 1n, -3n]);
  });

  it('never adds two currencies', () => {
    expect(() => addMoney(money(1n, 'USD'), money(1n, 'EUR'))).toThrow('Cannot add USD and EUR');
    expect(addMoney(money(1n, 'USD'), money(2n, 'USD'))).toEqual({ micros: 3n, currency: 'USD' });
  });
});
