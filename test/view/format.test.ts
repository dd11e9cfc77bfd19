import { describe, expect, it } from 'vitest';
import {
  formatChange,
  formatDay,
  formatMoney,
  formatPeriod,
  formatRange,
  formatRatio,
  formatShare,
  shortResource,
} from '../../src/view/format.ts';

describe('format', () => {
  it.each([
    [12_480_123_456n, 'USD', '$12,480'],
    [41_200_000n, 'USD', '$41.20'],
    [-640_000_000n, 'USD', '−$640'],
    [412_000n, 'USD', '$0.41'],
    [4_120n, 'USD', '$0.0041'],
    [1n, 'USD', '$0.000001'],
    [0n, 'USD', '$0'],
    [null, 'USD', 'unknown'],
    [1_234_000_000n, 'EUR', '€1,234'],
    [1_234_000_000n, 'TOKENS', '1,234 TOKENS'],
  ])('%s %s is %s', (micros, currency, text) => {
    expect(formatMoney(micros, currency)).toBe(text);
  });

  it('writes changes with sign, percent and money', () => {
    const change = (micros: bigint | null, changeRatio: number | null, previous: bigint | null = 1n) =>
      formatChange({ change: micros, changeRatio, previous }, 'USD');
    expect(change(1_904_000_000n, 0.18)).toBe('+18 % (+$1,904)');
    expect(change(-640_000_000n, -0.041)).toBe('−4.1 % (−$640)');
    expect(change(5_000_000n, null, 0n)).toBe('new (+$5.00)');
    expect(change(5_000_000n, null, -5_000_000n)).toBe('+$5.00');
    expect(change(0n, 0)).toBe('flat');
    expect(change(null, null, null)).toBe('unknown');
    expect([formatRatio(12.5), formatRatio(0.0001), formatRatio(-0.5)]).toEqual([
      '+1,250 %',
      '±0 %',
      '−50 %',
    ]);
  });

  it('shortens resources to their telling end', () => {
    expect(shortResource('arn:aws:sagemaker:us-east-1:730146285519:training-job/bert-retrain-7')).toBe(
      'training-job/bert-retrain-7',
    );
    expect(shortResource('//aiplatform.googleapis.com/projects/5/locations/eu/customJobs/52')).toBe(
      'customJobs/52',
    );
    expect(
      shortResource('/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm-1'),
    ).toBe('virtualMachines/vm-1');
    expect([shortResource('i-095e3ce41b2fe56bf'), shortResource('')]).toEqual(['i-095e3ce41b2fe56bf', '']);
  });

  it('writes shares', () => {
    expect([formatShare(0.834), formatShare(0.001), formatShare(0), formatShare(null)]).toEqual([
      '83 %',
      '<1 %',
      '0 %',
      'unknown',
    ]);
  });

  it('writes days and ranges, with the year only when it is another', () => {
    expect(formatDay('2026-11-16', '2026-11-21')).toBe('Mon 16 Nov');
    expect(formatRange({ start: '2026-11-11', end: '2026-11-17' }, '2026-11-21')).toBe('11–17 Nov');
    expect(formatRange({ start: '2026-10-28', end: '2026-11-03' }, '2026-11-21')).toBe('28 Oct – 3 Nov');
    expect(formatRange({ start: '2025-12-28', end: '2026-01-03' }, '2026-11-21')).toBe('28 Dec 2025 – 3 Jan');
    expect(formatRange({ start: '2024-09-01', end: '2024-09-30' }, '2026-11-21')).toBe('1–30 Sep 2024');
    expect(
      formatPeriod(
        { kind: 'month', month: '2024-09' },
        { start: '2024-09-01', end: '2024-09-30' },
        '2026-11-21',
      ),
    ).toBe('in September 2024');
  });
});
