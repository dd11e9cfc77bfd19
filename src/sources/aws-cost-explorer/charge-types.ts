/** What AWS's record types are in FOCUS. */
import type { ChargeCategory } from '../../core/dimension.ts';

export interface ChargeType {
  readonly ChargeCategory: ChargeCategory;
  readonly ChargeFrequency: 'Usage-Based' | 'One-Time' | 'Recurring';
  readonly PricingCategory?: string;
  readonly CommitmentDiscountCategory?: 'Spend' | 'Usage';
}

const USAGE: ChargeType = { ChargeCategory: 'Usage', ChargeFrequency: 'Usage-Based' };
const COMMITTED = { ...USAGE, PricingCategory: 'Committed' } as const;
const ONCE = { ChargeFrequency: 'One-Time' } as const;
const FEE = { ChargeCategory: 'Purchase', ChargeFrequency: 'Recurring' } as const;
const ADJUSTMENT: ChargeType = { ChargeCategory: 'Adjustment', ...ONCE };

/** By name in lower case without spaces: the console and the API write them differently. */
const TYPES: Readonly<Record<string, ChargeType>> = {
  usage: USAGE,
  discountedusage: { ...COMMITTED, CommitmentDiscountCategory: 'Usage' },
  savingsplancoveredusage: { ...COMMITTED, CommitmentDiscountCategory: 'Spend' },
  savingsplannegation: { ...COMMITTED, CommitmentDiscountCategory: 'Spend' },
  tax: { ChargeCategory: 'Tax', ...ONCE },
  credit: { ChargeCategory: 'Credit', ...ONCE },
  refund: { ChargeCategory: 'Credit', ...ONCE },
  fee: { ChargeCategory: 'Purchase', ...ONCE },
  upfront: { ChargeCategory: 'Purchase', ...ONCE },
  recurring: FEE,
  rifee: { ...FEE, CommitmentDiscountCategory: 'Usage' },
  savingsplanrecurringfee: { ...FEE, CommitmentDiscountCategory: 'Spend' },
  savingsplanupfrontfee: { ChargeCategory: 'Purchase', ...ONCE, CommitmentDiscountCategory: 'Spend' },
};

/** The type of a record; without one, the service "Tax" is tax and everything else is usage. */
export function chargeTypeOf(recordType: string | undefined, service: string): ChargeType {
  if (recordType === undefined) return service === 'Tax' ? { ChargeCategory: 'Tax', ...ONCE } : USAGE;
  const name = recordType.toLowerCase().replaceAll(/[\s_-]/g, '');
  const known = TYPES[name];
  if (known) return known;
  return /discount|adjustment/.test(name) ? ADJUSTMENT : USAGE;
}
