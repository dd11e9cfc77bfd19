import { describe, expect, it } from 'vitest';
import type { UnitCost } from '../../src/core/usage.ts';
import {
  formatQuantity,
  formatUnitAmount,
  formatUnitCost,
  formatUnitCostChange,
} from '../../src/view/format-unit-cost.ts';

const UNIT: UnitCost = {
  metric: 'requests',
  per: '1k requests',
  attos: 412_300_000_000_000_000n,
  previousAttos: null,
  changeRatio: null,
  quantity: null,
  previousQuantity: null,
};

describe('unit costs', () => {
  it.each([
    [412_300_000_000_000_000n, '$0.412'],
    [2_914_000_000_000_000_000n, '$2.91'],
    [12_345_000_000_000_000_000n, '$12.3'],
    [123_450_000_000_000_000_000n, '$123'],
    [1_234_560_000_000_000_000_000n, '$1,235'],
    [999_900_000_000_000_000n, '$1.00'],
    [4_123_000_000_000_000n, '$0.00412'],
    [41_234_000_000n, '$0.0000000412'],
    [-412_300_000_000_000_000n, '−$0.412'],
    [0n, '$0'],
  ])('%s is %s', (attos, text) => expect(formatUnitAmount(attos, 'USD')).toBe(text));

  it('are written with what they are per, and their change', () => {
    expect(formatUnitCost(UNIT, 'EUR')).toBe('€0.412 per 1k requests');
    expect(formatUnitCost(UNIT, 'CREDITS')).toBe('0.412 CREDITS per 1k requests');
    expect(formatUnitCostChange({ ...UNIT, changeRatio: -0.06 }, 'USD')).toBe(
      '$0.412 per 1k requests (−6 %)',
    );
  });

  it('are unknown with the reason, never zero', () => {
    const unknown = { ...UNIT, attos: null, changeRatio: null };
    expect(formatUnitCostChange({ ...unknown, unknown: 'no usage data' }, 'USD')).toBe(
      'unknown (no usage data)',
    );
    expect(formatUnitCost(unknown, 'USD')).toBe('unknown');
  });
});

describe('quantities', () => {
  it.each([
    ['requests', 1_204_417_000_000n, '1.2M requests'],
    ['tokens', 45_130_000_000_000_000n, '45.1B tokens'],
    ['gpu_hours', 96_500_000n, '96.5 GPU-hours'],
    ['epochs', 8_543_000_000n, '8,543 epochs'],
    ['quality', 914_200n, 'quality 0.9142'],
    ['requests', null, 'unknown requests'],
  ] as const)('%s %s is %s', (metric, micros, text) => expect(formatQuantity(metric, micros)).toBe(text));
});
