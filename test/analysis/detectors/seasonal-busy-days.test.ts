/** Series that are quiet on some days and busy on others: the seasonal detector knows how busy they get. */
import { describe, expect, it } from 'vitest';
import { alarms, dice, incidents, judged, row } from './seasonal-series.ts';

const LENGTH = 200;
const AT = 160;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

/** 60 % of the days about 100, the others nothing; one of them, `factor` times as much. */
function zeroInflated(seed: number, factor = 1): Float64Array {
  const { chance, normal } = dice(seed);
  return row(LENGTH, (index) => {
    const busy = chance() < 0.6;
    const size = 100 * Math.exp(0.1 * normal());
    if (index === AT) return factor * 100;
    return busy ? size : 0;
  });
}

/** A tenth all the time and a job of about 100 every sixth day. */
function bursty(seed: number, factor = 1): Float64Array {
  const { normal } = dice(seed);
  return row(
    LENGTH,
    (index) =>
      10 * Math.exp(0.1 * normal()) +
      (index % 6 === 4 ? 100 * Math.exp(0.1 * normal()) * (index === AT + 6 ? factor : 1) : 0),
  );
}

describe('a series with idle days', () => {
  it('a day of twice the usual size is found', () => {
    const found = SEEDS.filter((seed) => alarms(zeroInflated(seed, 2)).includes(AT));
    expect(found.length).toBeGreaterThanOrEqual(7);
  });

  it('a busy day of usual size is no news, and the band ends not far above it', () => {
    for (const seed of SEEDS) {
      const values = zeroInflated(seed);
      expect(alarms(values).filter((index) => index > 30)).toEqual([]);
      const upper = judged(values).upper[AT] ?? Number.NaN;
      expect(upper).toBeGreaterThan(120);
      expect(upper).toBeLessThan(200);
    }
  });

  it('the same beside a constant usage, and with credits in it', () => {
    for (const seed of SEEDS) {
      const plain = judged(zeroInflated(seed, 2));
      const beside = judged(zeroInflated(seed, 2).map((value) => value + 4096));
      const below = judged(zeroInflated(seed, 2).map((value) => value - 4096));
      for (const other of [beside, below]) {
        const offset = other === beside ? 4096 : -4096;
        expect((other.upper[AT] ?? 0) - offset).toBeCloseTo(plain.upper[AT] ?? 0, 6);
      }
    }
  });

  it('busy days that stay twice as busy are news for a while only', () => {
    const values = zeroInflated(3).map((value, index) => (index > 100 ? 2 * value : value));
    const found = alarms(values);
    expect(found[0]).toBeLessThan(105);
    expect(found.filter((index) => index > 125)).toEqual([]);
  });
});

describe('a low floor with jobs', () => {
  it('jobs of usual size hardly alarm, from the fourth on not at all', () => {
    for (const seed of SEEDS) {
      const found = alarms(bursty(seed));
      expect(incidents(found)).toBeLessThanOrEqual(2);
      expect(found.filter((index) => index > 30)).toEqual([]);
    }
  });

  it('one of two and a half times the usual size is found', () => {
    expect((AT + 6) % 6).toBe(4);
    const found = SEEDS.filter((seed) => alarms(bursty(seed, 2.5)).includes(AT + 6));
    expect(found.length).toBeGreaterThanOrEqual(7);
  });
});

describe('what is not of two kinds', () => {
  it('whole cents keep the band that their misses make', () => {
    const { chance } = dice(4);
    const { upper } = judged(row(LENGTH, () => (chance() < 0.3 ? 0.01 : 0)));
    expect(upper[LENGTH - 1]).toBeGreaterThanOrEqual(0.02);
  });

  it('sizes all over the place make no narrow band', () => {
    const late = SEEDS.map((seed) => {
      const { chance, normal } = dice(seed);
      const found = alarms(row(400, () => (chance() < 0.5 ? 0 : 100 * Math.exp(0.8 * normal()))));
      return incidents(found.filter((index) => index > 60));
    });
    expect(late.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(6);
  });
});
