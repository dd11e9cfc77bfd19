/** Makes the benchmark's series: the same for the same seed. */
import { addDays } from '../../../src/core/day.ts';
import { STEPS_A_DAY } from '../../../src/core/series.ts';
import { calendarOf } from './calendar.ts';
import { type Bill, befall, type Labelled } from './incidents.ts';
import { randomOf } from './random.ts';
import { SHAPES } from './shapes/registry.ts';
import type { Drawn, Effort, LabelledSeries, Random, Shape, Span } from './types.ts';

/** Series of each shape. */
const EACH = { day: 16, hour: 15 } as const;

/** Days before anything goes wrong, and before alarms count. */
export const WARM_UP_DAYS = 14;

export const DEFAULT_SEED = 1;

/** All series of a seed. */
export function generate(seed = DEFAULT_SEED): LabelledSeries[] {
  return SHAPES.flatMap((shape) =>
    Array.from({ length: EACH[shape.grain] }, (_, index) => one(shape, seed, index)),
  );
}

function one(shape: Shape, seed: number, index: number): LabelledSeries {
  const id = `${shape.name}-${String(index + 1).padStart(2, '0')}`;
  const random = randomOf(seed, id);
  const length = random.whole(...shape.steps);
  const day = addDays('2024-03-01', random.whole(0, 600));
  const start = shape.grain === 'day' ? day : `${day}T${String(random.whole(0, 23)).padStart(2, '0')}`;
  const drawn = shape.draw({ random, calendar: calendarOf(shape.grain, start, length), length });
  const bill: Bill = {
    grain: shape.grain,
    drawn,
    factor: new Float64Array(length).fill(1),
    extra: new Float64Array(length),
  };
  const wrong = shape.always || index % 2 === 1 ? rooms(shape, drawn, random, length) : [];
  const labels = wrong.map((room, turn) => {
    const kind = shape.kinds[((index >> 1) + 3 * turn) % shape.kinds.length] ?? 'spike';
    return befall(bill, { random, kind, effort: effort(random), room });
  });
  return {
    id,
    shape: shape.name,
    series: { grain: shape.grain, start, values: valuesOf(bill, labels) },
    incidents: labels.map(({ incident }) => incident),
    shrugs: [...(drawn.shrugs ?? []), ...labels.flatMap(({ shrugs }) => shrugs)],
  };
}

/** Room for one incident, or for two that are far enough apart. */
function rooms(shape: Shape, drawn: Drawn, random: Random, length: number): Span[] {
  if (shape.kinds.length === 0) return [];
  const aDay = STEPS_A_DAY[shape.grain];
  const [history, apart] = shape.grain === 'day' ? [length < 90 ? 16 : 30, 35] : [WARM_UP_DAYS * 24, 9 * 24];
  const seen = Math.max(0, ...(drawn.shrugs ?? []).map(({ last }) => last + aDay));
  const first = Math.min(Math.max(history, seen, drawn.room?.first ?? 0), length - 2 * aDay);
  const last = drawn.room?.last ?? length - 1;
  const two = last - first >= 2.5 * apart && random.chance(0.35);
  if (!two || shape.always) return [{ first, last }];
  const middle = Math.round((first + last) / 2);
  return [
    { first, last: middle - apart },
    { first: middle, last },
  ];
}

function effort(random: Random): Effort {
  const share = random.unit();
  return share < 0.35 ? 'clear' : share < 0.75 ? 'medium' : 'hard';
}

/** The bill as it is read, in hundredths of a cent; the first three steps of an incident are never missing. */
function valuesOf({ drawn, factor, extra }: Bill, labels: readonly Labelled[]): Float64Array {
  const known = new Set(labels.flatMap(({ incident: { first } }) => [first, first + 1, first + 2]));
  return drawn.usual.map((usual, at) => {
    if (drawn.missing?.[at] === 1 && !known.has(at)) return Number.NaN;
    const value =
      usual * (drawn.factors[at] ?? 1) * (factor[at] ?? 1) + (extra[at] ?? 0) + (drawn.besides?.[at] ?? 0);
    return Math.round(value * 10_000) / 10_000;
  });
}
