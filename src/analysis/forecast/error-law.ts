/** What past errors say of errors to come: how they grow with distance, and how they spread around zero. */
import { BAND_LEVELS, type BandLevel } from './types.ts';

/** Errors of one distance: one per origin, oldest first, NaN where the outcome is not known. */
export interface ErrorsAt {
  /** Steps ahead, or steps summed. */
  readonly distance: number;
  readonly errors: Float64Array;
  /** How many of them are independent: windows that overlap tell the same story. */
  readonly independent: number;
}

export interface ErrorLaw {
  /** Typical absolute error at a distance. */
  scaleAt(distance: number): number;
  /** Ends of each band in typical errors: lower ≤ 0 ≤ upper. */
  readonly ends: Readonly<Record<BandLevel, { readonly lower: number; readonly upper: number }>>;
}

/** How strongly growth holds to what is usual: as if so many independent errors had said it. */
const PRIOR_WEIGHT = 8;
/** Steps ahead that have a size of their own, drawn towards the law as if it stood for so many errors. */
const NEAR = 3;
const LAW_WEIGHT = 10;
/** Up to here the errors of every distance are looked at. */
const EVERY_DISTANCE = 14;
/** Few errors are taken to fall to both sides alike, as if so many had said it; many speak for themselves. */
const EVENNESS = 15;

/**
 * Fits |error| ≈ c · distanceᵍ by weighted least squares on logarithms, g drawn towards `usual` and kept within
 * `between`, and takes quantiles of all errors divided by that: bands grow smoothly with distance, and reach
 * beyond what could be tried. Quantiles lie between those of the signed errors and those of their size, nearer
 * to the former the more there are, at ranks of split conformal prediction (Lei et al. 2018,
 * doi:10.1080/01621459.2017.1307116) for as many errors as are independent. `weights` counts the origins.
 */
export function fitErrorLaw(
  at: readonly ErrorsAt[],
  weights: Float64Array,
  { usual, between }: { usual: number; between: readonly [number, number] },
): ErrorLaw | undefined {
  const points = at.flatMap(({ distance, errors, independent }) => {
    const size = meanSize(errors, weights);
    return size > 0 ? [{ distance, x: Math.log(distance), y: Math.log(size), weight: independent }] : [];
  });
  if (points.length === 0) return at.some(({ errors }) => errors.some((e) => e === 0)) ? EXACT : undefined;
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  const meanX = points.reduce((sum, { x, weight }) => sum + weight * x, 0) / total;
  const meanY = points.reduce((sum, { y, weight }) => sum + weight * y, 0) / total;
  const spread = points.reduce((sum, { x, weight }) => sum + weight * (x - meanX) ** 2, 0);
  const product = points.reduce((sum, { x, y, weight }) => sum + weight * (x - meanX) * (y - meanY), 0);
  const free = (product + PRIOR_WEIGHT * usual) / (spread + PRIOR_WEIGHT);
  const growth = Math.min(between[1], Math.max(between[0], free));
  const law = (x: number) => meanY + growth * (x - meanX);
  // The nearest distances have errors enough of their own, and seldom keep to one power all the way.
  const near = new Map(
    points
      .filter(({ distance }) => distance <= NEAR)
      .map(({ distance, x, y, weight }) => {
        const own = weight / (weight + LAW_WEIGHT);
        return [distance, Math.exp(own * y + (1 - own) * law(x))] as const;
      }),
  );
  const scaleAt = (distance: number) => near.get(distance) ?? Math.exp(law(Math.log(distance)));
  const independent = Math.max(...at.map((one) => one.independent));
  return { scaleAt, ends: endsOf(relative(at, scaleAt), independent) };
}

const NONE = { lower: 0, upper: 0 };
const EXACT: ErrorLaw = { scaleAt: () => 0, ends: { '50': NONE, '80': NONE, '95': NONE } };

function meanSize(errors: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let weighed = 0;
  for (let i = 0; i < errors.length; i += 1) {
    const size = Math.abs(errors[i] ?? Number.NaN);
    if (!(size >= 0)) continue;
    sum += (weights[i] ?? 0) * size;
    weighed += weights[i] ?? 0;
  }
  return sum / weighed;
}

function relative(at: readonly ErrorsAt[], scaleAt: (distance: number) => number): Float64Array {
  const all = new Float64Array(at.reduce((sum, { errors }) => sum + errors.length, 0));
  let count = 0;
  for (const { distance, errors } of at) {
    // Far distances tell the same story again: one in five of them is enough.
    if (distance > EVERY_DISTANCE && distance % 5 !== 0) continue;
    const scale = scaleAt(distance);
    for (const error of errors)
      if (!Number.isNaN(error)) {
        all[count] = error / scale;
        count += 1;
      }
  }
  return all.subarray(0, count).sort();
}

function endsOf(sorted: Float64Array, independent: number): ErrorLaw['ends'] {
  const sizes = sorted.map(Math.abs).sort();
  const even = EVENNESS / (EVENNESS + independent);
  const end = (level: BandLevel) => {
    const share = Math.min(0.999, (Number(level) / 100) * (1 + 1 / Math.max(2, independent)));
    const size = quantile(sizes, share);
    return {
      lower: Math.min(0, even * -size + (1 - even) * quantile(sorted, (1 - share) / 2)),
      upper: Math.max(0, even * size + (1 - even) * quantile(sorted, (1 + share) / 2)),
    };
  };
  const [narrow, middle, wide] = BAND_LEVELS;
  return { [narrow]: end(narrow), [middle]: end(middle), [wide]: end(wide) } as ErrorLaw['ends'];
}

/** Linear between order statistics (type 7 of Hyndman & Fan 1996). */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? 0;
  return low + (at % 1) * ((sorted[Math.ceil(at)] ?? low) - low);
}
