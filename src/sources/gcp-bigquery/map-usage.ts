/** Rows of the standard and detailed exports as FOCUS charges. */
import { plainDecimal } from '../../core/exact-number.ts';
import type { Charge } from '../types.ts';
import { amount, currency, day, known, needed } from './row.ts';
import type { Row } from './schema.ts';
import { tagsOf } from './tags.ts';

const PROVIDER = 'Google Cloud';
/** Of rows that belong to no service, such as tax and rounding. */
const NO_SERVICE = '(no service)';

/**
 * One charge for what was used, discounts taken off, and one for the other credits; together they are the net cost.
 * EffectiveCost is the same, as the export spreads no fees of commitments.
 */
export function usageCharges(row: Row, kept: ReadonlySet<string>): Charge[] {
  const month = needed(row, 'invoice_month', /^\d{4}(0[1-9]|1[0-2])$/);
  const base = {
    ChargePeriodStart: day(row, 'usage_day'),
    BillingPeriodStart: `${month.slice(0, 4)}-${month.slice(4)}-01`,
    BillingCurrency: currency(row, 'billed_in'),
    ProviderName: PROVIDER,
    PublisherName: known(row, 'seller') ?? PROVIDER,
    InvoiceIssuerName: PROVIDER,
    BillingAccountId: needed(row, 'billing_account', /./),
    ServiceName: known(row, 'service') ?? NO_SERVICE,
    ...present('SubAccountId', known(row, 'project_id')),
    ...present('SubAccountName', known(row, 'project_name')),
    ...present('SkuId', known(row, 'sku')),
    ...present('RegionId', known(row, 'region')),
    ...present('ResourceId', known(row, 'resource_id') ?? known(row, 'resource_name')),
    ...present('ResourceName', known(row, 'resource_name')),
    Tags: tagsOf([row.labels_of_row, row.labels_of_project, row.tags_of_row], kept),
  };
  const billed = amount(row, 'billed');
  const listed = row.listed === undefined || row.listed === null ? null : plainDecimal(row.listed);
  const credited = amount(row, 'credited');
  const used: Charge = {
    ...base,
    ChargeCategory: category(known(row, 'kind')),
    ...present('ChargeDescription', known(row, 'sku_name')),
    BilledCost: billed,
    EffectiveCost: billed,
    ListCost: listed,
    ContractedCost: amount(row, 'contracted'),
  };
  const credit: Charge = {
    ...base,
    ChargeCategory: 'Credit',
    ChargeDescription: 'Promotions and other credits',
    BilledCost: credited,
    EffectiveCost: credited,
    ListCost: '0',
    ContractedCost: '0',
  };
  const empty = billed === '0' && used.ContractedCost === '0' && (listed === null || listed === '0');
  return [...(empty ? [] : [used]), ...(credited === '0' ? [] : [credit])];
}

function category(kind: string | undefined): string {
  switch (kind?.toLowerCase()) {
    case 'tax':
      return 'Tax';
    case 'adjustment':
    case 'rounding_error':
      return 'Adjustment';
    default:
      return 'Usage';
  }
}

function present<K extends string>(column: K, value: string | undefined): { [C in K]?: string } {
  return value === undefined ? {} : ({ [column]: value } as { [C in K]?: string });
}
