/** Rows of the FOCUS export as charges. */
import { FOCUS_COLUMNS } from '../../core/settings.ts';
import type { Charge } from '../types.ts';
import { TAG_COLUMNS } from './focus-query.ts';
import { amount, currency, day, known, needed } from './row.ts';
import type { Row } from './schema.ts';
import { tagsOf } from './tags.ts';

const PROVIDER = 'Google Cloud';

/** Google gives net amounts: BilledCost has discounts and credits taken off. */
export function focusCharges(row: Row, kept: ReadonlySet<string>): Charge[] {
  const columns = Object.fromEntries(
    FOCUS_COLUMNS.flatMap((column) => {
      const value = known(row, `key_${column}`);
      return value === undefined ? [] : [[column, value]];
    }),
  );
  const sum = (column: string) =>
    known(row, `sum_${column}`) === undefined ? null : amount(row, `sum_${column}`);
  const billed = amount(row, 'sum_BilledCost');
  const charge: Charge = {
    ...columns,
    ProviderName: columns.ProviderName ?? PROVIDER,
    BillingAccountId: needed(row, 'key_BillingAccountId', /./),
    ServiceName: columns.ServiceName ?? '(no service)',
    ChargeCategory: capital(needed(row, 'key_ChargeCategory', /./)),
    ...(columns.ChargeClass && { ChargeClass: capital(columns.ChargeClass) }),
    ChargePeriodStart: day(row, 'usage_day'),
    BillingPeriodStart: `${day(row, 'billing_day').slice(0, 7)}-01`,
    BillingCurrency: currency(row, 'billed_in'),
    BilledCost: billed,
    EffectiveCost: sum('EffectiveCost') ?? billed,
    ListCost: sum('ListCost'),
    ContractedCost: sum('ContractedCost'),
    Tags: tagsOf(
      TAG_COLUMNS.map((column) => row[`tags_${column}`]),
      kept,
    ),
  };
  const amounts = [charge.BilledCost, charge.EffectiveCost, charge.ListCost, charge.ContractedCost];
  return amounts.every((value) => value === null || value === '0') ? [] : [charge];
}

/** Older views of Google's write "usage" for "Usage". */
function capital(value: string): string {
  return value.slice(0, 1).toUpperCase() + value.slice(1);
}
