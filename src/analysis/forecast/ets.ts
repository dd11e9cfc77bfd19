/** Holt–Winters with the smoothing that would have forecast this series best. */
import { continueState, firstState, type HoltWintersParameters, runHoltWinters } from './holt-winters.ts';
import { lossOf } from './loss.ts';
import type { History, Method, Trial } from './types.ts';

const ALPHAS = [0.03, 0.1, 0.25, 0.5, 0.8];
const GAMMAS = [0, 0.05, 0.15, 0.35];
const STEADY = { beta: 0, phi: 1 };
/** Slow and lasting, quick and soon damped. */
const TRENDS = [
  { beta: 0.03, phi: 0.98 },
  { beta: 0.15, phi: 0.9 },
];

/**
 * Exponential smoothing: of no, additive and (where all values are positive) multiplicative season and a small grid
 * of smoothing constants, the one with the smallest loss over the trial's origins; trends are tried with the season
 * that did best without one. A grid, not an optimiser: the loss is flat around its minimum.
 */
export const ets: Method = {
  model: 'ets',
  forecast(history, trial) {
    const near = { ...trial, horizon: trial.judged };
    let best: HoltWintersParameters = { alpha: 0.1, beta: 0, gamma: 0.05, phi: 1, season: 'additive' };
    let least = Number.POSITIVE_INFINITY;
    const attempt = (grid: readonly HoltWintersParameters[]) => {
      for (const parameters of grid) {
        const loss = lossOf(run(history, near, parameters), history, near);
        if (!(loss < least)) continue;
        least = loss;
        best = parameters;
      }
    };
    attempt(seasonsFor(history).flatMap((season) => gridOf(season, STEADY)));
    attempt(TRENDS.flatMap((trend) => gridOf(best.season, trend)));
    return run(history, trial, best);
  },
};

function seasonsFor({ clean, period, sparse }: History): HoltWintersParameters['season'][] {
  const enough = (seasons: number) => clean.length >= seasons * period;
  const positive = !sparse && clean.every((value) => value > 0);
  return [
    'none',
    ...(enough(2) ? ['additive' as const] : []),
    ...(enough(3) && positive ? ['multiplicative' as const] : []),
  ];
}

function gridOf(
  season: HoltWintersParameters['season'],
  trend: Pick<HoltWintersParameters, 'beta' | 'phi'>,
): HoltWintersParameters[] {
  const gammas = season === 'none' ? [0] : GAMMAS;
  return gammas.flatMap((gamma) => ALPHAS.map((alpha) => ({ alpha, gamma, ...trend, season })));
}

function run({ clean, period }: History, trial: Trial, parameters: HoltWintersParameters): Float64Array {
  const { origins, horizon } = trial;
  const rows = new Float64Array(origins.length * horizon);
  const state = firstState(clean, period, parameters.season);
  runHoltWinters(clean, parameters, state, origins, (index, reached) => {
    const row = rows.subarray(index * horizon, (index + 1) * horizon);
    continueState(reached, parameters, origins[index] ?? 0, row);
  });
  return rows;
}
