/** How far estimates are from the bills they stood in for. */

/** A model's estimates and bills of some checked days, in micros of one currency. */
export interface CheckedSum {
  readonly source: string;
  readonly llmModel: string;
  readonly currency: string;
  readonly days: number;
  readonly estimatedMicros: bigint;
  readonly billedMicros: bigint;
}

export interface Drift extends CheckedSum {
  /** (billed − estimated) ÷ billed: above zero the bill was higher. */
  readonly ratio: number;
}

const LEAST_BILLED = 1_000_000n;
const TOLERATED_PERCENT = 10n;

/** The sums whose estimate is more than a tenth of the bill away from it, the dearest difference first; below one unit of the currency nothing is said. */
export function driftsOf(sums: readonly CheckedSum[]): Drift[] {
  return sums
    .filter(({ estimatedMicros, billedMicros }) => {
      const gap = absolute(billedMicros - estimatedMicros);
      return billedMicros >= LEAST_BILLED && gap * 100n > billedMicros * TOLERATED_PERCENT;
    })
    .map((sum) => ({
      ...sum,
      ratio: Number(sum.billedMicros - sum.estimatedMicros) / Number(sum.billedMicros),
    }))
    .sort((a, b) => (gapOf(a) < gapOf(b) ? 1 : -1));
}

function gapOf({ billedMicros, estimatedMicros }: CheckedSum): bigint {
  return absolute(billedMicros - estimatedMicros);
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
