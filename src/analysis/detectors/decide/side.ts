/** To which side a step is unusual, and whether it is worth telling. */
import type { Series } from '../../../core/series.ts';
import { EDGE_SCORE, type Gates, type Judgement } from '../types.ts';

/** 1 above what is usual, −1 below, 0 usual or unknown. */
export type Side = -1 | 0 | 1;

const SIDES: Readonly<Record<Gates['direction'], readonly Side[]>> = { up: [1], down: [-1], both: [1, -1] };

/** The side of a step, and whether it passes the gates. Nothing but the step itself is looked at. */
export function sideAt(
  { values }: Pick<Series, 'values'>,
  { expected, score }: Judgement,
  gates: Gates,
  index: number,
): { readonly side: Side; readonly told: boolean } {
  const usual = expected[index] ?? Number.NaN;
  const difference = (values[index] ?? Number.NaN) - usual;
  if (!((score[index] ?? 0) > EDGE_SCORE) || Number.isNaN(difference) || difference === 0)
    return { side: 0, told: false };
  const side = difference > 0 ? 1 : -1;
  const size = Math.abs(difference);
  // Against nothing, anything is more than any share.
  const enough = size >= gates.minimumImpact && size >= gates.minimumShare * Math.abs(usual);
  return { side, told: enough && SIDES[gates.direction].includes(side) };
}
