/** Theta and its decomposition against other people's implementations. */
import { expect, it } from 'vitest';
import { seasonOf, thetaForecast } from '../../../src/analysis/forecast/theta.ts';

const RISING = Float64Array.of(
  ...[20.1, 21.4, 19.8, 22.7, 23.1, 22.2, 24.9, 25.3, 24.1],
  ...[26.8, 27.5, 26.2, 28.9, 29.1, 30.4, 29.7, 31.2, 32.8],
);

function expectClose(found: Float64Array, known: readonly number[]): void {
  expect(found).toHaveLength(known.length);
  for (const [index, value] of known.entries()) expect(found[index]).toBeCloseTo(value, 5);
}

it('Theta gives what statsmodels gives', () => {
  // statsmodels 0.13.5: ThetaModel(z, period=1, deseasonalize=False).fit(use_mle=False): its alpha, forecast(5)
  expectClose(
    thetaForecast(RISING, 5, 0.7854081860258529),
    [32.846692, 33.204277, 33.561862, 33.919447, 34.277033],
  );
});

it('Theta is smoothing with half the slope, as computed in R', () => {
  // R 4.2.2: a <- .4; b <- coef(lm(z ~ seq_along(z)))[2]; l <- coef(HoltWinters(z, a, FALSE, FALSE, l.start=z[1]))
  // l + b/2 * (h - 1 + (1 - (1-a)^n)/a)
  expectClose(
    thetaForecast(RISING, 5, 0.4),
    [32.03215069, 32.38973583, 32.74732097, 33.10490611, 33.46249124],
  );
});

it('without an alpha takes one that follows the series', () => {
  const [first = 0, second = 0] = thetaForecast(RISING, 2);
  expect(first).toBeGreaterThan(32);
  expect(first).toBeLessThan(33.5);
  expect(second - first).toBeCloseTo(0.7151702786377696 / 2, 9);
});

it('classical decomposition gives the factors that statsmodels and R give', () => {
  const weeks = Float64Array.of(
    ...[112, 118, 132, 129, 121, 75, 68, 119, 126, 138, 131, 128, 80, 70, 125, 131, 149, 140],
    ...[133, 84, 77, 130, 139, 150, 147, 138, 88, 79, 136, 141, 157, 150, 143, 93, 82],
  );
  // seasonal_decompose(y, model='additive', period=7).seasonal[:7]; R: decompose(ts(y, frequency=7))$figure
  expectClose(
    seasonOf(weeks, 7),
    [7.734694, 13.69898, 27.306122, 20.44898, 12.69898, -36.372449, -45.515306],
  );
  expectClose(seasonOf(weeks.slice(0, 13), 7), [0, 0, 0, 0, 0, 0, 0]);
});
