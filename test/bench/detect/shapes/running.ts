/** Daily shapes of things that run all the time. */

import { stampAt } from '../../../../src/core/series.ts';
import { shareOfYear } from '../calendar.ts';
import { jumpyNoise, noise } from '../noise.ts';
import type { Shape } from '../types.ts';
import { ALL_KINDS, dailyLevel, flat, times, UP_KINDS, weekly, weekRhythm } from './parts.ts';

const MONTHS: readonly [number, number] = [180, 400];

/** Days on which offices are closed; the days between Christmas and New Year count too. */
const HOLIDAYS = new Set(
  [
    '01-01',
    '01-02',
    '05-01',
    '07-04',
    '11-27',
    '11-28',
    '12-24',
    '12-25',
    '12-26',
    '12-27',
    '12-28',
    '12-29',
  ].concat(['12-30', '12-31']),
);

/** Rests at weekends; little noise. */
const weekdayTraffic: Shape = {
  name: 'weekday-traffic',
  grain: 'day',
  steps: MONTHS,
  kinds: ALL_KINDS,
  draw: ({ random, calendar, length }) => ({
    usual: weekly(calendar, dailyLevel(random), weekRhythm(random)),
    ...noise({ random, length, share: random.between(0.03, 0.15), memory: random.between(0, 0.4) }),
  }),
};

/** Round the clock, as a fleet of reserved machines: 2–8 % of noise. */
const steady: Shape = {
  name: 'steady',
  grain: 'day',
  steps: MONTHS,
  kinds: ALL_KINDS,
  draw: ({ random, length }) => ({
    usual: flat(length, dailyLevel(random)),
    ...noise({ random, length, share: random.between(0.02, 0.08) }),
  }),
};

/** No rhythm, 20–40 % of noise. */
const noisy: Shape = {
  name: 'noisy',
  grain: 'day',
  steps: MONTHS,
  kinds: UP_KINDS,
  draw: ({ random, length }) => ({
    usual: flat(length, dailyLevel(random)),
    ...noise({ random, length, share: random.between(0.2, 0.4), memory: random.between(0, 0.3) }),
  }),
};

/** Now and then far above the usual day, as ad-hoc queries are: heavy tails are its nature, no incident. */
const heavyTail: Shape = {
  name: 'heavy-tail',
  grain: 'day',
  steps: MONTHS,
  kinds: UP_KINDS,
  draw: ({ random, calendar, length }) => {
    const usual = random.chance(0.5)
      ? flat(length, dailyLevel(random))
      : weekly(calendar, dailyLevel(random), weekRhythm(random, 0.5));
    return random.chance(0.5)
      ? { usual, ...noise({ random, length, share: random.between(0.45, 0.75) }) }
      : { usual, ...jumpyNoise({ random, length, share: random.between(0.1, 0.25) }) };
  },
};

/** Tokens of a language model's API: rhythm, slow growth, noise that stays for days. */
const tokens: Shape = {
  name: 'tokens',
  grain: 'day',
  steps: MONTHS,
  kinds: ALL_KINDS,
  draw: ({ random, calendar, length }) => {
    const growth = random.between(0, 0.004);
    return {
      usual: times(weekly(calendar, dailyLevel(random), weekRhythm(random, 0.4)), (at) =>
        Math.exp(growth * at),
      ),
      ...noise({ random, length, share: random.between(0.08, 0.22), memory: random.between(0.3, 0.7) }),
    };
  },
};

/** The level wanders by itself: autoscaling, changing mixes of work. */
const wander: Shape = {
  name: 'wander',
  grain: 'day',
  steps: MONTHS,
  kinds: ALL_KINDS,
  draw: ({ random, calendar, length }) => {
    const pace = random.between(0.01, 0.025);
    let log = 0;
    const walk = Float64Array.from({ length }, () => {
      log = 0.995 * log + pace * random.normal();
      return Math.exp(log);
    });
    const base = weekly(calendar, dailyLevel(random), weekRhythm(random, 0.5));
    return {
      usual: times(base, (at) => walk[at] ?? 1),
      ...noise({ random, length, share: random.between(0.03, 0.1) }),
    };
  },
};

/** Rhythm with holidays: closed offices cost less, and the first day back costs what it always did. */
const holidays: Shape = {
  name: 'holidays',
  grain: 'day',
  steps: [200, 400],
  kinds: ALL_KINDS,
  draw: ({ random, calendar, length }) => {
    const rhythm = weekRhythm(random);
    const level = dailyLevel(random);
    const closed = level * (rhythm[7] ?? 1) * random.between(0.7, 1);
    const usual = weekly(calendar, level, rhythm).map((value, at) =>
      HOLIDAYS.has(calendar.monthDay[at] ?? '') ? Math.min(value, closed) : value,
    );
    return { usual, ...noise({ random, length, share: random.between(0.03, 0.12) }) };
  },
};

/** A slow season of the year beside the week. */
const yearly: Shape = {
  name: 'yearly',
  grain: 'day',
  steps: [330, 400],
  kinds: ALL_KINDS,
  draw: ({ random, calendar, length }) => {
    const swing = random.between(0.2, 0.5);
    const peak = random.unit();
    const base = weekly(calendar, dailyLevel(random), weekRhythm(random, 0.5));
    const season = (at: number) => {
      const day = stampAt({ grain: 'day', start: calendar.start }, at);
      return 1 + swing * Math.cos(2 * Math.PI * (shareOfYear(day) - peak));
    };
    return { usual: times(base, season), ...noise({ random, length, share: random.between(0.03, 0.12) }) };
  },
};

export const running: readonly Shape[] = [
  weekdayTraffic,
  steady,
  noisy,
  heavyTail,
  tokens,
  wander,
  holidays,
  yearly,
];
