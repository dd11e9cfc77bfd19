/** What comes once a month: support, tax, credits, and corrections of earlier bills. */
import { addDays, addMonths, type Day, startOfMonth } from '../../core/day.ts';
import { shareOf, toCost } from './decimal.ts';
import type { MeterId } from './meters.ts';
import type { BillSource } from './sources.ts';
import type { Entry, Line } from './types.ts';

/** Credits were granted for the first months of the history only. */
const CREDIT_MONTHS = 9;

interface Fee {
  readonly meter: MeterId;
  readonly category: 'Purchase' | 'Tax' | 'Credit' | 'Adjustment' | 'Usage';
  readonly description: string;
  readonly amount: bigint;
  readonly team?: string;
  readonly resource?: string;
  /** Month that the charge is about, when that is not the billing period. */
  readonly about?: Day;
}

/** Fees of a source, made from its usage. Only closed months have them. */
export function feesOf(
  source: BillSource,
  usage: readonly Entry[],
  span: { start: Day; today: Day },
): Entry[] {
  const months: Day[] = [];
  for (let month = startOfMonth(span.start); addMonths(month, 1) <= span.today; month = addMonths(month, 1))
    months.push(month);
  const billed = new Map<Day, bigint>();
  for (const entry of usage) billed.set(entry.period, (billed.get(entry.period) ?? 0n) + entry.billed);
  return months.flatMap((month, index) =>
    monthlyFees(source, billed.get(month) ?? 0n, { month, index, last: index === months.length - 1 }).map(
      (fee) => entryOf(fee, month),
    ),
  );
}

function monthlyFees(
  source: BillSource,
  billed: bigint,
  at: { month: Day; index: number; last: boolean },
): Fee[] {
  if (source.name === 'aws') return awsFees(billed, at);
  if (source.name === 'gcp') return gcpFees(billed, at);
  return [];
}

function awsFees(
  billed: bigint,
  { month, index, last }: { month: Day; index: number; last: boolean },
): Fee[] {
  const support: Fee = {
    meter: 'aws-support',
    category: 'Purchase',
    description: 'AWS Support (Business), monthly fee',
    amount: shareOf(billed, 30n),
    team: 'platform',
  };
  const tax: Fee = {
    meter: 'aws-tax',
    category: 'Tax',
    description: 'US sales tax to be collected',
    amount: shareOf(billed, 17n),
  };
  const credit: Fee = {
    meter: 'aws-credit',
    category: 'Credit',
    description: 'Migration Acceleration Program credit',
    amount: -toCost('1850'),
  };
  const refund: Fee = {
    meter: 'aws-host-g5-2x',
    category: 'Usage',
    description: 'Refund: ml.g5.2xlarge hosting, service level credit',
    amount: -toCost('312.4417209'),
    team: 'search',
    resource: 'ranker-v3-prod',
    about: addMonths(month, -1),
  };
  return [support, tax, ...(index < CREDIT_MONTHS ? [credit] : []), ...(last && index > 0 ? [refund] : [])];
}

function gcpFees(
  billed: bigint,
  { month, index, last }: { month: Day; index: number; last: boolean },
): Fee[] {
  const credit: Fee = {
    meter: 'gcp-credit',
    category: 'Credit',
    description: 'Committed spend credit',
    amount: -shareOf(billed, 25n),
  };
  const correction: Fee = {
    meter: 'gcp-adjustment',
    category: 'Adjustment',
    description: 'Correction of on-demand analysis billed twice',
    amount: -toCost('418.1590725'),
    about: addMonths(month, -1),
  };
  return [credit, ...(last && index > 0 ? [correction] : [])];
}

function entryOf(fee: Fee, month: Day): Entry {
  const about = fee.about ?? month;
  // A correction of usage is about one day, everything else about the whole month.
  const dayOnly = fee.category === 'Usage';
  const line: Line = {
    key: `${fee.meter}|fee`,
    use: {
      meter: fee.meter,
      resource: fee.resource ?? '',
      stage: dayOnly ? 'inference' : 'other',
      environment: 'prod',
      shape: 'steady',
      monthly: { units: 0 },
      tagging: dayOnly ? 'full' : 'none',
    },
    growth: 0,
    versioned: false,
    team: fee.team,
    model: dayOnly ? fee.resource?.replace(/-prod$/, '') : undefined,
  };
  return {
    line,
    category: fee.category,
    correction: fee.about !== undefined,
    start: dayOnly ? addDays(about, 13) : about,
    end: dayOnly ? addDays(about, 14) : addMonths(about, 1),
    period: month,
    description: fee.description,
    resource: fee.resource ?? '',
    quantity: undefined,
    list: fee.amount,
    contracted: fee.amount,
    billed: fee.amount,
    effective: fee.amount,
  };
}
