/**
 * Rounding to micros in SQL, as analysis/apportion.ts does it, for all days and cost columns at once: a day's
 * total is shared among its groups (provider, service, category), a group's among its bills, a bill's among
 * its facts. So every group stays within a micro of its exact sum, whatever the number of facts.
 */
import { BASES, type Basis } from '../../core/dimension.ts';

/** 10^-18 units in a micro. */
const UNIT = '1000000000000::HUGEINT';

/** Needs `chosen` (facts with `<basis>_atto`) and `targets` (`<basis>_micro` per day and currency); leaves `rounded`. */
export const APPORTION_SQL: readonly string[] = [
  ...share('by_group', ['day', 'currency'], 'group_no', 'targets', 'chosen'),
  ...share('by_bill', ['day', 'currency', 'group_no'], 'bill_no', 'by_group', 'chosen'),
  ...share('rounded', ['day', 'currency', 'group_no', 'bill_no'], 'fact_no', 'by_bill', 'chosen'),
];

/** Shares the micros of `whole` (one row per `within`) among the parts of `facts` (per `within` and `part`). */
export function share(
  into: string,
  within: readonly string[],
  part: string,
  whole: string,
  facts: string,
): string[] {
  const keys = within.join(', ');
  const sums = BASES.map((basis) => `sum(${basis}_atto) AS ${basis}_atto`).join(', ');
  const floors = BASES.map((basis) => `${floorDivide(`${basis}_atto`, UNIT)} AS ${basis}_floor`).join(', ');
  const ranks = BASES.map(
    (
      basis,
    ) => `row_number() OVER (PARTITION BY ${keys} ORDER BY ${basis}_atto - ${basis}_floor * ${UNIT} DESC NULLS LAST, ${part}) AS ${basis}_rank,
      count(${basis}_atto) OVER (PARTITION BY ${keys}) AS ${basis}_count, sum(${basis}_floor) OVER (PARTITION BY ${keys}) AS ${basis}_floors`,
  ).join(', ');
  return [
    `CREATE TABLE ${into} AS WITH parts AS (SELECT ${keys}, ${part}, ${sums} FROM ${facts} GROUP BY ALL),
       floored AS (SELECT *, ${floors} FROM parts),
       ranked AS (SELECT *, ${ranks} FROM floored)
     SELECT ${within.map((key) => `r.${key}`).join(', ')}, r.${part}, ${BASES.map(micros).join(', ')}
     FROM ranked r LEFT JOIN ${whole} w ON ${within.map((key) => `w.${key} = r.${key}`).join(' AND ')}`,
  ];
}

function micros(basis: Basis): string {
  const missing = `(w.${basis}_micro - ${basis}_floors)`;
  const each = floorDivide(missing, `greatest(${basis}_count, 1)::HUGEINT`);
  return `CASE WHEN r.${basis}_atto IS NOT NULL THEN
    CAST(${basis}_floor + ${each} + CASE WHEN ${basis}_rank <= ${missing} - ${each} * ${basis}_count THEN 1 ELSE 0 END AS BIGINT) END AS ${basis}_micro`;
}

/** DuckDB's // rounds towards zero. */
function floorDivide(a: string, b: string): string {
  return `((${a}) // ${b} - CASE WHEN (${a}) % ${b} < 0 THEN 1 ELSE 0 END)`;
}
