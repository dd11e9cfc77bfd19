/** The Query API's work on the synthetic charges: checks a definition as the service does, filters, groups, adds up. */
import { addDecimals } from '../../../src/core/decimal.ts';
import { createRandom } from './random.ts';
import type { TruthCharge } from './truth.ts';

export interface QueryBody {
  readonly type: string;
  readonly timeframe: string;
  readonly timePeriod?: { readonly from: string; readonly to: string };
  readonly dataset: {
    readonly granularity: string;
    readonly aggregation: Readonly<Record<string, { name: string; function: string }>>;
    readonly grouping?: readonly { type: string; name: string }[];
    readonly filter?: QueryFilter;
  };
}
interface Condition {
  readonly name: string;
  readonly operator: string;
  readonly values: readonly string[];
}
interface QueryFilter {
  readonly and?: readonly QueryFilter[];
  readonly dimensions?: Condition;
  readonly tags?: Condition;
}

/** A charge as Azure knows it. */
export interface AzureCharge extends TruthCharge {
  readonly chargeType: string;
}

export interface Table {
  readonly columns: readonly { name: string; type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

const DIMENSIONS: Readonly<Record<string, (charge: AzureCharge) => string>> = {
  ServiceName: ({ service }) => service,
  ChargeType: ({ chargeType }) => chargeType,
  SubscriptionId: ({ account }) => subscriptionOf(account),
  ResourceGroupName: ({ service, account }) => (service.endsWith('1') ? '' : `RG-${account.slice(0, 3)}`),
  ResourceLocation: () => 'westeurope',
};
const DAY = 86_400_000;

export function subscriptionOf(account: string): string {
  return `00000000-0000-0000-0000-${account.padStart(12, '0')}`;
}

/** What is wrong with a definition, in the service's words; undefined when nothing is. */
export function refusalOf(body: QueryBody, maxGroupings: number): string | undefined {
  const { dataset, timePeriod } = body;
  if (!['ActualCost', 'AmortizedCost', 'Usage'].includes(body.type))
    return `Invalid query type '${body.type}'.`;
  if (body.timeframe !== 'Custom' || !timePeriod) return 'Invalid query definition: timePeriod is required.';
  const days = (Date.parse(timePeriod.to) - Date.parse(timePeriod.from)) / DAY;
  if (!(days >= 0) || days > 31)
    return 'Invalid query definition: the time period of daily data is limited to 31 days.';
  const sums = Object.values(dataset.aggregation);
  if (dataset.granularity !== 'Daily' || sums.length < 1 || sums.length > 2)
    return 'Invalid query definition: Invalid dataset aggregation.';
  if (sums.some(({ name, function: verb }) => !['Cost', 'PreTaxCost'].includes(name) || verb !== 'Sum'))
    return 'Invalid query definition: Invalid dataset aggregation column.';
  const grouping = dataset.grouping ?? [];
  if (grouping.length > maxGroupings)
    return `Invalid query definition: Dataset grouping must contain at most ${maxGroupings} items.`;
  const unknown = grouping.find(
    ({ type, name }) => type !== 'TagKey' && !(type === 'Dimension' && name in DIMENSIONS),
  );
  if (unknown)
    return `Invalid query definition: Invalid dataset grouping: '${unknown.name}'; valid values: '${Object.keys(DIMENSIONS).join("','")}'.`;
  return refusalOfFilter(dataset.filter);
}

function refusalOfFilter(filter: QueryFilter | undefined): string | undefined {
  if (!filter) return undefined;
  if (Object.keys(filter).length !== 1)
    return 'Invalid query definition: Invalid dataset filter; on a QueryFilter one and only one of and/or/not/dimension/tag can be set.';
  if (filter.and) {
    if (filter.and.length < 2)
      return 'Invalid query definition: Invalid dataset filter; and needs two at least.';
    return filter.and.map(refusalOfFilter).find((refusal) => refusal !== undefined);
  }
  const condition = filter.dimensions ?? filter.tags;
  const known = condition?.operator === 'In' && condition.values.length > 0;
  return known ? undefined : 'Invalid query definition: Invalid dataset filter.';
}

/** Rows as the service gives them: numbers for amounts and days, columns in an order of its own. */
export function runQuery(body: QueryBody, charges: readonly AzureCharge[], seed: number): Table {
  const [from = '', to = ''] = [body.timePeriod?.from.slice(0, 10), body.timePeriod?.to.slice(0, 10)];
  const grouping = body.dataset.grouping ?? [];
  const sums = new Map<string, { amount: string; cells: readonly unknown[] }>();
  for (const charge of charges) {
    if (charge.day < from || charge.day > to || !passes(body.dataset.filter, charge)) continue;
    const cells = [
      Number(charge.day.replaceAll('-', '')),
      ...grouping.flatMap(({ type, name }) =>
        type === 'TagKey' ? tagCells(charge, name) : [DIMENSIONS[name]?.(charge) ?? null],
      ),
      charge.currency,
    ];
    const key = JSON.stringify(cells);
    sums.set(key, { amount: addDecimals(sums.get(key)?.amount ?? '0', charge.amount) ?? '0', cells });
  }
  const [sum] = Object.values(body.dataset.aggregation);
  const columns = [
    { name: sum?.name ?? 'Cost', type: 'Number' },
    { name: 'UsageDate', type: 'Number' },
    ...grouping.flatMap(({ type, name }) =>
      (type === 'TagKey' ? ['TagKey', 'TagValue'] : [name]).map((column) => ({
        name: column,
        type: 'String',
      })),
    ),
    { name: 'Currency', type: 'String' },
  ];
  const random = createRandom(seed);
  const order = columns.map((_, index) => ({ index, at: random() })).sort((a, b) => a.at - b.at);
  return {
    columns: order.flatMap(({ index }) => columns[index] ?? []),
    rows: [...sums.values()].map(({ amount, cells }) => {
      const row = [Number(amount), ...cells];
      return order.map(({ index }) => row[index]);
    }),
  };
}

/** A pair: the key in lower case and the value; nothing at all where the charge does not carry it. */
function tagCells({ tags }: AzureCharge, name: string): readonly (string | null)[] {
  const value = tags[name];
  return value === undefined ? [null, null] : [name.toLowerCase(), value];
}

function passes(filter: QueryFilter | undefined, charge: AzureCharge): boolean {
  if (!filter) return true;
  if (filter.and) return filter.and.every((each) => passes(each, charge));
  const [condition, value] = filter.tags
    ? [filter.tags, charge.tags[filter.tags.name] ?? '']
    : [filter.dimensions, DIMENSIONS[filter.dimensions?.name ?? '']?.(charge) ?? ''];
  return condition?.values.some((wanted) => wanted.toLowerCase() === value.toLowerCase()) ?? false;
}
