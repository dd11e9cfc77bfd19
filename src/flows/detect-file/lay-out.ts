/** Rows at whatever times → numbered slots at even steps, and the series that detectors judge. */
import { type Grain, type Series, stampAt } from '../../core/series.ts';
import { squeeze } from './squeeze.ts';
import { hasSteps, phaseOf, runningMedian, usualStep } from './usual-step.ts';

export interface Layout {
  readonly grain: Grain;
  /** Usual distance of rows, in milliseconds. */
  readonly step: number;
  /** Width of a slot, in milliseconds: a step of the grain, an even part of one, or more than one. */
  readonly width: number;
  /** Slots in a step of the grain: 12 for rows every 5 minutes; 1 where rows are no finer. */
  readonly lanes: number;
  /** Per row its slot. */
  readonly slots: Int32Array;
  /** Per slot its value, that of the latest row in it; NaN where none is known. */
  readonly values: Float64Array;
  /** Per slot the row that speaks for it, −1 for none. */
  readonly speakers: Int32Array;
  /** The time at which slot 0 begins. */
  readonly start: number;
}

const MS: Readonly<Record<Grain, number>> = { day: 86_400_000, hour: 3_600_000 };
/** Rows closer than this share a slot. */
const LEAST_WIDTH = 60_000;
/** Rows this far apart or further are judged by the day. */
const DAILY_FROM = 20 * MS.hour;

/**
 * Lays rows out. Rows that are closer than the grain's step are dealt to lanes: of 5-minute rows the one at :00 of
 * each hour, the one at :05 and so on make twelve hourly series, each judged by itself, so that every row is judged
 * causally and by values as noisy as itself. Rows further apart than a step (every 6 hours, every week) are taken for
 * one step each: held over the steps between them, their noise would look smaller than it is; but rows that lie on
 * the steps of the grain with many left out stay there, and the rest is unknown. Times that jitter go
 * to the nearest slot of a grid in their own phase.
 */
export function layOut(
  times: Float64Array,
  values: Float64Array,
  wanted: Grain | undefined,
  fallback: Grain,
): Layout {
  const order = Uint32Array.from(times, (_, index) => index).sort(
    (a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b,
  );
  const sorted = Float64Array.from(order, (row) => times[row] ?? 0);
  const step = usualStep(sorted) ?? MS[wanted ?? fallback];
  const grain = wanted ?? (step >= DAILY_FROM ? 'day' : 'hour');
  const lanes = Math.max(1, Math.round(MS[grain] / Math.max(step, LEAST_WIDTH)));
  const apart = step >= 1.5 * MS[grain] && !hasSteps(sorted, MS[grain]);
  const width = apart ? step : MS[grain] / lanes;
  const numbers = apart ? countSteps(sorted, MS[grain]) : toGrid(sorted, width);
  const { base, kept } = squeeze(numbers, lanes, grain);
  const slots = new Int32Array(times.length);
  const count = kept.length === 0 ? 0 : (kept.at(-1) ?? 0) + 1;
  const filled = new Float64Array(count).fill(Number.NaN);
  const speakers = new Int32Array(count).fill(-1);
  order.forEach((row, place) => {
    const slot = kept[place] ?? 0;
    slots[row] = slot;
    const value = values[row] ?? Number.NaN;
    // An empty row does not silence one that knows.
    if (speakers[slot] !== -1 && Number.isNaN(value)) return;
    speakers[slot] = row;
    filled[slot] = value;
  });
  const start = base * (MS[grain] / lanes);
  return { grain, step, width, lanes, slots, values: filled, speakers, start };
}

/** The series of a lane, as detectors take it. */
export function laneSeries({ grain, lanes, values, start }: Layout, lane: number): Series {
  const length = Math.max(0, Math.ceil((values.length - lane) / lanes));
  const dealt = Float64Array.from({ length }, (_, index) => values[index * lanes + lane] ?? Number.NaN);
  const first = grain === 'day' ? '1970-01-01' : '1970-01-01T00';
  return { grain, start: stampAt({ grain, start: first }, Math.round(start / MS[grain])), values: dealt };
}

/** Numbers of the nearest lines of an even grid that has the times' own phase. */
function toGrid(sorted: Float64Array, width: number): Float64Array {
  const phase = phaseOf(sorted, width);
  return sorted.map((time) => Math.round((time - phase) / width));
}

/**
 * Numbers that go on by one for a step, a month as well as a week, and by more where rows are missing. How long a
 * step is, is told by the distances before it, so that later rows do not change what is said of earlier ones.
 */
function countSteps(sorted: Float64Array, grain: number): Float64Array {
  const numbers = new Float64Array(sorted.length);
  const usual = runningMedian();
  let number = Math.floor((sorted[0] ?? 0) / grain);
  for (let index = 0; index < sorted.length; index++) {
    const distance = index === 0 ? 0 : (sorted[index] ?? 0) - (sorted[index - 1] ?? 0);
    if (distance > 0) number += Math.max(1, Math.round(distance / usual(distance)));
    numbers[index] = number;
  }
  return numbers;
}

/** Milliseconds of a step of the grain. */
export function stepOf(grain: Grain): number {
  return MS[grain];
}
