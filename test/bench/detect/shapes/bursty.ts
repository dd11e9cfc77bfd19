/** Daily shapes of work that comes in bursts, and of scopes too cheap to talk about. */
import { noise } from '../noise.ts';
import type { Random, Shape } from '../types.ts';
import { dailyLevel, flat, plus, UP_KINDS, untilSeen, weekly, weekRhythm } from './parts.ts';

const MONTHS: readonly [number, number] = [180, 400];

interface Bursts {
  readonly money: Float64Array;
  readonly longest: number;
}

/** Bursts of a usual height; `pause` says how many steps go by between two. */
function bursts(
  random: Random,
  length: number,
  run: { height: number; spread: number; longest: number; pause: () => number },
): Bursts {
  const money = new Float64Array(length);
  for (let at = run.pause(); at < length; at += run.pause()) {
    const steps = random.whole(1, run.longest);
    const height = run.height * Math.exp(run.spread * random.normal());
    money.fill(height, at, at + steps);
    at += steps;
  }
  return { money, longest: run.longest };
}

/** Training runs of one to three days, two to six a month, at no fixed time; between them next to nothing. */
const sparseTraining: Shape = {
  name: 'sparse-training',
  grain: 'day',
  steps: MONTHS,
  kinds: ['spike', 'runaway'],
  draw: ({ random, length }) => {
    const height = random.spread(150, 5000);
    const mean = random.between(4, 13);
    const pause = () => 1 + Math.round(-mean * Math.log(1 - 0.97 * random.unit()));
    const { money, longest } = bursts(random, length, {
      height,
      spread: random.between(0.1, 0.3),
      longest: random.whole(1, 3),
      pause,
    });
    return {
      usual: plus(money, flat(length, random.chance(0.5) ? 0 : height * random.between(0.002, 0.02))),
      ...noise({ random, length, share: random.between(0.03, 0.1) }),
      shrugs: untilSeen(money, 4),
      burst: { height, longest },
    };
  },
};

/** A model in production that is trained again on fixed days or every so many days. */
const retrains: Shape = {
  name: 'retrains',
  grain: 'day',
  steps: MONTHS,
  kinds: ['spike', 'runaway', 'step'],
  draw: ({ random, calendar, length }) => {
    const level = dailyLevel(random);
    const height = level * random.between(1, 4);
    const every = random.whole(7, 15);
    const pause = () => every + random.whole(-1, 1) - 1;
    const fixed = Float64Array.from(calendar.dayOfMonth, (day) => (day === 1 || day === 15 ? height : 0));
    const { money } = random.chance(0.4)
      ? { money: fixed }
      : bursts(random, length, { height, spread: 0.12, longest: 1, pause });
    return {
      usual: plus(weekly(calendar, level, weekRhythm(random, 0.6)), money),
      ...noise({ random, length, share: random.between(0.03, 0.1) }),
      shrugs: untilSeen(money, 3),
      burst: { height, longest: 1 },
    };
  },
};

/** Used on one day in three to ten; what such a day costs differs by a factor. */
const zeroInflated: Shape = {
  name: 'zero-inflated',
  grain: 'day',
  steps: MONTHS,
  kinds: ['spike', 'runaway'],
  draw: ({ random, length }) => {
    const share = random.between(0.1, 0.35);
    const height = random.spread(60, 1500);
    const spread = random.between(0.3, 0.6);
    const money = Float64Array.from({ length }, () =>
      random.chance(share) ? height * Math.exp(spread * random.normal()) : 0,
    );
    return {
      usual: money,
      ...noise({ random, length, share: 0.05 }),
      shrugs: untilSeen(money, 5),
      burst: { height: height * Math.exp(1.5 * spread), longest: 4 },
    };
  },
};

/** A batch, licence or support fee on the first or the last day of each month. */
const monthlyBatch: Shape = {
  name: 'monthly-batch',
  grain: 'day',
  steps: MONTHS,
  kinds: UP_KINDS,
  draw: ({ random, calendar, length }) => {
    const level = dailyLevel(random);
    const height = level * random.between(1.5, 7);
    const last = random.chance(0.4);
    const money = Float64Array.from(calendar.dayOfMonth, (day, at) =>
      day === (last ? calendar.daysInMonth[at] : 1) ? height * random.between(0.9, 1.1) : 0,
    );
    return {
      usual: plus(weekly(calendar, level, weekRhythm(random, 0.5)), money),
      ...noise({ random, length, share: random.between(0.03, 0.12) }),
      shrugs: untilSeen(money, 1),
    };
  },
};

/** One day of the week does the work of all. */
const weeklyBatch: Shape = {
  name: 'weekly-batch',
  grain: 'day',
  steps: MONTHS,
  kinds: UP_KINDS,
  draw: ({ random, calendar, length }) => {
    const day = random.whole(1, 7);
    const [level, more] = [dailyLevel(random), random.between(1.5, 8)];
    return {
      usual: Float64Array.from(calendar.weekday, (weekday) => (weekday === day ? level * (1 + more) : level)),
      ...noise({ random, length, share: random.between(0.03, 0.12) }),
    };
  },
};

/** Under three dollars a day, and sometimes twice to five times that: nobody wants to hear of it. */
const flatCheap: Shape = {
  name: 'flat-cheap',
  grain: 'day',
  steps: MONTHS,
  kinds: [],
  draw: ({ random, length }) => {
    const level = random.spread(0.15, 1);
    const usual = flat(length, level);
    for (let at = random.whole(20, 60); at < length; at += random.whole(20, 60))
      usual.fill(level * random.between(1.5, 3), at, at + random.whole(1, 6));
    return { usual, ...noise({ random, length, share: random.between(0.01, 0.05) }) };
  },
};

/** Cents, with 30–100 % of noise. */
const noisyCheap: Shape = {
  name: 'noisy-cheap',
  grain: 'day',
  steps: MONTHS,
  kinds: [],
  draw: ({ random, calendar, length }) => ({
    usual: weekly(calendar, random.spread(0.02, 0.6), weekRhythm(random)),
    ...noise({ random, length, share: random.between(0.3, 0.9) }),
  }),
};

export const bursty: readonly Shape[] = [
  sparseTraining,
  retrains,
  zeroInflated,
  monthlyBatch,
  weeklyBatch,
  flatCheap,
  noisyCheap,
];
