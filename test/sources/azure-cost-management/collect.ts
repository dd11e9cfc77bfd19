/** Runs a fetch against the stand-in to its end. */
import { addDecimals } from '../../../src/core/decimal.ts';
import { azureCostManagement } from '../../../src/sources/azure-cost-management/index.ts';
import { bind } from '../../../src/sources/bind.ts';
import type { Charge, FetchRequest } from '../../../src/sources/types.ts';
import { testAccess, testRequest } from '../stand-in/access.ts';
import type { AzureStandIn } from '../stand-in/azure-cost-management.ts';
import type { TruthCharge } from '../stand-in/truth.ts';

export const source = bind(azureCostManagement);

export async function collect(
  standIn: AzureStandIn,
  window: { start: string; end: string },
  more: { options?: object; variables?: Record<string, string>; request?: Partial<FetchRequest> } = {},
) {
  const access = testAccess({ ...standIn.variables, ...more.variables });
  const request = testRequest(access, window, more.request);
  const charges: Charge[] = [];
  const warnings: string[] = [];
  const days: { start: string; end: string }[] = [];
  for await (const batch of source.fetch({ ...standIn.options, ...more.options }, request)) {
    if (batch.kind !== 'charges') throw new Error('Files were not expected.');
    for await (const some of batch.charges) charges.push(...some);
    warnings.push(...(batch.lateWarnings?.() ?? []));
    days.push(batch.days);
  }
  return { charges, warnings, days, access };
}

/** Exact sums by a key of ours. */
export function sums<T>(items: readonly T[], key: (item: T) => string, amount: (item: T) => string | null) {
  const found: Record<string, string> = {};
  for (const item of items) found[key(item)] = addDecimals(found[key(item)] ?? '0', amount(item)) ?? '0';
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const truthSums = (charges: readonly TruthCharge[]) =>
  sums(
    charges,
    ({ day, currency }) => `${day} ${currency}`,
    ({ amount }) => amount,
  );

export const chargeSums = (
  charges: readonly Charge[],
  column: 'BilledCost' | 'EffectiveCost' = 'BilledCost',
) =>
  sums(
    charges,
    (charge) => `${charge.ChargePeriodStart} ${charge.BillingCurrency}`,
    (charge) => charge[column],
  );
