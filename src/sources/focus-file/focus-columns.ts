/** The FOCUS columns that are read, and which version a file's columns belong to. */
import { FOCUS_COLUMNS } from '../../core/settings.ts';

/** Every column that the import reads: those that facts keep, and those that place and price a charge. */
export const READ_COLUMNS = [
  'ServiceProviderName',
  ...FOCUS_COLUMNS,
  'BillingCurrency',
  'BillingPeriodStart',
  'BillingPeriodEnd',
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'Tags',
] as const;
export type ReadColumn = (typeof READ_COLUMNS)[number];

export const COST_COLUMNS = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'] as const;
export const PROVIDER_COLUMNS = [
  'ServiceProviderName',
  'ProviderName',
  'PublisherName',
  'InvoiceIssuerName',
] as const;
export const DATE_COLUMNS = [
  'ChargePeriodStart',
  'ChargePeriodEnd',
  'BillingPeriodStart',
  'BillingPeriodEnd',
] as const;

/** FOCUS columns that no fact needs: known, so that they are not called unknown. */
const OTHER_COLUMNS = [
  'BillingAccountType',
  'CapacityReservationId',
  'CapacityReservationStatus',
  'CommitmentDiscountName',
  'CommitmentDiscountQuantity',
  'CommitmentDiscountType',
  'CommitmentDiscountUnit',
  'ConsumedQuantity',
  'ConsumedUnit',
  'ContractedUnitPrice',
  'InvoiceId',
  'ListUnitPrice',
  'PricingCurrency',
  'PricingCurrencyContractedUnitPrice',
  'PricingCurrencyEffectiveCost',
  'PricingCurrencyListUnitPrice',
  'PricingQuantity',
  'PricingUnit',
  'RegionName',
  'SkuPriceDetails',
  'SkuPriceId',
  'SubAccountType',
  'HostProviderName',
  'AllocatedMethodId',
  'AllocatedMethodDetails',
  'AllocatedResourceId',
  'AllocatedResourceName',
  'AllocatedTags',
  'ContractApplied',
] as const;

const ALL_COLUMNS: readonly string[] = [...READ_COLUMNS, ...OTHER_COLUMNS];

/** Columns that came with a version, newest first; a file that has one is at least that version. */
const INTRODUCED: readonly { readonly version: string; readonly columns: readonly string[] }[] = [
  {
    version: '1.3',
    columns: [
      'ServiceProviderName',
      'HostProviderName',
      'AllocatedMethodId',
      'AllocatedResourceId',
      'ContractApplied',
    ],
  },
  {
    version: '1.2',
    columns: [
      'BillingAccountType',
      'InvoiceId',
      'PricingCurrency',
      'PricingCurrencyContractedUnitPrice',
      'PricingCurrencyEffectiveCost',
      'PricingCurrencyListUnitPrice',
      'SubAccountType',
    ],
  },
  {
    version: '1.1',
    columns: [
      'CapacityReservationId',
      'CapacityReservationStatus',
      'CommitmentDiscountQuantity',
      'CommitmentDiscountUnit',
      'ServiceSubcategory',
      'SkuMeter',
      'SkuPriceDetails',
    ],
  },
];

export function detectVersion(columns: ReadonlySet<string>): string {
  return INTRODUCED.find((step) => step.columns.some((column) => columns.has(column)))?.version ?? '1.0';
}

const FOLDED = new Map(ALL_COLUMNS.map((column) => [fold(column), column]));

/** The FOCUS column a name means, whatever its case, spaces, "_" and "-"; undefined for any other name. */
export function meantColumn(name: string): string | undefined {
  return ALL_COLUMNS.includes(name) ? name : FOLDED.get(fold(name));
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}
