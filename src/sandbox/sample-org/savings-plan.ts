/** A SageMaker Savings Plan of one year: a daily fee, and production endpoints at a discount as far as it reaches. */
import { costOf, shareOf, toCost, toQuantity } from './decimal.ts';
import { meterOf } from './meters.ts';
import type { BillDay } from './shapes.ts';
import type { Entry, Line } from './types.ts';

/** Bought that many days before today, running for a year. */
const STARTED = 285;
/** Commitment an hour, and what of the list price is paid under it (thousandths). */
const COMMITMENT = toCost(meterOf('aws-savings-plan').price);
const DISCOUNTED = 730n;

export const SAVINGS_PLAN: Line = {
  key: 'savings-plan',
  use: {
    meter: 'aws-savings-plan',
    resource: 'sagemaker-1y',
    stage: 'other',
    environment: 'prod',
    shape: 'steady',
    monthly: { units: 0 },
    tagging: 'none',
  },
  growth: 0,
  versioned: false,
  team: undefined,
  model: undefined,
};

/** A rule gives what the plan did not use to the platform team. */
const UNUSED: Line = { ...SAVINGS_PLAN, key: 'savings-plan-unused', team: 'platform' };

/**
 * One AWS day with the plan applied: covered usage is billed 0 and effective at the discount, the fee is billed
 * in full and effective 0, and what was not used is a row of its own. Effective usage adds up to the fee.
 * `share` is how much of the day the bill has.
 */
export function coverWithSavingsPlan(usage: readonly Entry[], at: BillDay, share: number): Entry[] {
  if (at.daysAgo > STARTED) return [...usage];
  const hours = toQuantity(24 * share);
  const fee = costOf(COMMITMENT, hours);
  let left = fee;
  const covered = usage.map((entry): Entry => {
    const { use } = entry.line;
    const discounted = shareOf(entry.list, DISCOUNTED);
    if (meterOf(use.meter).resource !== 'endpoint' || use.environment !== 'prod' || discounted > left)
      return entry;
    left -= discounted;
    return { ...entry, billed: 0n, effective: discounted, commitment: 'Used' };
  });
  const plan = {
    correction: false,
    start: at.day,
    end: at.end,
    period: at.period,
    resource: SAVINGS_PLAN.use.resource,
  };
  const purchase: Entry = {
    ...plan,
    line: SAVINGS_PLAN,
    category: 'Purchase',
    description: '1 year No Upfront SageMaker Savings Plan, recurring fee',
    quantity: hours,
    list: fee,
    contracted: fee,
    billed: fee,
    effective: 0n,
    commitment: 'Purchase',
  };
  if (left === 0n) return [...covered, purchase];
  const unused: Entry = {
    ...plan,
    line: UNUSED,
    category: 'Usage',
    description: 'SageMaker Savings Plan, unused commitment',
    quantity: (left * hours) / fee,
    list: 0n,
    contracted: 0n,
    billed: 0n,
    effective: left,
    commitment: 'Unused',
  };
  return [...covered, unused, purchase];
}
