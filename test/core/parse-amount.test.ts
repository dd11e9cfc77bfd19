import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { parseAmount } from '../../src/core/parse-amount.ts';

describe('an amount as people type it', () => {
  it.each([
    ['15000', 15_000_000_000n, 'USD'],
    ['15,000', 15_000_000_000n, 'USD'],
    ['1,234,567.89', 1_234_567_890_000n, 'USD'],
    ["15'000", 15_000_000_000n, 'USD'],
    ['15 000', 15_000_000_000n, 'USD'],
    ['15k', 15_000_000_000n, 'USD'],
    ['1.2M', 1_200_000_000_000n, 'USD'],
    ['$15,000', 15_000_000_000n, 'USD'],
    ['€2.5k', 2_500_000_000n, 'EUR'],
    ['2500 eur', 2_500_000_000n, 'EUR'],
    ['EUR 2500', 2_500_000_000n, 'EUR'],
    ['£99.50', 99_500_000n, 'GBP'],
    ['$15 CAD', 15_000_000n, 'CAD'],
    ['0.0001', 100n, 'USD'],
    ['$0.125', 125_000n, 'USD'],
  ])('%s', (text, micros, currency) => {
    expect(parseAmount(text, 'USD')).toEqual({ micros, currency });
  });

  it.each([
    ['1.500', 'could mean two things: 1500, or 1 and 500 thousandths'],
    ['1,5', 'could mean two things'],
    ['15.000,00', 'could mean two things'],
    ['-5', 'cannot be negative'],
    ['−5k', 'cannot be negative'],
    ['0', 'A budget of nothing'],
    ['0.0000001', 'is not an amount'],
    ['99999999999m', 'more than a trillion'],
    ['€5 USD', 'names two currencies'],
    ['1,00,000', 'is not an amount'],
    ['1.2.3', 'is not an amount'],
    ['lots', 'is not an amount'],
    ['', 'is not an amount'],
    ['1e9', 'is not an amount'],
  ])('%s is refused in words', (text, words) => {
    let error: unknown;
    try {
      parseAmount(text, 'USD');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).message).toContain(words);
    expect((error as AppError).hint).toBeTruthy();
  });
});
