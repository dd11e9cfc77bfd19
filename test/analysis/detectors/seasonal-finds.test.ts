/** What is wrong is found, on the first day where it stands out, and teaches the seasonal detector nothing. */
import { describe, expect, it } from 'vitest';
import { alarms, dice, incidents, judged, office, row } from './seasonal-series.ts';

const AT = 150;
const LENGTH = 260;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** An office series to which a factor is put from day 150 on. */
function wrong(seed: number, factor: (since: number) => number): Float64Array {
  return office(LENGTH, seed).map((value, index) => (index >= AT ? value * factor(index - AT) : value));
}

/** Days after the beginning at which each series alarms first; −1 for one that does not within the span. */
function delays(factor: (since: number) => number, span: number): number[] {
  return SEEDS.map((seed) => {
    const first = alarms(wrong(seed, factor)).find((index) => index >= AT && index < AT + span);
    return first === undefined ? -1 : first - AT;
  });
}

const middle = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

describe('incidents', () => {
  it('a spike of 40 % over what was expected at 5 % noise, on its day', () => {
    for (const seed of SEEDS) {
      const values = office(LENGTH, seed);
      values[AT] = 1.4 * (judged(values).expected[AT] ?? 0);
      expect(alarms(values)).toContain(AT);
    }
  });

  it('the same at a weekend, which has its own, smaller level', () => {
    const found = SEEDS.map((seed) => {
      const values = office(LENGTH, seed).map((value, index) => (index === 152 ? value * 1.6 : value));
      return alarms(values).includes(152);
    });
    expect(found.filter(Boolean).length).toBeGreaterThanOrEqual(8);
  });

  it('a step of half as much again, on its first day', () => {
    const found = delays(() => 1.5, 7);
    expect(found.filter((delay) => delay === 0).length).toBeGreaterThanOrEqual(9);
    expect(Math.min(...found)).toBe(0);
  });

  it('a step of a quarter, within days: none of them says it alone', () => {
    const found = delays(() => 1.25, 7);
    expect(found.filter((delay) => delay >= 0).length).toBeGreaterThanOrEqual(8);
    expect(middle(found)).toBeLessThanOrEqual(2);
  });

  it('a ramp of 60 % over ten days, while it climbs', () => {
    const found = delays((since) => 1 + 0.06 * Math.min(10, since + 1), 12);
    expect(found.filter((delay) => delay >= 0).length).toBeGreaterThanOrEqual(9);
    expect(middle(found)).toBeLessThanOrEqual(5);
  });

  it('a runaway that doubles every three days', () => {
    const found = delays((since) => (since < 9 ? 2 ** ((since + 1) / 3) : 1), 9);
    expect(Math.max(...found)).toBeLessThanOrEqual(1);
    expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
  });

  it('a drop, for those who ask for it', () => {
    const values = wrong(3, (since) => (since < 3 ? 0.2 : 1));
    expect(alarms(values, { direction: 'both' })).toEqual([AT, AT + 1, AT + 2]);
    expect(alarms(values)).toEqual([]);
  });

  it('a rise right after two weeks of history', () => {
    const values = office(20, 4).map((value, index) => (index === 16 ? value * 3 : value));
    expect(alarms(values)).toEqual([16]);
  });

  it('growth of a tenth a month hides no spike', () => {
    const { normal } = dice(8);
    const values = row(
      LENGTH,
      (index) => 100 * 1.1 ** (index / 30) * (1 + 0.05 * normal()) * (index === AT ? 1.5 : 1),
    );
    expect(alarms(values)).toEqual([AT]);
  });
});

describe('jobs', () => {
  /** A job of about 500 on every eighth day or so, nothing else. */
  const jobs = (seed: number) => {
    const { chance, normal } = dice(seed);
    return row(LENGTH, () => (chance() < 0.12 ? 500 * (1 + 0.1 * normal()) : 0));
  };

  it('a much larger one is found on its day', () => {
    for (const seed of SEEDS) {
      const values = jobs(seed);
      values[AT] = 2500;
      expect(alarms(values)).toContain(AT);
    }
  });

  it('one that does not end is found within a week', () => {
    const found = SEEDS.filter((seed) => {
      const values = jobs(seed).map((value, index) => (index >= AT && index < AT + 12 ? 500 : value));
      return alarms(values).some((index) => index >= AT && index < AT + 7);
    });
    expect(found.length).toBeGreaterThanOrEqual(9);
  });
});

describe('an anomaly teaches nothing', () => {
  const spiked = wrong(5, (since) => (since < 3 ? 4 : 1));

  it('three days of it leave expectation and band as they were', () => {
    const [plain, after] = [judged(office(LENGTH, 5)), judged(spiked)];
    for (let index = AT + 4; index < LENGTH; index++) {
      // The same dates a month later: what came once there may come again.
      if (Math.abs(index - AT - 31) <= 4) continue;
      const width = (plain.upper[index] ?? 0) - (plain.expected[index] ?? 0);
      const wider = (after.upper[index] ?? 0) - (after.expected[index] ?? 0);
      expect(wider / width).toBeLessThan(1.6);
      expect(Math.abs((after.expected[index] ?? 0) - (plain.expected[index] ?? 0))).toBeLessThan(8);
    }
  });

  it('so the same again is an alarm again', () => {
    const twice = spiked.map((value, index) => (index === AT + 20 ? value * 4 : value));
    expect(incidents(alarms(twice))).toBe(2);
  });
});

describe('by the hour', () => {
  const day = (index: number) => 1 + 0.5 * Math.sin(((index % 24) / 12) * Math.PI);
  const week = (index: number) => (index % 168 < 120 ? 1 : 0.5);
  const hours = (length: number, seed: number) => {
    const { normal } = dice(seed);
    return row(length, (index) => 10 * day(index) * week(index) * (1 + 0.06 * normal()));
  };

  it('a clean month is silent, and half as much again for some hours is found at once', () => {
    let [quiet, found] = [0, 0];
    for (const seed of SEEDS) {
      const values = hours(900, seed);
      quiet += alarms(values, { grain: 'hour' }).length;
      const raised = values.map((value, index) => (index >= 700 && index < 706 ? value * 1.8 : value));
      if (alarms(raised, { grain: 'hour' }).some((index) => index >= 700 && index <= 701)) found++;
    }
    expect(quiet).toBeLessThanOrEqual(4);
    expect(found).toBeGreaterThanOrEqual(9);
  });

  it('three days are enough for a large spike', () => {
    const values = hours(110, 2).map((value, index) => (index === 90 ? value * 5 : value));
    expect(alarms(values, { grain: 'hour' })).toContain(90);
  });
});
