/** Hourly shapes: three to eight weeks. */
import { jumpyNoise, noise } from '../noise.ts';
import type { Calendar, Random, Shape } from '../types.ts';
import { ALL_KINDS, flat, plus, times, UP_KINDS, untilSeen, weekRhythm } from './parts.ts';

const WEEKS: readonly [number, number] = [3 * 168, 8 * 168];

/** What a scope costs an hour, in dollars. */
function hourlyLevel(random: Random): number {
  return random.spread(15, 600);
}

/** Day and night (one soft wave with its top in the afternoon) times the weekday. */
function dayAndNight(random: Random, calendar: Calendar, night: number): Float64Array {
  const top = random.between(10, 18);
  const rhythm = weekRhythm(random, 0.35);
  return Float64Array.from(calendar.hour, (hour, at) => {
    const wave = (1 + Math.cos((2 * Math.PI * (hour - top)) / 24)) / 2;
    return (night + (1 - night) * wave) * (rhythm[calendar.weekday[at] ?? 1] ?? 1);
  });
}

/** People at work: strong day and night, quiet weekends. */
const office: Shape = {
  name: 'hourly-office',
  grain: 'hour',
  steps: WEEKS,
  kinds: ALL_KINDS,
  draw: ({ random, calendar, length }) => ({
    usual: times(
      dayAndNight(random, calendar, random.between(0.1, 0.35)),
      (
        (level) => () =>
          level
      )(hourlyLevel(random)),
    ),
    ...noise({ random, length, share: random.between(0.05, 0.15), memory: random.between(0, 0.5) }),
  }),
};

/** Users all over the world: weak day and night. */
const world: Shape = {
  name: 'hourly-world',
  grain: 'hour',
  steps: WEEKS,
  kinds: ALL_KINDS,
  draw: ({ random, calendar, length }) => ({
    usual: times(
      dayAndNight(random, calendar, random.between(0.5, 0.8)),
      (
        (level) => () =>
          level
      )(hourlyLevel(random)),
    ),
    ...noise({ random, length, share: random.between(0.03, 0.12), memory: random.between(0, 0.5) }),
  }),
};

/** Rented GPUs: flat, hardly any noise. */
const gpus: Shape = {
  name: 'hourly-gpus',
  grain: 'hour',
  steps: WEEKS,
  kinds: ALL_KINDS,
  draw: ({ random, length }) => ({
    usual: flat(length, hourlyLevel(random)),
    ...noise({ random, length, share: random.between(0.01, 0.05) }),
  }),
};

/** Tokens: rhythm, 20–40 % of noise that stays for hours. */
const tokens: Shape = {
  name: 'hourly-tokens',
  grain: 'hour',
  steps: WEEKS,
  kinds: UP_KINDS,
  draw: ({ random, calendar, length }) => ({
    usual: times(
      dayAndNight(random, calendar, random.between(0.2, 0.6)),
      (
        (level) => () =>
          level
      )(hourlyLevel(random)),
    ),
    ...(random.chance(0.7)
      ? noise({ random, length, share: random.between(0.2, 0.4), memory: random.between(0.2, 0.7) })
      : jumpyNoise({ random, length, share: random.between(0.1, 0.2) })),
  }),
};

/** A batch at the same hour of each night. */
const nightly: Shape = {
  name: 'hourly-nightly-batch',
  grain: 'hour',
  steps: WEEKS,
  kinds: UP_KINDS,
  draw: ({ random, calendar, length }) => {
    const level = hourlyLevel(random);
    const [begin, hours] = [random.whole(0, 5), random.whole(1, 3)];
    const height = level * random.between(1.5, 6);
    const batch = Float64Array.from(calendar.hour, (hour) =>
      hour >= begin && hour < begin + hours ? height : 0,
    );
    return {
      usual: plus(
        times(dayAndNight(random, calendar, random.between(0.4, 0.8)), () => level),
        batch,
      ),
      ...noise({ random, length, share: random.between(0.04, 0.12) }),
    };
  },
};

/** Training jobs of two to ten hours, every day or two, at no fixed time. */
const jobs: Shape = {
  name: 'hourly-jobs',
  grain: 'hour',
  steps: WEEKS,
  kinds: ['spike', 'runaway'],
  draw: ({ random, length }) => {
    const height = random.spread(40, 800);
    const longest = random.whole(3, 10);
    const mean = random.between(18, 45);
    const money = new Float64Array(length);
    const pause = () => 2 + Math.round(-mean * Math.log(1 - 0.95 * random.unit()));
    for (let at = pause(); at < length; at += pause()) {
      const hours = random.whole(2, longest);
      money.fill(height * Math.exp(0.2 * random.normal()), at, at + hours);
      at += hours;
    }
    return {
      usual: plus(money, flat(length, height * random.between(0, 0.03))),
      ...noise({ random, length, share: random.between(0.03, 0.1) }),
      shrugs: untilSeen(money, 6),
      burst: { height, longest },
    };
  },
};

/** Development machines that are switched off at night and at weekends. */
const offAtNight: Shape = {
  name: 'hourly-off-at-night',
  grain: 'hour',
  steps: WEEKS,
  kinds: UP_KINDS,
  draw: ({ random, calendar, length }) => {
    const level = hourlyLevel(random);
    const [begin, end] = [random.whole(6, 9), random.whole(17, 21)];
    return {
      usual: Float64Array.from(calendar.hour, (hour, at) =>
        (calendar.weekday[at] ?? 1) <= 5 && hour >= begin && hour < end ? level : 0,
      ),
      ...noise({ random, length, share: random.between(0.04, 0.12) }),
    };
  },
};

/** Grows by two to ten per cent a week; some hours are missing. */
const growing: Shape = {
  name: 'hourly-growth-gaps',
  grain: 'hour',
  steps: WEEKS,
  kinds: ALL_KINDS,
  draw: ({ random, calendar, length }) => {
    const pace = random.between(0.02, 0.1) / 168;
    const level = hourlyLevel(random);
    const missing = new Uint8Array(length);
    for (let at = 0; at < length; at++) {
      if (random.chance(0.01)) missing[at] = 1;
      if (random.chance(0.001)) missing.fill(1, at, at + random.whole(3, 30));
    }
    const base = dayAndNight(random, calendar, random.between(0.3, 0.6));
    return {
      usual: times(base, (at) => level * Math.exp(pace * at)),
      ...noise({ random, length, share: random.between(0.04, 0.12), memory: random.between(0, 0.4) }),
      missing,
    };
  },
};

export const hourly: readonly Shape[] = [office, world, gpus, tokens, nightly, jobs, offAtNight, growing];
