/** The forecast part: runs it, tables and verdicts. */
import { BAND_LEVELS, type BandLevel } from '../../../../src/analysis/forecast/types.ts';
import type { Verdict } from '../detection-report.ts';
import { cell, percent, type Table } from '../tables.ts';
import type { LabelledSeries } from '../types.ts';
import { benchmarkSubjects, realSubjects, type Subject } from './data.ts';
import { type Errors, type Measured, measure } from './measure.ts';

/** Days ahead, and from how many past days each series of the benchmark is forecast so far. */
const HORIZONS = [
  { horizon: 1, origins: 14 },
  { horizon: 7, origins: 8 },
  { horizon: 30, origins: 5 },
  { horizon: 90, origins: 4 },
] as const;
/** The real series are few and long. */
const REAL_ORIGINS = 40;
const GOAL = { better: 0.6, covered: [0.75, 0.85] } as const;

/** Forecasts everything at all horizons. */
export function measureAll(
  all: readonly LabelledSeries[],
  say: (text: string) => void,
): { measured: Measured[]; real: boolean } {
  const real = realSubjects();
  if (!real)
    say('The real series (../shared/data/forecast) are not here; only the benchmark’s are forecast.');
  const run = (subjects: readonly Subject[], origins: number, horizon: number) =>
    subjects.flatMap((subject) => measure(subject, { horizon, origins }) ?? []);
  const measured = HORIZONS.flatMap(({ horizon, origins }) => {
    say(`forecasting ${horizon} ${horizon === 1 ? 'day' : 'days'} ahead`);
    return [...run(benchmarkSubjects(all), origins, horizon), ...run(real ?? [], REAL_ORIGINS, horizon)];
  });
  return { measured, real: real !== undefined };
}

export function forecastTables(measured: readonly Measured[]): Table[] {
  const made = measured.filter(({ group }) => group !== 'real');
  const real = measured.filter(({ group }) => group === 'real');
  const shapes = [...new Set(made.map(({ group }) => group))];
  return [
    {
      title: 'Forecast by horizon',
      head: ['', ...HEAD],
      rows: HORIZONS.map(({ horizon }) =>
        row(
          days(horizon),
          made.filter((one) => one.horizon === horizon),
        ),
      ),
      note: 'Of the benchmark’s daily series. Errors are medians over series, Pennywatch / seasonal naive; better: share of series with a smaller error; bands: share of days within, days of incidents left out.',
    },
    {
      title: 'Forecast of real series',
      head: ['', ...HEAD],
      rows: real.map((one) => row(`${one.id}, ${days(one.horizon)}`, [one])),
    },
    {
      title: 'Forecast by shape, all horizons',
      head: ['', ...HEAD],
      rows: shapes.map((shape) =>
        row(
          shape,
          made.filter(({ group }) => group === shape),
        ),
      ),
    },
  ];
}

const HEAD = ['series', 'sMAPE', 'better', 'MASE', 'better', 'in 50 %', 'in 80 %', 'in 95 %'] as const;

function row(name: string, of: readonly Measured[]): string[] {
  const pair = (error: keyof Errors, digits: number, factor = 1) =>
    `${cell(factor * median(of.map(({ own }) => own[error])), digits)} / ${cell(factor * median(of.map(({ naive }) => naive[error])), digits)}`;
  return [
    name,
    String(new Set(of.map(({ id }) => id)).size),
    `${pair('smape', 1, 100)} %`,
    percent(better(of, 'smape')),
    pair('mase', 2),
    percent(better(of, 'mase')),
    ...BAND_LEVELS.map((level) => percent(coverage(of, level), 1)),
  ];
}

/** Each horizon must be met by itself; coverage with incidents is told too. */
export function forecastVerdicts(measured: readonly Measured[]): Verdict[] {
  return HORIZONS.flatMap(({ horizon }): Verdict[] => {
    const of = measured.filter((one) => one.horizon === horizon);
    const [smape, mase, covered] = [better(of, 'smape'), better(of, 'mase'), coverage(of, '80')];
    return [
      {
        text: `Forecast ${days(horizon)}: better than seasonal naive in ${percent(smape)} of ${of.length} series by sMAPE, ${percent(mase)} by MASE; goal ≥ ${percent(GOAL.better)}`,
        met: Math.min(smape, mase) >= GOAL.better,
      },
      {
        text: `Forecast ${days(horizon)}: ${percent(covered, 1)} of days lie in the 80 % band (${percent(coverage(of, '80', true), 1)} with the days of incidents); goal 75–85 %`,
        met: covered >= GOAL.covered[0] && covered <= GOAL.covered[1],
      },
    ];
  });
}

/** Share of series with the smaller error; series whose error is not defined for both are left out. */
export function better(of: readonly Measured[], error: keyof Errors): number {
  const known = of.filter(({ own, naive }) => Number.isFinite(own[error]) && Number.isFinite(naive[error]));
  return known.filter(({ own, naive }) => own[error] < naive[error]).length / known.length;
}

/** Share of compared days in the band. Each series counts the same, however long. */
export function coverage(of: readonly Measured[], level: BandLevel, withIncidents = false): number {
  const shares = of.flatMap((one) => {
    const [inside, compared] = withIncidents
      ? [one.inside, one.compared]
      : [one.insideQuiet, one.comparedQuiet];
    return compared > 0 ? [inside[level] / compared] : [];
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function days(horizon: number): string {
  return horizon === 1 ? '1 day' : `${horizon} days`;
}
