/** Exponential smoothing with level, damped trend and season, by one pass over a series. */

export interface HoltWintersParameters {
  /** Smoothing of level, trend (β*, of the level's change) and season, each 0–1. */
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  /** Damping of the trend per step; 1 is none. */
  readonly phi: number;
  readonly season: 'none' | 'additive' | 'multiplicative';
}

export interface HoltWintersState {
  level: number;
  trend: number;
  /** One per step of the season, by index of the value modulo the period: added or multiplied. */
  readonly season: Float64Array;
}

/**
 * The state before the first value, from the first three seasons (as many as there are): their mean as level, no
 * trend, and what each step of the season differs from it. A multiplicative season needs positive values.
 */
export function firstState(
  values: Float64Array,
  period: number,
  kind: HoltWintersParameters['season'],
): HoltWintersState {
  const length = Math.min(values.length, 3 * period);
  const seasons = Math.max(1, Math.floor(length / period));
  const used = Math.min(length, seasons * period);
  let total = 0;
  for (let t = 0; t < used; t += 1) total += values[t] ?? 0;
  const mean = total / Math.max(1, used);
  const season = new Float64Array(period).fill(kind === 'multiplicative' ? 1 : 0);
  if (kind !== 'none' && used >= period)
    for (let slot = 0; slot < period; slot += 1) {
      let sum = 0;
      for (let t = slot; t < used; t += period) sum += values[t] ?? 0;
      const own = sum / seasons;
      season[slot] = kind === 'multiplicative' ? own / mean : own - mean;
    }
  let first = 0;
  for (let t = 0; t < Math.min(period, used); t += 1) first += values[t] ?? 0;
  return { level: first / Math.max(1, Math.min(period, used)), trend: 0, season };
}

/**
 * Runs Holt–Winters' damped method over `values` and changes `state` on the way; `at(t, state)` is called when t
 * values have been seen, for each t of `stops` (ascending). One-step errors are not returned: ask at the stops.
 *
 * Formulas (Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, ch. 2; Gardner & McKenzie
 * 1985 for the damping; the same as statsmodels' ExponentialSmoothing): with p = ℓ + φb,
 * ℓ' = p + α(y − s − p), b' = φb + β(ℓ' − p), that is β(ℓ' − ℓ) + (1 − β)φb for φ = 1 and its damped kin,
 * s' = s + γ(y − p − s); multiplicative: y/s in place of y − s and y/p in place of y − p.
 */
export function runHoltWinters(
  values: Float64Array,
  { alpha, beta, gamma, phi, season: kind }: HoltWintersParameters,
  state: HoltWintersState,
  stops: readonly number[],
  at: (index: number, state: HoltWintersState) => void,
): void {
  const { season } = state;
  const period = season.length;
  let { level, trend } = state;
  let slot = 0;
  let next = 0;
  for (let t = 0; t <= values.length; t += 1) {
    while (stops[next] === t) {
      state.level = level;
      state.trend = trend;
      at(next, state);
      next += 1;
    }
    if (t === values.length || next >= stops.length) break;
    const value = values[t] ?? 0;
    const before = level;
    const damped = phi * trend;
    const projected = level + damped;
    const usual = season[slot] ?? 0;
    if (kind === 'multiplicative') {
      level = projected + alpha * (value / usual - projected);
      season[slot] = Math.max(1e-6, usual + gamma * (value / projected - usual));
    } else {
      level = projected + alpha * (value - usual - projected);
      if (kind === 'additive') season[slot] = usual + gamma * (value - projected - usual);
    }
    trend = beta * (level - before) + (1 - beta) * damped;
    slot = slot + 1 === period ? 0 : slot + 1;
  }
}

/** The forecasts from a state, `from` being the number of values it has seen: level + damped trend, with the season. */
export function continueState(
  { level, trend, season }: HoltWintersState,
  { phi, season: kind }: Pick<HoltWintersParameters, 'phi' | 'season'>,
  from: number,
  into: Float64Array,
): void {
  let slope = 0;
  let damping = 1;
  let slot = from % season.length;
  for (let h = 0; h < into.length; h += 1) {
    damping *= phi;
    slope += damping * trend;
    const usual = season[slot] ?? 0;
    into[h] =
      kind === 'multiplicative' ? (level + slope) * usual : level + slope + (kind === 'additive' ? usual : 0);
    slot = slot + 1 === season.length ? 0 : slot + 1;
  }
}
