/** The daily series that forecasts are tried on: the benchmark's, and real ones kept beside the repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { daysBetween } from '../../../../src/core/day.ts';
import type { Series } from '../../../../src/core/series.ts';
import type { LabelledSeries, Span } from '../types.ts';

export interface Subject {
  readonly id: string;
  /** Shape, or 'real'. */
  readonly group: string;
  readonly series: Series;
  /** Steps that nobody could foresee. */
  readonly incidents: readonly Span[];
}

/** Fewest steps: ten weeks to learn from and a horizon behind them. */
export const LEAST_STEPS = 110;

export function benchmarkSubjects(all: readonly LabelledSeries[]): Subject[] {
  return all
    .filter(({ series }) => series.grain === 'day' && series.values.length >= LEAST_STEPS)
    .map(({ id, shape, series, incidents }) => ({ id, group: shape, series, incidents }));
}

/** Undefined where the folder is not there. */
export function realSubjects(): Subject[] | undefined {
  const dir = fileURLToPath(new URL('../../../../../shared/data/forecast', import.meta.url));
  if (!existsSync(dir)) return undefined;
  const names = readdirSync(dir).filter((name) => name.endsWith('.csv'));
  return names.map((name) => ({
    id: name.replace(/\.csv$/, ''),
    group: 'real',
    series: readDaily(readFileSync(join(dir, name), 'utf8')),
    incidents: [],
  }));
}

/** Two columns, day and value, under a line of names; days that are not in it are unknown. */
export function readDaily(text: string): Series {
  const rows = text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.replaceAll('"', '').split(','));
  const days = rows.map(([day = '']) => day.slice(0, 10));
  const [start = '', end = start] = [days[0], days.at(-1)];
  const values = new Float64Array(daysBetween(start, end) + 1).fill(Number.NaN);
  rows.forEach(([, value], index) => {
    values[daysBetween(start, days[index] ?? start)] = value ? Number(value) : Number.NaN;
  });
  return { grain: 'day', start, values };
}
