/** Which method, or which mean of methods, did best on the past. */
import { lossOf } from './loss.ts';
import type { ForecastModel, History, Method, Trial } from './types.ts';

/** Methods that may be combined, and how much worse than the best one they may be. */
const MOST_PARTS = 3;
const NEARLY = 1.2;

export interface Candidate {
  readonly model: ForecastModel;
  readonly rows: Float64Array;
  readonly loss: number;
}

export interface Choice extends Candidate {
  readonly parts: readonly { readonly model: ForecastModel; readonly weight: number }[];
}

/** The trial forecasts of every method; of methods of one model, the better one. Best first. */
export function tryMethods(methods: readonly Method[], history: History, trial: Trial): Candidate[] {
  const best = new Map<ForecastModel, Candidate>();
  for (const { model, forecast } of methods) {
    const rows = forecast(history, trial);
    const loss = lossOf(rows, history, trial);
    const other = best.get(model);
    if (!other || loss < other.loss) best.set(model, { model, rows, loss });
  }
  return [...best.values()].sort((a, b) => a.loss - b.loss);
}

/**
 * The weighted mean of up to three methods that are nearly as good as the best, weights by 1/loss², if that mean
 * did better than the best alone, as it mostly does (Bates & Granger 1969, doi:10.1057/jors.1969.103; Makridakis et
 * al. 2020 on the M4 competition, doi:10.1016/j.ijforecast.2019.04.014). `candidates` are sorted, best first.
 */
export function chooseModel(
  candidates: readonly Candidate[],
  history: History,
  trial: Trial,
): Choice | undefined {
  const [best] = candidates;
  if (!best) return undefined;
  const near = candidates.filter(({ loss }) => loss <= NEARLY * best.loss).slice(0, MOST_PARTS);
  const alone = { ...best, parts: [{ model: best.model, weight: 1 }] };
  if (near.length < 2 || !(best.loss > 0)) return alone;
  const weights = near.map(({ loss }) => loss ** -2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const rows = new Float64Array(best.rows.length);
  near.forEach((candidate, index) => {
    const weight = (weights[index] ?? 0) / total;
    for (let i = 0; i < rows.length; i += 1) rows[i] = (rows[i] ?? 0) + weight * (candidate.rows[i] ?? 0);
  });
  const loss = lossOf(rows, history, trial);
  if (!(loss <= best.loss)) return alone;
  const parts = near.map(({ model }, index) => ({ model, weight: (weights[index] ?? 0) / total }));
  return { model: 'combination', rows, loss, parts };
}
