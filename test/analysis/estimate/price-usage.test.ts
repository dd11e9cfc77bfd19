/** Known answers: tokens × list price, to the last digit. */
import { describe, expect, it } from 'vitest';
import { priceUsage } from '../../../src/analysis/estimate/price-usage.ts';
import { formatDecimal } from '../../../src/core/decimal.ts';
import type { TokenPrice } from '../../../src/core/settings.ts';

const price: TokenPrice = {
  provider: 'Anthropic',
  model: 'claude-*',
  currency: 'USD',
  from: '2026-01-01',
  input: '3',
  cachedInput: '0.30',
  cacheWrite: '3.75',
  cacheWrite1h: '6',
  output: '15',
  batchFactor: '0.5',
};

function cost(
  meter: string,
  quantity: bigint,
  tier = 'standard',
  of: TokenPrice = price,
): string | undefined {
  const attos = priceUsage({ meter, tier, quantity }, of);
  return attos === undefined ? undefined : formatDecimal(attos, 18);
}

describe('priceUsage', () => {
  it.each([
    ['uncached_input_tokens', 1_000_000n, '3'],
    ['uncached_input_tokens', 1n, '0.000003'],
    ['cached_input_tokens', 1_234_567n, '0.3703701'],
    ['cache_write_tokens', 80_001n, '0.30000375'],
    ['cache_write_1h_tokens', 500_000n, '3'],
    ['output_tokens', 7n, '0.000105'],
    ['requests', 9_000n, '0'],
  ])('%s: %s cost %s', (meter, quantity, expected) => {
    expect(cost(meter, quantity)).toBe(expected);
  });

  it('takes the batch factor off every kind of token', () => {
    expect(cost('cached_input_tokens', 1_234_567n, 'batch')).toBe('0.18518505');
    expect(cost('output_tokens', 1_000_000n, 'flex')).toBe('7.5');
  });

  it('knows no price for a priority tier, an unknown meter, or output that has none', () => {
    expect(cost('output_tokens', 5n, 'priority')).toBeUndefined();
    expect(cost('audio_seconds', 5n)).toBeUndefined();
    const { output: _, batchFactor: __, ...embedding } = price;
    expect(cost('output_tokens', 5n, 'standard', embedding)).toBeUndefined();
    expect(cost('uncached_input_tokens', 5n, 'batch', embedding)).toBeUndefined();
    expect(cost('output_tokens', 0n, 'standard', embedding)).toBe('0');
  });

  it('prices cached tokens as input where no price of their own is known', () => {
    const { cachedInput: _, cacheWrite1h: __, ...plain } = price;
    expect(cost('cached_input_tokens', 1_000_000n, 'standard', plain)).toBe('3');
    expect(cost('cache_write_1h_tokens', 1_000_000n, 'standard', plain)).toBe('3.75');
  });

  it('stays exact where a float would not', () => {
    const odd = { ...price, input: '0.1' };
    expect(cost('uncached_input_tokens', 9_007_199_254_740_993n, 'standard', odd)).toBe('900719925.4740993');
  });
});
