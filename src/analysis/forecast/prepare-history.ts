/** Makes a history fit to learn from: starts where cost starts, fills gaps, draws in what happened once. */
import type { Day } from '../../core/day.ts';
import { type Series, stampAt } from '../../core/series.ts';
import { monthEffects, monthPositions } from './month-position.ts';
import type { History } from './types.ts';

/** Smoothing of the level, the season and the spread while cleaning. */
const LEVEL = 0.2;
const SEASON = 0.15;
const SPREAD = 0.05;
/** Values further than this many spreads from what was expected are drawn in to there. */
const WIDEST = 4;
/** A series without noise has no outliers nearer than this share of its level. */
const LEAST_SHARE = 0.15;
/** As many in a row to the same side are no outliers but a new level. */
const PERSISTENT = 3;
/** More outliers than this are how the series is. */
const MOST_OUTLIERS = 0.04;
/** A series with this share of zeros is bursts between nothing. */
const SPARSE_ZEROS = 0.3;
/** Mean absolute deviation of a normal distribution → standard deviation. */
const TO_SIGMA = 1.2533;

/**
 * The last `most` values from the first known non-zero one on, with gaps filled by what was expected and outliers
 * drawn in ("winsorised") to four spreads from it. Both come from one causal pass of robust exponential smoothing
 * (Gelper, Fried & Croux 2010, Robust forecasting with exponential and Holt–Winters smoothing,
 * doi:10.1002/for.1125), here with a weekly season and a rule of its own: three in a row to the same side are
 * taken as the new level at once. Series whose outliers are many are left as they are: bursts are their nature.
 * What comes on the same date of every month is taken out first, and is in `calendar`, `horizon` steps ahead.
 */
export function prepareHistory(
  series: Series,
  { period, most, horizon }: { period: number; most: number; horizon: number },
): History {
  const from = Math.max(firstCost(series.values), series.values.length - most);
  const actual = series.values.slice(from);
  const calendar =
    series.grain === 'day' ? calendarOf(stampAt(series, from), actual, { period, horizon }) : undefined;
  const raw = calendar ? actual.map((value, t) => value - (calendar[t] ?? 0)) : actual;
  const robust = smooth(raw, period, WIDEST);
  const sparse = zerosOf(raw) > SPARSE_ZEROS || robust.outliers > MOST_OUTLIERS * raw.length;
  const usual = sparse ? smooth(raw, period, Number.POSITIVE_INFINITY) : robust;
  return { raw, clean: usual.clean, calendar, period, sparse };
}

/** What comes by the date of the month, on every day of the history and the horizon; undefined when nothing does. */
function calendarOf(
  start: Day,
  actual: Float64Array,
  { period, horizon }: { period: number; horizon: number },
): Float64Array | undefined {
  const positions = monthPositions(start, actual.length + horizon);
  const effects = monthEffects(positions, actual, smooth(actual, period, WIDEST).expected);
  return effects && Float64Array.from(positions, (position) => effects[position] ?? 0);
}

/** Share of the known values. */
function zerosOf(raw: Float64Array): number {
  let zeros = 0;
  let known = 0;
  for (const value of raw) {
    if (Number.isNaN(value)) continue;
    known += 1;
    if (value === 0) zeros += 1;
  }
  return zeros / Math.max(1, known);
}

function firstCost(values: Float64Array): number {
  const found = values.findIndex((value) => !Number.isNaN(value) && value !== 0);
  if (found >= 0) return found;
  return Math.max(
    0,
    values.findIndex((value) => !Number.isNaN(value)),
  );
}

interface Smoothed {
  readonly clean: Float64Array;
  /** What was expected of each step from those before it. */
  readonly expected: Float64Array;
  readonly outliers: number;
}

function smooth(raw: Float64Array, period: number, widest: number): Smoothed {
  const expected = new Float64Array(raw.length);
  const clean = Float64Array.from(raw);
  const { season, level: start } = firstSeasons(raw, period);
  let level = start;
  let spread = firstSpread(raw, level, season);
  let outliers = 0;
  let run = 0;
  let runSum = 0;
  for (let t = 0; t < raw.length; t += 1) {
    const slot = t % period;
    const usual = season[slot] ?? 0;
    const value = raw[t] ?? Number.NaN;
    expected[t] = level + usual;
    if (Number.isNaN(value)) {
      clean[t] = level + usual;
      continue;
    }
    const error = value - level - usual;
    const edge = Math.max(widest * spread * TO_SIGMA, LEAST_SHARE * Math.abs(level));
    let kept = error;
    if (Math.abs(error) > edge) {
      run = Math.sign(error) === Math.sign(run) ? run + Math.sign(error) : Math.sign(error);
      runSum = Math.abs(run) === 1 ? error : runSum + error;
      if (Math.abs(run) < PERSISTENT) {
        kept = Math.sign(error) * edge;
        outliers += 1;
      } else {
        level += runSum / Math.abs(run) - LEVEL * kept;
        outliers -= Math.abs(run) === PERSISTENT ? PERSISTENT - 1 : 0;
        run = 0;
      }
    } else run = 0;
    clean[t] = level + usual + kept;
    if (kept === error && run === 0 && Math.abs(error) > edge) clean[t] = value;
    level += LEVEL * kept;
    season[slot] = usual + SEASON * (1 - LEVEL) * kept;
    spread += SPREAD * (Math.min(Math.abs(kept), 2 * edge) - spread);
  }
  return { clean, expected, outliers };
}

/** Level and season of the first three seasons, by medians: one burst among them does no harm. */
function firstSeasons(raw: Float64Array, period: number): { level: number; season: Float64Array } {
  const head = raw.subarray(0, 3 * period);
  const level = median(head);
  const season = new Float64Array(period);
  for (let slot = 0; slot < period; slot += 1) {
    const same = head.filter((_, index) => index % period === slot);
    const middle = median(same);
    season[slot] = Number.isNaN(middle) ? 0 : middle - level;
  }
  return { level, season };
}

function firstSpread(raw: Float64Array, level: number, season: Float64Array): number {
  const head = raw.subarray(0, 4 * season.length);
  const off = head.map((value, index) => Math.abs(value - level - (season[index % season.length] ?? 0)));
  const known = off.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  return Math.max(mean, 1e-3 * Math.abs(level), 1e-12);
}

function median(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return Number.NaN;
  const half = known.length >> 1;
  return known.length % 2 === 1
    ? (known[half] ?? Number.NaN)
    : ((known[half - 1] ?? 0) + (known[half] ?? 0)) / 2;
}
