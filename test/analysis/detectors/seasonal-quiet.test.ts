/** Series in which nothing is wrong: the seasonal detector stays silent, or learns quickly to. */
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/core/day.ts';
import { alarms, type Dice, dice, incidents, judged, MONDAY, office, row } from './seasonal-series.ts';

const YEAR = 400;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const dateOf = (index: number) => Number(addDays(MONDAY, index).slice(8));
const isMonthEnd = (index: number) => dateOf(index + 1) === 1;
const isWeekend = (index: number) => index % 7 > 4;

interface Clean {
  readonly shape: string;
  readonly draw: (dice: Dice) => Float64Array;
}

/** Shapes in which nobody should ever be called, or nearly: at most one alarm in eight series of more than a year. */
const CLEAN: readonly Clean[] = [
  { shape: 'constant', draw: () => row(YEAR, () => 0.1 + 0.2) },
  { shape: 'steady', draw: ({ normal }) => row(YEAR, () => 40 * (1 + 0.015 * normal())) },
  {
    shape: 'weekday traffic',
    draw: ({ normal }) => row(YEAR, (index) => (isWeekend(index) ? 60 : 100) * (1 + 0.05 * normal())),
  },
  {
    shape: 'growth of 10 % a month',
    draw: ({ normal }) =>
      row(YEAR, (index) => (isWeekend(index) ? 60 : 100) * 1.1 ** (index / 30) * (1 + 0.05 * normal())),
  },
  { shape: 'growth without noise', draw: () => row(YEAR, (index) => 100 + index) },
  {
    shape: 'a year’s season',
    draw: ({ normal }) =>
      row(YEAR, (index) => 100 * (1 + 0.2 * Math.sin(index / 58)) * (1 + 0.04 * normal())),
  },
  {
    shape: 'decline of 10 % a month',
    draw: ({ normal }) =>
      row(YEAR, (index) => (isWeekend(index) ? 60 : 100) * 0.9 ** (index / 30) * (1 + 0.05 * normal())),
  },
  {
    shape: 'noise that grows with the level',
    draw: ({ normal }) => row(YEAR, (index) => (20 + index) * (1 + 0.1 * normal())),
  },
  {
    shape: 'credits now and then',
    draw: ({ normal, chance }) => row(YEAR, () => 100 * (1 + 0.05 * normal()) - (chance() < 0.03 ? 150 : 0)),
  },
  {
    shape: 'gaps',
    draw: ({ normal, chance }) =>
      row(YEAR, (index) =>
        chance() < 0.1 ? Number.NaN : (isWeekend(index) ? 60 : 100) * (1 + 0.05 * normal()),
      ),
  },
  {
    shape: 'public holidays',
    draw: ({ normal, chance }) =>
      row(YEAR, (index) => (isWeekend(index) || chance() < 0.03 ? 50 : 100) * (1 + 0.05 * normal())),
  },
];

describe('clean series', () => {
  it.each(CLEAN)('$shape: silence', ({ draw }) => {
    const found = SEEDS.map((seed) => incidents(alarms(draw(dice(seed)))));
    expect(found.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1);
  });

  it('expects the value of the weekday, within a band that holds most values', () => {
    const values = office(200, 3);
    const { expected, lower, upper } = judged(values);
    const [sunday, monday] = [issued(expected, 188), issued(expected, 189)];
    expect(Math.abs(sunday - 60)).toBeLessThan(4);
    expect(Math.abs(monday - 100)).toBeLessThan(5);
    const inside = values.filter(
      (value, index) => index > 60 && value >= issued(lower, index) && value <= issued(upper, index),
    );
    expect(inside.length / 139).toBeGreaterThan(0.97);
    expect((issued(upper, 189) - monday) / monday).toBeLessThan(0.4);
  });

  it('heavy tails and skewed noise: less than one alarm a quarter', () => {
    const quarters = (SEEDS.length * YEAR) / 91;
    const noises: readonly ((dice: Dice) => number)[] = [
      ({ normal }) => Math.exp(0.4 * normal()),
      ({ normal }) => 1 + (0.06 * normal()) / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3),
      ({ normal }) => Math.max(0, 1 + 0.2 * normal()),
    ];
    for (const noise of noises) {
      const found = SEEDS.map((seed) => {
        const drawn = dice(seed);
        return incidents(alarms(row(YEAR, () => Math.max(0, 50 * noise(drawn)))));
      });
      expect(found.reduce((sum, one) => sum + one, 0) / quarters).toBeLessThan(0.5);
    }
  });
});

describe('bursts and charges that come back', () => {
  it('a weekly charge is expected from the third week on', () => {
    const { normal } = dice(5);
    const values = row(140, (index) => (index % 7 === 6 ? 70 * (1 + 0.1 * normal()) : 0));
    expect(alarms(values)).toEqual([]);
    expect(Math.abs(issued(judged(values).expected, 139) - 70)).toBeLessThan(10);
    expect(Math.abs(issued(judged(values).expected, 138))).toBeLessThan(3);
  });

  it('a monthly charge alarms once at most, and is expected from the third on', () => {
    const values = row(200, (index) => (dateOf(index) === 1 ? 900 : 0));
    expect(alarms(values).length).toBeLessThanOrEqual(1);
    const { expected } = judged(values);
    const days = [...values.keys()].filter((index) => dateOf(index) === 1);
    expect(days.slice(2).map((index) => issued(expected, index))).toEqual(days.slice(2).map(() => 900));
  });

  it('month-end batches on top of traffic: expected from the third on, and no wider band between them', () => {
    const { normal } = dice(9);
    const values = row(300, (index) => 100 * (1 + 0.04 * normal()) + (isMonthEnd(index) ? 150 : 0));
    expect(alarms(values).filter((index) => index > 60)).toEqual([]);
    const { expected, upper } = judged(values);
    const last = [...values.keys()].filter(isMonthEnd).at(-1) ?? 0;
    expect(issued(expected, last)).toBeGreaterThan(220);
    expect(issued(upper, last - 8)).toBeLessThan(150);
  });

  it('jobs of usual size on any day: hardly an alarm after the first few', () => {
    const late = SEEDS.map((seed) => {
      const { chance, normal } = dice(seed);
      const values = row(YEAR, () => (chance() < 0.12 ? 500 * Math.exp(0.15 * normal()) : 0));
      const found = alarms(values);
      expect(incidents(found.filter((index) => index < 90))).toBeLessThanOrEqual(3);
      return incidents(found.filter((index) => index >= 90));
    });
    expect(late.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(2);
  });

  it('cents that come and go: no alarm', () => {
    const { chance } = dice(4);
    expect(alarms(row(YEAR, () => (chance() < 0.5 ? 0 : 0.01 * Math.ceil(chance() * 3))))).toEqual([]);
  });
});

describe('changes that become the new normal', () => {
  const changed = (factor: (index: number) => number) => {
    const values = office(200, 11);
    return values.map((value, index) => (index >= 100 ? value * factor(index) : value));
  };

  it('a step up alarms on its first day and for a week at most', () => {
    for (const factor of [1.5, 2, 5]) {
      const found = alarms(changed(() => factor));
      expect(found[0]).toBe(100);
      expect(found.at(-1)).toBeLessThan(107);
    }
  });

  it('a step down likewise, to those who ask for both sides', () => {
    const found = alarms(
      changed(() => 0.4),
      { direction: 'both' },
    );
    expect(found[0]).toBe(100);
    expect(found.at(-1)).toBeLessThan(108);
  });

  it('coming back is no alarm upwards', () => {
    for (const days of [2, 6, 15])
      expect(alarms(changed((index) => (index < 100 + days ? 0.3 : 1)))).toEqual([]);
  });

  it('a launch is one incident of a week at most', () => {
    const { normal } = dice(6);
    for (const slowly of [0.1, 6]) {
      const values = row(200, (index) =>
        index < 90
          ? 0
          : (1 - Math.exp(-(index - 89) / slowly)) * (isWeekend(index) ? 60 : 100) * (1 + 0.06 * normal()),
      );
      const found = alarms(values);
      expect(incidents(found)).toBeLessThanOrEqual(1);
      expect(found.length).toBeLessThanOrEqual(7);
    }
  });
});

function issued(of: Float64Array, index: number): number {
  return of[index] ?? Number.NaN;
}
