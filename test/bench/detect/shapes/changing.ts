/** Daily shapes of things that grow, begin, end, or whose bill is not whole. */
import { noise } from '../noise.ts';
import type { Shape } from '../types.ts';
import { ALL_KINDS, dailyLevel, flat, times, weekly, weekRhythm } from './parts.ts';

const MONTHS: readonly [number, number] = [180, 400];

/** Grows by a share or by an amount, up to a doubling every four months. */
const growth: Shape = {
  name: 'growth',
  grain: 'day',
  steps: MONTHS,
  kinds: ALL_KINDS,
  draw: ({ random, calendar, length }) => {
    const pace = random.spread(0.001, 0.006);
    const linear = random.chance(0.5);
    const base = weekly(calendar, random.spread(60, 1500), weekRhythm(random, 0.4));
    return {
      usual: times(base, (at) => (linear ? 1 + 2 * pace * at : Math.exp(pace * at))),
      ...noise({ random, length, share: random.between(0.03, 0.15) }),
    };
  },
};

/** Nothing, then a product goes live and fills up; its first two weeks may be told or not. */
const launch: Shape = {
  name: 'launch',
  grain: 'day',
  steps: MONTHS,
  kinds: ALL_KINDS,
  draw: ({ random, calendar, length }) => {
    const day = random.whole(20, Math.floor(length * 0.4));
    const slowness = random.between(3, 20);
    const trickle = random.chance(0.5) ? random.between(0.005, 0.03) : 0;
    const base = weekly(calendar, dailyLevel(random), weekRhythm(random, 0.4));
    const settled = day + Math.ceil(3 * slowness);
    return {
      usual: times(base, (at) => (at < day ? trickle : 1 - 0.7 * Math.exp(-(at - day) / slowness))),
      ...noise({ random, length, share: random.between(0.03, 0.15) }),
      shrugs: [{ first: day, last: day + 20 }],
      room: { first: Math.max(settled, day + 30), last: length - 1 },
    };
  },
};

/** Fades out or is switched off; nobody is alarmed by that. */
const retire: Shape = {
  name: 'retire',
  grain: 'day',
  steps: MONTHS,
  kinds: ['spike', 'step', 'ramp', 'rate', 'runaway'],
  draw: ({ random, calendar, length }) => {
    const day = random.whole(Math.floor(length * 0.6), length - 20);
    const slowness = random.chance(0.4) ? 0.1 : random.between(3, 30);
    const rest = random.between(0, 0.1);
    const base = weekly(calendar, dailyLevel(random), weekRhythm(random, 0.4));
    return {
      usual: times(base, (at) => (at < day ? 1 : rest + (1 - rest) * Math.exp(-(at - day) / slowness))),
      ...noise({ random, length, share: random.between(0.03, 0.15) }),
      room: { first: 0, last: day - 1 },
    };
  },
};

/** A step up that stays: an incident in its first days, the normal state after two weeks. */
const newNormal: Shape = {
  name: 'new-normal',
  grain: 'day',
  steps: MONTHS,
  kinds: ['step'],
  always: true,
  draw: ({ random, calendar, length }) => ({
    usual: random.chance(0.5)
      ? flat(length, dailyLevel(random))
      : weekly(calendar, dailyLevel(random), weekRhythm(random)),
    ...noise({ random, length, share: random.between(0.03, 0.15) }),
    room: { first: 28, last: Math.floor(length * 0.75) },
    stays: true,
  }),
};

/** A machine more, a machine less: steps of at most a tenth, which nobody wants to be told of. */
const stairs: Shape = {
  name: 'stairs',
  grain: 'day',
  steps: MONTHS,
  kinds: ALL_KINDS,
  draw: ({ random, calendar, length }) => {
    let [height, next] = [1, random.whole(15, 50)];
    const level = Float64Array.from({ length }, (_, at) => {
      if (at === next) {
        height *= 1 + (random.chance(0.6) ? 1 : -1) * random.between(0.03, 0.1);
        next = at + random.whole(15, 60);
      }
      return height;
    });
    const base = weekly(calendar, dailyLevel(random), weekRhythm(random, 0.6));
    return {
      usual: times(base, (at) => level[at] ?? 1),
      ...noise({ random, length, share: random.between(0.02, 0.08) }),
    };
  },
};

/** Single days, and now and then several in a row, are missing from the bill. */
const gaps: Shape = {
  name: 'gaps',
  grain: 'day',
  steps: MONTHS,
  kinds: ALL_KINDS,
  draw: ({ random, calendar, length }) => {
    const missing = new Uint8Array(length);
    const share = random.between(0.01, 0.06);
    for (let at = 0; at < length; at++) {
      if (random.chance(share)) missing[at] = 1;
      if (random.chance(0.006)) missing.fill(1, at, at + random.whole(2, 7));
    }
    return {
      usual: weekly(calendar, dailyLevel(random), weekRhythm(random, 0.4)),
      ...noise({ random, length, share: random.between(0.03, 0.15) }),
      missing,
    };
  },
};

/** Credits and corrections in the bill: days below zero; the day after is as always. */
const credits: Shape = {
  name: 'credits',
  grain: 'day',
  steps: MONTHS,
  kinds: ALL_KINDS.filter((kind) => kind !== 'drop'),
  draw: ({ random, calendar, length }) => {
    const level = dailyLevel(random);
    const monthly = random.chance(0.5) ? random.whole(1, 28) : 0;
    const besides = Float64Array.from(calendar.dayOfMonth, (day) => {
      if (monthly > 0) return day === monthly ? -level * random.between(1.5, 2.5) : 0;
      return random.chance(0.025) ? -level * random.between(0.4, 3) : 0;
    });
    return {
      usual: weekly(calendar, level, weekRhythm(random, 0.4)),
      ...noise({ random, length, share: random.between(0.03, 0.12) }),
      besides,
    };
  },
};

/** Three to eight weeks of history is all there is. */
const short: Shape = {
  name: 'short',
  grain: 'day',
  steps: [20, 60],
  kinds: ['spike', 'step', 'spike', 'runaway', 'drop'],
  draw: ({ random, calendar, length }) => {
    const pace = random.chance(0.4) ? random.between(0, 0.008) : 0;
    const base = random.chance(0.4)
      ? flat(length, dailyLevel(random))
      : weekly(calendar, dailyLevel(random), weekRhythm(random, 0.4));
    return {
      usual: times(base, (at) => Math.exp(pace * at)),
      ...noise({ random, length, share: random.between(0.03, 0.15) }),
    };
  },
};

export const changing: readonly Shape[] = [growth, launch, retire, newNormal, stairs, gaps, credits, short];
