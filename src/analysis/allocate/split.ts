/** Shares an amount in proportion to weights, exactly: what is given out adds up to what there was. */
import { ATTOS_PER_MICRO } from '../../core/money.ts';
import { apportion } from '../apportion.ts';

/** An amount as stored: micros, and in 10^-18 of the currency what rounding to micros left over. */
export interface Amount {
  readonly micros: bigint;
  readonly residue: bigint;
}

/**
 * Parts of an amount in proportion to `weights` (none negative, not all zero), in their order. Both the micros
 * and the residues of the parts add up to those of the amount; each part is within one 10^-18 of its exact
 * proportion. A negative amount (a credit) is shared alike. Ties go to the earlier weight, so the order decides.
 *
 * shareAmount({ micros: 10n, residue: 0n }, [1n, 1n, 1n]) → micros 4, 3, 3 with residues −666…, 333…, 333….
 * Largest remainder, as in apportion.
 */
export function shareAmount({ micros, residue }: Amount, weights: readonly bigint[]): Amount[] {
  const attos = micros * ATTOS_PER_MICRO + residue;
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole <= 0n) throw new RangeError('An amount cannot be shared without a weight.');
  const exact = apportion(
    weights.map((weight) => attos * weight),
    whole,
    attos,
  );
  const rounded = apportion(exact, ATTOS_PER_MICRO, micros);
  return exact.map((part, index) => {
    const own = rounded[index] ?? 0n;
    return { micros: own, residue: part - own * ATTOS_PER_MICRO };
  });
}
