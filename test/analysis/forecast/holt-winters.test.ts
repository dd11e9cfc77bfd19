/** Holt–Winters against other people's implementations of it. */
import { describe, expect, it } from 'vitest';
import {
  continueState,
  firstState,
  type HoltWintersParameters,
  runHoltWinters,
} from '../../../src/analysis/forecast/holt-winters.ts';

const WEEKS = Float64Array.of(
  ...[112, 118, 132, 129, 121, 75, 68, 119, 126, 138, 131, 128, 80, 70, 125, 131, 149, 140],
  ...[133, 84, 77, 130, 139, 150, 147, 138, 88, 79, 136, 141, 157, 150, 143, 93, 82],
);
const ADDED = [4, 10, 24, 21, 13, -33, -39];
const MULTIPLIED = [1.04, 1.1, 1.2, 1.17, 1.1, 0.72, 0.67];

function forecast(
  parameters: HoltWintersParameters,
  { values = WEEKS, season = ADDED }: { values?: Float64Array; season?: number[] } = {},
): number[] {
  const state = { level: 108, trend: 0.5, season: Float64Array.from(season) };
  const into = new Float64Array(9);
  runHoltWinters(values, parameters, state, [values.length], (_, reached) =>
    continueState(reached, parameters, values.length, into),
  );
  return [...into];
}

function expectClose(found: readonly number[], known: readonly (number | undefined)[]): void {
  expect(found).toHaveLength(known.length);
  for (const [index, value] of known.entries())
    if (value !== undefined) expect(found[index]).toBeCloseTo(value, 5);
}

/*
 * statsmodels 0.13.5. Additive: ETSModel(y, error='add', trend='add', damped_trend=…, seasonal='add',
 * seasonal_periods=7, initialization_method='known', initial_level=108, initial_trend=0.5, initial_seasonal=…)
 * .smooth([0.3, 0.03, 0.2, 0.9]).forecast(9), its trend constant being α·β. Multiplicative: ExponentialSmoothing(y,
 * trend='add', damped_trend=…, seasonal='mul', …the same…).fit(smoothing_level=0.3, smoothing_trend=0.1,
 * smoothing_seasonal=0.2, damping_trend=0.9, optimized=False).forecast(9); the seventh is left out, for which that
 * class forgets the last update of the season (as its additive forecast does, against ETSModel's and R's).
 */
describe('Holt–Winters gives what statsmodels gives', () => {
  const constants = { alpha: 0.3, beta: 0.1, gamma: 0.2 };

  it('additive and damped', () => {
    expectClose(
      forecast({ ...constants, phi: 0.9, season: 'additive' }),
      [
        136.225213, 141.542316, 154.810279, 148.954315, 141.354807, 93.074037, 85.30232, 136.738296,
        142.00409,
      ],
    );
  });

  it('additive with a lasting trend', () => {
    expectClose(
      forecast({ ...constants, phi: 1, season: 'additive' }),
      [
        137.393006, 143.066895, 156.695089, 151.198873, 143.962314, 96.051092, 88.663236, 140.736845,
        146.410734,
      ],
    );
  });

  it('multiplicative and damped', () => {
    expectClose(forecast({ ...constants, phi: 0.9, season: 'multiplicative' }, { season: MULTIPLIED }), [
      138.689515,
      145.163655,
      159.256098,
      152.749368,
      144.337538,
      92.385389,
      undefined,
      140.04394,
      146.437157,
    ]);
  });

  it('multiplicative with a lasting trend', () => {
    expectClose(forecast({ ...constants, phi: 1, season: 'multiplicative' }, { season: MULTIPLIED }), [
      139.896198,
      146.855472,
      161.600375,
      155.493089,
      147.406099,
      94.667856,
      undefined,
      144.746885,
      151.922364,
    ]);
  });
});

/*
 * R 4.2.2: HoltWinters(ts(y, frequency=7), alpha=.3, beta=.1, gamma=.2, seasonal="additive", l.start=108,
 * b.start=.5, s.start=…, start.periods=2), predict(…, 9). R leaves out the first season, and smooths the season by
 * y − ℓ' where this smooths it by y − ℓ − b: its γ is this γ ÷ (1 − α).
 */
it('Holt–Winters gives what R gives', () => {
  expectClose(
    forecast(
      { alpha: 0.3, beta: 0.1, gamma: 0.2 * 0.7, phi: 1, season: 'additive' },
      { values: WEEKS.slice(7) },
    ),
    [
      136.17825893, 141.91831671, 155.62042521, 150.74695534, 143.52850346, 96.18800714, 89.3488594,
      139.28629905, 145.02635683,
    ],
  );
});

it('starts from the rhythm of the first weeks', () => {
  const steady = Float64Array.from({ length: 21 }, (_, t) => (t % 7 < 5 ? 100 : 30));
  const { level, trend, season } = firstState(steady, 7, 'additive');
  expect([level, trend]).toEqual([80, 0]);
  expectClose([...season], [20, 20, 20, 20, 20, -50, -50]);
  expectClose([...firstState(steady, 7, 'multiplicative').season].slice(4, 6), [1.25, 0.375]);
  expect([...firstState(steady, 7, 'none').season]).toEqual([0, 0, 0, 0, 0, 0, 0]);
});
