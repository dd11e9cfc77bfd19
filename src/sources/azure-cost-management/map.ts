/** From cells of actual and amortized cost to FOCUS charges. */
import { startOfMonth } from '../../core/day.ts';
import type { ChargeCategory } from '../../core/dimension.ts';
import type { FocusColumn } from '../../core/settings.ts';
import type { Charge } from '../types.ts';
import { type Cell, keyOf } from './cells.ts';
import { DIMENSION_NAMES, DIMENSIONS, idOf } from './dimensions.ts';
import type { Scope } from './scope.ts';

const CATEGORIES: Readonly<
  Record<string, { category: ChargeCategory; more?: Partial<Record<FocusColumn, string>> }>
> = {
  usage: { category: 'Usage' },
  purchase: { category: 'Purchase' },
  tax: { category: 'Tax' },
  refund: { category: 'Purchase', more: { ChargeClass: 'Correction' } },
  credit: { category: 'Credit' },
  roundingadjustment: { category: 'Adjustment' },
  adjustment: { category: 'Adjustment' },
  unusedreservation: { category: 'Usage', more: { CommitmentDiscountStatus: 'Unused' } },
  unusedsavingsplan: { category: 'Usage', more: { CommitmentDiscountStatus: 'Unused' } },
};
const PRICING: Readonly<Record<string, string>> = {
  ondemand: 'Standard',
  reservation: 'Committed',
  savingsplan: 'Committed',
  spot: 'Dynamic',
};
/** Azure's own word for cost that belongs to no service: purchases, taxes, rounding. */
const UNASSIGNED = 'Unassigned';

/**
 * One charge per key. A key that one of the two tables does not list cost nothing of that kind that day: a purchase is
 * only billed, its daily share only amortized. `amortized` undefined: it was not asked for, and EffectiveCost is unknown.
 */
export function chargesOf(
  scope: Scope,
  tags: readonly string[],
  actual: readonly Cell[],
  amortized: readonly Cell[] | undefined,
): Charge[] {
  const effective = new Map(amortized?.map((cell) => [keyOf(cell), cell]));
  const charges = actual.map((cell) => {
    const key = keyOf(cell);
    const other = effective.get(key)?.amount ?? '0';
    effective.delete(key);
    return chargeOf(scope, tags, cell, { billed: cell.amount, effective: amortized ? other : null });
  });
  const rest = [...effective.values()];
  return [
    ...charges,
    ...rest.map((cell) => chargeOf(scope, tags, cell, { billed: '0', effective: cell.amount })),
  ];
}

function chargeOf(
  scope: Scope,
  tagKeys: readonly string[],
  { day, currency, values }: Cell,
  amount: { billed: string; effective: string | null },
): Charge {
  const columns: Partial<Record<FocusColumn, string>> = {};
  const tags: Record<string, string> = {};
  let category: (typeof CATEGORIES)[string] = { category: 'Usage' };
  for (const name of DIMENSION_NAMES) {
    const value = values.get(idOf({ type: 'Dimension', name })) || scope.known.get(name);
    if (!value) continue;
    const to = DIMENSIONS[name];
    if (name === 'ChargeType') category = CATEGORIES[plain(value)] ?? { category: 'Adjustment' };
    else if (name === 'PricingModel') columns.PricingCategory = PRICING[plain(value)] ?? 'Other';
    else if ('tag' in to) tags[to.tag] = value;
    else columns[to.column] = value;
  }
  for (const key of tagKeys) {
    const value = values.get(idOf({ type: 'TagKey', name: key }));
    // Azure does not tell an empty value from a missing tag when it groups.
    if (value) tags[key] = value;
  }
  return {
    ...columns,
    ...category.more,
    ProviderName: 'Microsoft',
    PublisherName: columns.PublisherName ?? 'Microsoft',
    InvoiceIssuerName: 'Microsoft',
    BillingAccountId: scope.account,
    ServiceName: columns.ServiceName ?? UNASSIGNED,
    ChargeCategory: category.category,
    ...(columns.ResourceId !== undefined && { ResourceName: lastPart(columns.ResourceId) }),
    ChargePeriodStart: day,
    BillingPeriodStart: startOfMonth(day),
    BillingCurrency: currency,
    BilledCost: amount.billed,
    EffectiveCost: amount.effective,
    ListCost: null,
    ContractedCost: null,
    Tags: tags,
  };
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[^a-z]/g, '');
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
