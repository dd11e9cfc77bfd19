/** The query for charges of a standard or detailed export, summed per day and what is kept of the rest. */
import type { ExportTable } from './export-table.ts';
import type { BigQuerySettings } from './settings.ts';
import { type Days, exact, keptLabels, ofDays, quoted, type Statement, sumIfKnown } from './statement.ts';

/**
 * Credits that lower the price of what was used; the console calls them discounts. All others (promotions, and kinds
 * that are not known here) are credits in FOCUS' sense.
 */
const DISCOUNTS: readonly string[] = [
  'SUSTAINED_USAGE_DISCOUNT',
  'DISCOUNT',
  'SPENDING_BASED_DISCOUNT',
  'COMMITTED_USAGE_DISCOUNT',
  'COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE',
  'FEE_UTILIZATION_OFFSET',
  'FREE_TIER',
  'SUBSCRIPTION_BENEFIT',
  'RESELLER_MARGIN',
];

/** Column of the result → expression; those that a table does not have are left out. */
const KEYS: Readonly<Record<string, string>> = {
  invoice_month: 'invoice.month',
  billing_account: 'billing_account_id',
  project_id: 'project.id',
  project_name: 'project.name',
  service: 'service.description',
  sku: 'sku.id',
  sku_name: 'sku.description',
  region: 'location.region',
  kind: 'cost_type',
  billed_in: 'currency',
  seller: 'seller_name',
};
const RESOURCE_KEYS: Readonly<Record<string, string>> = {
  resource_id: 'resource.global_name',
  resource_name: 'resource.name',
};
const LABELS: Readonly<Record<string, string>> = {
  labels_of_row: 'labels',
  labels_of_project: 'project.labels',
  tags_of_row: 'tags',
};

/** Never joins the credits: a row with two of them would count its cost twice. */
export function usageQuery(table: ExportTable, settings: BigQuerySettings, days: Days): Statement {
  const wanted = {
    ...KEYS,
    ...(settings.resources && table.kind === 'detailed' && RESOURCE_KEYS),
  };
  const keys = Object.entries(wanted).filter(([, path]) => table.typeOf(path) !== undefined);
  const labels = Object.entries(LABELS).filter(([, path]) => table.typeOf(`${path}.key`) !== undefined);
  const grouped = ['usage_day', ...keys.map(([name]) => name), ...labels.map(([name]) => name)];
  const listed = table.typeOf('cost_at_list') !== undefined;
  const typed = table.typeOf('credits.type') !== undefined;
  const where = ofDays(table, 'usage_start_time', days);
  const creditsWhere = (condition: string) =>
    `IFNULL((SELECT SUM(${exact('c.amount')}) FROM UNNEST(credits) AS c${condition}), 0)`;
  const sql = `WITH charges AS (
  SELECT
    CAST(DATE(usage_start_time) AS STRING) AS usage_day,
${keys.map(([name, path]) => `    ${path} AS ${name},`).join('\n')}
${labels.map(([name, path]) => `    ${keptLabels(path)} AS ${name},`).join('\n')}
    ${exact('cost')} AS own,
    ${typed ? creditsWhere(' WHERE c.type IN UNNEST(@discounts)') : '0'} AS discount,
    ${creditsWhere(typed ? " WHERE IFNULL(c.type, '') NOT IN UNNEST(@discounts)" : '')} AS credit${listed ? `,\n    ${exact('cost_at_list')} AS list` : ''}
  FROM ${quoted(table)}
  WHERE ${where.sql}
)
SELECT ${grouped.join(', ')},
  CAST(SUM(own + discount) AS STRING) AS billed,
  CAST(SUM(own) AS STRING) AS contracted,
  CAST(SUM(credit) AS STRING) AS credited${listed ? `,\n  CAST(${sumIfKnown('list')} AS STRING) AS listed` : ''}
FROM charges
GROUP BY ${grouped.join(', ')}`;
  return {
    sql,
    parameters: [
      ...where.parameters,
      ...(labels.length > 0 ? [{ name: 'labels', type: 'ARRAY', values: settings.labels } as const] : []),
      ...(typed ? [{ name: 'discounts', type: 'ARRAY', values: DISCOUNTS } as const] : []),
    ],
  };
}
