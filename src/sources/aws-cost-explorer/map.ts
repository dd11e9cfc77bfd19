/** Parts of AWS's bill as FOCUS charges. */
import { startOfMonth } from '../../core/day.ts';
import type { Charge, HourCharge } from '../types.ts';
import { decimalOfAttos, isZero } from './amounts.ts';
import { chargeTypeOf } from './charge-types.ts';
import { ACCOUNT, labelOf, RECORD_TYPE, REGION, SERVICE } from './dimensions.ts';
import type { Part, Plan } from './plan-types.ts';
import { serviceFacts } from './services.ts';

export interface BillFacts {
  /** Id and name of the payer account. */
  readonly account: string;
  readonly accountName: string | undefined;
  /** Names of the member accounts. */
  readonly names: ReadonlyMap<string, string>;
}

/** Dimensions with a column of their own. */
const COLUMNS = {
  [ACCOUNT]: 'SubAccountId',
  [REGION]: 'RegionId',
  AZ: 'AvailabilityZone',
  USAGE_TYPE: 'SkuMeter',
  INSTANCE_TYPE: 'ResourceType',
  INVOICING_ENTITY: 'InvoiceIssuerName',
  LEGAL_ENTITY_NAME: 'InvoiceIssuerName',
} as const satisfies Readonly<Record<string, keyof Charge>>;

/** How AWS writes that something has no region, instance type … */
const NONE = /^(No[A-Z]\w+|No (region|availability zone|instance type)|)$/;

/** One charge per part. Parts that cost nothing are left out where the day has others: free tiers are on every bill. */
export function chargesOf(plan: Plan, facts: BillFacts): Charge[] {
  return spentOf(plan.parts).map((part) => chargeOf(part, plan.dimensions, facts));
}

/** The same for hours, where slots start as "2026-11-20T14". */
export function hourChargesOf(plan: Plan, facts: BillFacts): HourCharge[] {
  return spentOf(plan.parts).map((part) => ({
    ...chargeOf(part, plan.dimensions, facts),
    hour: part.slot.slice(0, 13),
  }));
}

function spentOf(parts: readonly Part[]): Part[] {
  const spent = new Set(parts.filter(({ amounts }) => !isZero(amounts)).map(({ slot }) => slot));
  return parts.filter(({ slot, amounts }) => !isZero(amounts) || !spent.has(slot));
}

function chargeOf(part: Part, dimensions: readonly string[], facts: BillFacts): Charge {
  const of = new Map(dimensions.map((dimension, index) => [dimension, part.values[index]]));
  const [period = '', currency = ''] = part.slot.split(' ');
  const day = period.slice(0, 10);
  const [billed = 0n, effective = 0n] = part.amounts;
  const service = of.get(SERVICE) ?? '';
  const written = of.get(RECORD_TYPE);
  const recordType = written === undefined || NONE.test(written) ? undefined : written;
  const { category, publisher } = serviceFacts(service);
  const account = of.get(ACCOUNT);
  const accountName = account === undefined ? undefined : facts.names.get(account);
  const description = descriptionOf(of);
  return {
    ChargePeriodStart: day,
    BillingPeriodStart: startOfMonth(day),
    BillingCurrency: currency,
    ProviderName: 'AWS',
    PublisherName: publisher ?? 'Amazon Web Services, Inc.',
    BillingAccountId: facts.account,
    ...(facts.accountName !== undefined && { BillingAccountName: facts.accountName }),
    ServiceName: service,
    ...(category !== undefined && { ServiceCategory: category }),
    ...chargeTypeOf(recordType, service),
    ...columnsOf(of),
    ...(accountName !== undefined && { SubAccountName: accountName }),
    ...(description !== '' && { ChargeDescription: description }),
    BilledCost: decimalOfAttos(billed),
    EffectiveCost: decimalOfAttos(effective),
    ListCost: null,
    ContractedCost: null,
    Tags: tagsOf(of),
  };
}

function columnsOf(of: ReadonlyMap<string, string | undefined>): Partial<Charge> {
  return Object.fromEntries(
    Object.entries(COLUMNS).flatMap(([dimension, column]) => {
      const value = of.get(dimension);
      return value === undefined || NONE.test(value) ? [] : [[column, value]];
    }),
  );
}

/** The record type and whatever has no column. */
function descriptionOf(of: ReadonlyMap<string, string | undefined>): string {
  return [...of]
    .filter(
      ([dimension]) => !(dimension in COLUMNS) && dimension !== SERVICE && labelOf(dimension) === undefined,
    )
    .flatMap(([, value]) => (value === undefined || NONE.test(value) ? [] : [value]))
    .join('; ');
}

function tagsOf(of: ReadonlyMap<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    [...of].flatMap(([dimension, value]) => {
      const label = labelOf(dimension);
      return label === undefined || value === undefined || value === '' ? [] : [[label, value] as const];
    }),
  );
}
