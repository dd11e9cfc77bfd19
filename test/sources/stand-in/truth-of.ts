/** The month that every source is tested with, in two currencies where a vendor bills several. */
import { type TruthCharge, type TruthOptions, truthCharges } from './truth.ts';

export const NOW = '2026-11-21T09:00:00Z';
export const TODAY = '2026-11-21';
/** A whole month before the running one is history. */
export const FIRST_DAY = '2026-10-01';

const BOTH = { currencies: ['USD', 'EUR'] };
/** By id; a source without an entry takes the truth as it is. */
const MORE: Readonly<Record<string, Partial<TruthOptions>>> = {
  'aws-cost-explorer': BOTH,
  'azure-cost-management': BOTH,
  'focus-bucket': BOTH,
  'gcp-bigquery': BOTH,
};

export function truthOf(kind: string): TruthCharge[] {
  return truthCharges({ start: FIRST_DAY, end: TODAY, ...MORE[kind] });
}
