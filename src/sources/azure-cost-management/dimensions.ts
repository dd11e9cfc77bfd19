/** What charges can be broken down by: names of the Query API, and where each value goes in a charge. */
import type { FocusColumn } from '../../core/settings.ts';

/** A FOCUS column, or a tag of the dimension's own name where FOCUS has none. */
export const DIMENSIONS = {
  ServiceName: { column: 'ServiceName' },
  ChargeType: { column: 'ChargeCategory' },
  SubscriptionId: { column: 'SubAccountId' },
  SubscriptionName: { column: 'SubAccountName' },
  ResourceGroupName: { tag: 'ResourceGroupName' },
  ResourceLocation: { column: 'RegionId' },
  ResourceType: { column: 'ResourceType' },
  ResourceId: { column: 'ResourceId' },
  Meter: { column: 'SkuMeter' },
  MeterCategory: { tag: 'MeterCategory' },
  MeterSubcategory: { tag: 'MeterSubcategory' },
  ServiceFamily: { tag: 'ServiceFamily' },
  PublisherType: { tag: 'PublisherType' },
  PricingModel: { column: 'PricingCategory' },
  ReservationId: { column: 'CommitmentDiscountId' },
  InvoiceSectionName: { tag: 'InvoiceSectionName' },
} as const satisfies Readonly<Record<string, { column: FocusColumn } | { tag: string }>>;

export type DimensionName = keyof typeof DIMENSIONS;

export const DIMENSION_NAMES = Object.keys(DIMENSIONS) as readonly DimensionName[];

/** Something to group by: a dimension, or the key of a tag. */
export interface Grouping {
  readonly type: 'Dimension' | 'TagKey';
  readonly name: string;
}

/** Identity of a grouping within cells: a tag may be called as a dimension is. */
export function idOf({ type, name }: Grouping): string {
  return `${type}:${name}`;
}

/**
 * In the order in which they are asked for: few values first, because each value of one is a query for the next.
 * What the scope itself says (its subscription, its resource group) need not be asked.
 */
export function groupingsFor(
  wanted: { readonly dimensions: readonly DimensionName[]; readonly tags: readonly string[] },
  known: ReadonlySet<string>,
): Grouping[] {
  const first: readonly DimensionName[] = ['ServiceName', 'ChargeType', 'SubscriptionId'];
  const asked = (name: DimensionName) =>
    !known.has(name) && (name === 'ServiceName' || wanted.dimensions.includes(name));
  return [
    ...first.filter(asked).map((name): Grouping => ({ type: 'Dimension', name })),
    ...wanted.tags.map((name): Grouping => ({ type: 'TagKey', name })),
    ...DIMENSION_NAMES.filter((name) => asked(name) && !first.includes(name)).map(
      (name): Grouping => ({ type: 'Dimension', name }),
    ),
  ];
}
