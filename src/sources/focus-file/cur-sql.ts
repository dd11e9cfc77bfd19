/**
 * AWS Cost and Usage Reports as FOCUS columns, in SQL. BilledCost is the unblended cost of every line as it stands;
 * EffectiveCost is the amortised cost by the rule of AWS's user guide (what covered usage costs of a commitment, and
 * of the commitment's own lines only what went unused), so that no commitment counts twice.
 */
import { type CurColumns, curColumns } from './cur-columns.ts';
import { identifier, literal } from './duck.ts';
import type { ReadColumn } from './focus-columns.ts';

export interface CurProjection {
  readonly columns: readonly ReadColumn[];
  /** The columns for a SELECT from the report. */
  readonly select: string;
}

/** How the report's column at a position is written in SQL, and its type. */
export interface CurSource {
  name(position: number): string;
  type(position: number): string;
}

const COSTLY = /^(DECIMAL\(|TIMESTAMP|DATE)/;

/** How to read a report as FOCUS; undefined when the columns are those of something else. */
export function curProjection(names: readonly string[], source: CurSource): CurProjection | undefined {
  const report = curColumns(names);
  if (!report) return undefined;
  const found = [...focusColumns(report, source)].filter(
    (entry): entry is [ReadColumn, string] => !!entry[1],
  );
  return {
    columns: found.map(([column]) => column),
    select: found.map(([column, sql]) => `${sql} AS ${identifier(column)}`).join(', '),
  };
}

function focusColumns(report: CurColumns, source: CurSource): Map<ReadColumn, string | undefined> {
  const raw = (name: string): string | undefined => {
    const position = report.positions.get(name);
    return position === undefined ? undefined : source.name(position);
  };
  const typeOf = (name: string) => source.type(report.positions.get(name) ?? -1);
  /** A column's text, NULL where it is empty. */
  const text = (name: string): string | undefined => {
    const sql = raw(name);
    return sql && `nullif(${typeOf(name) === 'VARCHAR' ? sql : `CAST(${sql} AS VARCHAR)`}, '')`;
  };
  /** As it is where the importer reads it exactly, else its text. */
  const value = (name: string) => (COSTLY.test(typeOf(name)) ? raw(name) : text(name));
  const first = (...sql: readonly (string | undefined)[]): string | undefined => {
    const known = sql.filter((one) => one !== undefined);
    return known.length > 1 ? `coalesce(${known.join(', ')})` : known[0];
  };
  const product = (key: string) => fromMap(raw('product'), typeOf('product'), key);
  const type = text('line_item_line_item_type') ?? 'NULL';
  const legal = text('line_item_legal_entity');
  const marketplace = `${text('bill_billing_entity') ?? 'NULL'} = 'AWS Marketplace'`;
  const savingsPlan = text('savings_plan_savings_plan_a_r_n');
  const reservation = text('reservation_reservation_a_r_n');
  return new Map<ReadColumn, string | undefined>([
    ['ProviderName', `'AWS'`],
    ['PublisherName', `CASE WHEN ${marketplace} THEN ${legal ?? 'NULL'} ELSE 'AWS' END`],
    ['InvoiceIssuerName', first(text('bill_invoicing_entity'), legal)],
    ['BillingAccountId', text('bill_payer_account_id')],
    ['BillingAccountName', text('bill_payer_account_name')],
    ['SubAccountId', text('line_item_usage_account_id')],
    ['SubAccountName', text('line_item_usage_account_name')],
    [
      'ServiceName',
      first(
        text('product_product_name'),
        product('product_name'),
        text('product_servicecode'),
        text('line_item_product_code'),
      ) ?? 'NULL::VARCHAR',
    ],
    ['RegionId', first(text('product_region_code'), text('product_region'))],
    ['AvailabilityZone', text('line_item_availability_zone')],
    ['SkuId', text('product_sku')],
    ['SkuMeter', text('line_item_usage_type')],
    ['ChargeDescription', text('line_item_line_item_description')],
    ['ChargeCategory', CATEGORY(type)],
    ['ChargeClass', `CASE WHEN ${type} = 'Refund' THEN 'Correction' END`],
    ['ChargeFrequency', FREQUENCY(type)],
    ['PricingCategory', PRICING(type, text('line_item_usage_type'))],
    ['CommitmentDiscountId', first(savingsPlan, reservation)],
    [
      'CommitmentDiscountCategory',
      savingsPlan || reservation
        ? `CASE WHEN ${savingsPlan ?? 'NULL'} IS NOT NULL THEN 'Spend' WHEN ${reservation ?? 'NULL'} IS NOT NULL THEN 'Usage' END`
        : undefined,
    ],
    [
      'CommitmentDiscountStatus',
      `CASE WHEN ${type} IN ('SavingsPlanCoveredUsage', 'DiscountedUsage') THEN 'Used'
        WHEN ${type} IN ('SavingsPlanRecurringFee', 'RIFee') THEN 'Unused' END`,
    ],
    ['ResourceId', text('line_item_resource_id')],
    ['BillingCurrency', text('line_item_currency_code')],
    ['BillingPeriodStart', value('bill_billing_period_start_date')],
    ['BillingPeriodEnd', value('bill_billing_period_end_date')],
    ['ChargePeriodStart', value('line_item_usage_start_date')],
    ['ChargePeriodEnd', value('line_item_usage_end_date')],
    ['BilledCost', value('line_item_unblended_cost')],
    ['EffectiveCost', effectiveSql(type, text, reservation)],
    ['ListCost', value('pricing_public_on_demand_cost')],
    ['Tags', tagsSql(report, source, raw('resource_tags'), typeOf('resource_tags'))],
  ]);
}

/** A line of a kind whose column the report lacks has no EffectiveCost: unknown, not zero. */
function effectiveSql(
  type: string,
  text: (name: string) => string | undefined,
  reservation: string | undefined,
): string {
  const exact = (name: string) => `coalesce(TRY_CAST(${text(name) ?? 'NULL'} AS DECIMAL(38,18)), 0)`;
  const both = (a: string, sign: '+' | '-', b: string) =>
    text(a) && text(b) ? `CAST(${exact(a)} ${sign} ${exact(b)} AS VARCHAR)` : 'NULL';
  return `CASE ${type}
    WHEN 'SavingsPlanCoveredUsage' THEN ${text('savings_plan_savings_plan_effective_cost') ?? 'NULL'}
    WHEN 'SavingsPlanRecurringFee' THEN ${both('savings_plan_total_commitment_to_date', '-', 'savings_plan_used_commitment')}
    WHEN 'SavingsPlanNegation' THEN '0'
    WHEN 'SavingsPlanUpfrontFee' THEN '0'
    WHEN 'DiscountedUsage' THEN ${text('reservation_effective_cost') ?? 'NULL'}
    WHEN 'RIFee' THEN ${both('reservation_unused_amortized_upfront_fee_for_billing_period', '+', 'reservation_unused_recurring_fee')}
    WHEN 'Fee' THEN CASE WHEN ${reservation ?? 'NULL'} IS NOT NULL THEN '0' ELSE ${text('line_item_unblended_cost')} END
    ELSE ${text('line_item_unblended_cost')} END`;
}

/** SavingsPlanNegation takes the covered usage off the bill again, so it stays usage. */
const CATEGORY = (type: string) => `CASE
    WHEN ${type} IS NULL THEN NULL
    WHEN ${type} = 'Tax' THEN 'Tax'
    WHEN ${type} IN ('Credit', 'Refund') THEN 'Credit'
    WHEN ${type} = 'SavingsPlanNegation' OR ends_with(${type}, 'Usage') THEN 'Usage'
    WHEN ends_with(${type}, 'Fee') THEN 'Purchase'
    ELSE 'Adjustment' END`;

const FREQUENCY = (type: string) => `CASE
    WHEN ${type} IN ('RIFee', 'SavingsPlanRecurringFee') THEN 'Recurring'
    WHEN ${type} = 'SavingsPlanNegation' OR ends_with(${type}, 'Usage') THEN 'Usage-Based'
    ELSE 'One-Time' END`;

const PRICING = (type: string, usageType: string | undefined) => `CASE
    WHEN ${type} IN ('SavingsPlanCoveredUsage', 'DiscountedUsage') THEN 'Committed'
    WHEN ${type} = 'Usage' AND contains(coalesce(${usageType ?? 'NULL'}, ''), 'SpotUsage') THEN 'Dynamic'
    WHEN ${type} = 'Usage' THEN 'Standard' END`;

/** One key of a map, or of a JSON object in CSV. */
function fromMap(sql: string | undefined, type: string, key: string): string | undefined {
  if (sql === undefined) return undefined;
  if (type.startsWith('MAP')) return `nullif(CAST(${sql}[${literal(key)}] AS VARCHAR), '')`;
  if (type !== 'VARCHAR') return undefined;
  return `nullif(CASE WHEN json_valid(${sql}) THEN json_extract_string(${sql}, ${literal(`$.${key}`)}) END, '')`;
}

/** Tags of users lose the "user_" before their key; within a JSON text, only a key can follow on { or , and a quote. */
function tagsSql(
  report: CurColumns,
  source: CurSource,
  map: string | undefined,
  type: string,
): string | undefined {
  if (map !== undefined) {
    const json = type === 'VARCHAR' ? map : `CAST(to_json(${map}) AS VARCHAR)`;
    return String.raw`regexp_replace(${json}, '([{,]\s*)"user[_:]', '\1"', 'g')`;
  }
  if (report.tags.size === 0) return undefined;
  const pairs = [...report.tags].map(
    ([key, position]) => `${literal(key)}, nullif(CAST(${source.name(position)} AS VARCHAR), '')`,
  );
  return `CAST(json_merge_patch('{}', json_object(${pairs.join(', ')})) AS VARCHAR)`;
}
