import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burnRules } from '../../../src/analysis/slo/burn-rules.ts';
import { type SloDay, sloStatus } from '../../../src/analysis/slo/status.ts';
import { addDays } from '../../../src/core/day.ts';

const SLO = { windowDays: 28, objective: 0.95 };

/** "g" good, "b" bad, "?" unknown, one letter a day. */
function days(letters: string): SloDay[] {
  return [...letters].map((letter, index) => ({
    day: addDays('2026-10-01', index),
    good: letter === '?' ? null : letter === 'g',
  }));
}

describe('the error budget', () => {
  it('is 1.4 bad days of 28 at 95 %: one leaves 29 %, two more than use it up', () => {
    const one = sloStatus(days(`${'g'.repeat(20)}b${'g'.repeat(7)}`), SLO);
    expect(one.allowedDays).toBeCloseTo(1.4, 10);
    expect(one.budgetLeft).toBeCloseTo(1 - 1 / 1.4, 10);
    expect(one).toMatchObject({ good: 27, bad: 1, unknown: 0, met: true });
    const two = sloStatus(days(`${'g'.repeat(20)}bb${'g'.repeat(6)}`), SLO);
    expect(two.budgetLeft).toBeLessThan(0);
    expect(two.met).toBe(false);
    expect(two.left.at(-1)).toBeCloseTo(two.budgetLeft, 10);
    expect(two.left[19]).toBe(1);
  });

  it('looks at its window only', () => {
    expect(sloStatus(days(`bbbb${'g'.repeat(28)}`), SLO).bad).toBe(0);
  });

  it('takes an unknown day for neither good nor bad', () => {
    const status = sloStatus(days('?'.repeat(28)), SLO);
    expect(status).toMatchObject({ attained: null, met: null, budgetLeft: 1, unknown: 28 });
    expect(status.burns.every(({ firing }) => !firing)).toBe(true);
    expect(sloStatus(days('gg??bb'), SLO).attained).toBe(0.5);
  });

  it('refuses an objective that is none', () => {
    expect(() => sloStatus([], { windowDays: 28, objective: 1 })).toThrow(RangeError);
  });
});

describe('burn alerts', () => {
  const firing = (letters: string) =>
    sloStatus(days(letters), SLO)
      .burns.filter((burn) => burn.firing)
      .map(({ rule }) => rule.id);

  it('fire fast on a bad day that uses up half of the budget and still goes on', () => {
    // One bad day of three: burn rate (1/3) ÷ 0.05 = 6.7, above 0.5 × 28 ÷ 3 = 4.67.
    expect(firing(`${'g'.repeat(27)}b`)).toContain('fast');
    expect(firing(`${'g'.repeat(26)}bg`)).not.toContain('fast');
  });

  it('fire slowly on bad days here and there that would use up all', () => {
    expect(firing(`${'g'.repeat(20)}bggbggbb`)).toEqual(['fast', 'slow']);
    expect(firing('g'.repeat(28))).toEqual([]);
    expect(firing(`bb${'g'.repeat(26)}`)).toEqual([]);
  });

  it('say nothing while most of the days are unknown', () => {
    expect(firing(`${'g'.repeat(25)}??b`)).toEqual([]);
  });

  it('have windows that fit into any SLO', () => {
    for (const windowDays of [7, 28, 90, 365])
      for (const { longDays, shortDays } of burnRules(windowDays)) {
        expect(longDays).toBeLessThanOrEqual(windowDays);
        expect(shortDays).toBeLessThanOrEqual(longDays);
      }
  });
});

it('never leaves more after a bad day than before it', () => {
  const letters = fc.string({ unit: fc.constantFrom('g', 'b', '?'), minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(letters, (text) => {
      const { left, good, bad, unknown } = sloStatus(days(text), SLO);
      expect(good + bad + unknown).toBe(Math.min(28, text.length));
      expect(left.every((value, index) => index === 0 || value <= (left[index - 1] ?? 1))).toBe(true);
    }),
    { numRuns: 50 },
  );
});
