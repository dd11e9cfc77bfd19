/** The month that every source is tested with, and what each vendor's shapes cannot hold of it. */
import { type TruthCharge, type TruthOptions, truthCharges } from './truth.ts';

export const NOW = '2026-11-21T09:00:00Z';
export const TODAY = '2026-11-21';
/** A whole month before the running one is history. */
export const FIRST_DAY = '2026-10-01';

/** By id; a source without an entry takes the truth as it is. */
const LIMITS: Readonly<Record<string, Partial<TruthOptions>>> = {};

export function truthOf(kind: string): TruthCharge[] {
  return truthCharges({ start: FIRST_DAY, end: TODAY, ...LIMITS[kind] });
}
