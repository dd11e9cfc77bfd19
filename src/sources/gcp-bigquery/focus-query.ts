/** The query for charges of the FOCUS export (or a view of that shape): its columns as they are, summed per day. */
import { FOCUS_COLUMNS, RESOURCE_COLUMNS } from '../../core/settings.ts';
import type { ExportTable } from './export-table.ts';
import type { BigQuerySettings } from './settings.ts';
import { type Days, exact, keptLabels, ofDays, quoted, type Statement, sumIfKnown } from './statement.ts';

export const AMOUNTS = ['EffectiveCost', 'ListCost', 'ContractedCost'] as const;

/** Where labels are, the strongest first: Google's own columns beside the one of the specification. */
export const TAG_COLUMNS = ['Tags', 'x_Labels', 'x_ProjectLabels', 'x_Tags'] as const;

export function focusQuery(table: ExportTable, settings: BigQuerySettings, days: Days): Statement {
  const resources: readonly string[] = RESOURCE_COLUMNS;
  const columns = FOCUS_COLUMNS.filter(
    (column) => table.typeOf(column) !== undefined && (settings.resources || !resources.includes(column)),
  );
  const tags = TAG_COLUMNS.flatMap((column) => {
    const expression = tagsOf(table, column);
    return expression ? [{ column, expression }] : [];
  });
  const amounts = AMOUNTS.filter((column) => table.typeOf(column) !== undefined);
  const grouped = [
    ...['usage_day', 'billing_day', 'billed_in'],
    ...columns.map((column) => `key_${column}`),
    ...tags.map(({ column }) => `tags_${column}`),
  ];
  const where = ofDays(table, 'ChargePeriodStart', days);
  const sql = `WITH charges AS (
  SELECT
    CAST(DATE(ChargePeriodStart) AS STRING) AS usage_day,
    CAST(DATE(BillingPeriodStart) AS STRING) AS billing_day,
    BillingCurrency AS billed_in,
${columns.map((column) => `    CAST(${column} AS STRING) AS key_${column},`).join('\n')}
${tags.map(({ column, expression }) => `    ${expression} AS tags_${column},`).join('\n')}
${amounts.map((column) => `    ${exact(column)} AS amount_${column},`).join('\n')}
    ${exact('BilledCost')} AS amount_BilledCost
  FROM ${quoted(table)}
  WHERE ${where.sql}
)
SELECT ${grouped.join(', ')},
${amounts.map((column) => `  CAST(${sumIfKnown(`amount_${column}`)} AS STRING) AS sum_${column},`).join('\n')}
  CAST(SUM(amount_BilledCost) AS STRING) AS sum_BilledCost
FROM charges
GROUP BY ${grouped.join(', ')}`;
  const kept = tags.some(({ expression }) => expression.includes('@labels'));
  return {
    sql,
    parameters: [
      ...where.parameters,
      ...(kept ? [{ name: 'labels', type: 'ARRAY', values: settings.labels } as const] : []),
    ],
  };
}

/** Tags are repeated keys and values in Google's exports, JSON or text in views of one's own. */
function tagsOf(table: ExportTable, column: string): string | undefined {
  const type = table.typeOf(column);
  if (type === 'ARRAY') return table.typeOf(`${column}.key`) ? keptLabels(column) : undefined;
  if (type === 'JSON') return `TO_JSON_STRING(${column})`;
  return type === 'STRING' ? column : undefined;
}
