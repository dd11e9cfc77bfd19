/**
 * Rounding to micros in SQL, as analysis/apportion.ts does it, for all days and cost columns at once: a day's
 * total is shared among its groups (provider, service, category), a group's among its bills, a bill's among
 * its facts. So every group stays within a micro of its exact sum, whatever the number of facts.
 */
import { BASES, type Basis } from '../../core/dimension.ts';

/** 10^-18 units in a micro. */
const UNIT = 1_000_000_000_000;

/** Needs `chosen` (facts with split amounts) and `targets` (`<basis>_micro` per day and currency); leaves `rounded`. */
export const APPORTION_SQL: readonly string[] = [
  share('by_group', ['day', 'currency'], 'group_no', 'targets', sumsOf(['day', 'currency', 'group_no'])),
  share(
    'by_bill',
    ['day', 'currency', 'group_no'],
    'bill_no',
    'by_group',
    sumsOf(['day', 'currency', 'group_no', 'bill_no']),
  ),
  share('rounded', ['day', 'currency', 'group_no', 'bill_no'], 'fact_no', 'by_bill', 'chosen'),
];

/**
 * Selects `rows` with each exact amount (`<basis>_high`, `<basis>_low`) also as whole micros, rounded down, and what is
 * left of it in 10^-18: `<basis>_floor` and `<basis>_rest`. DuckDB divides 128 bits slowly: amounts that a double
 * holds as a whole number of 10^-12 (this is checked) take that way, all others are cut out of their text.
 */
export function splitSql(rows: string): string {
  const each = (sql: (basis: Basis) => string) => BASES.map(sql).join(', ');
  const guess = each(
    (basis) =>
      `CASE WHEN ${basis}_high BETWEEN -2000 AND 2000 THEN CAST(round(CAST(${basis}_high AS DOUBLE) * 1e12) AS BIGINT) END AS ${basis}_guess`,
  );
  const picos = each(
    (basis) =>
      `CASE WHEN CAST(${basis}_guess AS DECIMAL(16,0)) * 0.000000000001 = ${basis}_high THEN ${basis}_guess END AS ${basis}_picos`,
  );
  const text = each(
    (basis) => `CASE WHEN ${basis}_picos IS NULL THEN CAST(${basis}_high AS VARCHAR) END AS ${basis}_text`,
  );
  const parts = each((basis) => {
    const sign = `CASE WHEN starts_with(${basis}_text, '-') THEN -1 ELSE 1 END`;
    const fine = `CASE WHEN ${basis}_low = 0 THEN 0 ELSE CAST(floor(${basis}_low) AS BIGINT) END`;
    return `CASE WHEN ${basis}_picos IS NOT NULL THEN ${basis}_picos // 1000000
        ELSE CAST(replace(left(${basis}_text, -12), '.', '') AS BIGINT) END AS ${basis}_micros,
      ${fine} + CASE WHEN ${basis}_picos IS NOT NULL THEN ${basis}_picos % 1000000 * 1000000
        ELSE ${sign} * CAST(right(${basis}_text, 12) AS BIGINT) END AS ${basis}_left`;
  });
  const splits = each(
    (basis) => `${basis}_micros + ${floorDivide(`${basis}_left`, `${UNIT}`)} AS ${basis}_floor,
      ${basis}_left - ${floorDivide(`${basis}_left`, `${UNIT}`)} * ${UNIT} AS ${basis}_rest`,
  );
  const helpers = each((basis) =>
    ['guess', 'picos', 'text', 'micros', 'left'].map((name) => `${basis}_${name}`).join(', '),
  );
  return `SELECT * EXCLUDE (${helpers}), ${splits} FROM (SELECT *, ${parts} FROM (SELECT *, ${text} FROM (
    SELECT *, ${picos} FROM (SELECT *, ${guess} FROM ${rows}))))`;
}

/** Sums of split amounts, split again. */
export function splitSums(basis: Basis): string {
  return `CAST(sum(${basis}_floor) + sum(${basis}_rest) // ${UNIT} AS BIGINT) AS ${basis}_floor,
    CAST(sum(${basis}_rest) % ${UNIT} AS BIGINT) AS ${basis}_rest`;
}

/** Adds `chosen` up per `keys`, split again. */
function sumsOf(keys: readonly string[]): string {
  return `(SELECT ${keys.join(', ')}, ${BASES.map(splitSums).join(', ')} FROM chosen GROUP BY ALL)`;
}

/**
 * Shares the micros of `whole` (one row per `within`) among `parts` (one row per `within` and `part`): each gets
 * what it has, rounded down, and those with the largest rests one more. Makes the table `into`: parts with their micros.
 */
export function share(
  into: string,
  within: readonly string[],
  part: string,
  whole: string,
  parts: string,
): string {
  const keys = within.join(', ');
  // Largest rest first, then lowest number; as one number, because sorting short lists beats ranking all rows.
  const order = (basis: Basis) => `(CAST(${basis}_rest AS HUGEINT) * 4294967296 + (4294967295 - ${part}))`;
  const sums = BASES.map(
    (
      basis,
    ) => `sum(${basis}_floor) AS ${basis}_floors, greatest(count(${basis}_rest), 1)::HUGEINT AS ${basis}_count,
      list_reverse_sort(list(${order(basis)}) FILTER (WHERE ${basis}_rest IS NOT NULL)) AS ${basis}_order`,
  );
  const each = (basis: Basis) =>
    `CAST(${floorDivide(`w.${basis}_micro - s.${basis}_floors`, `s.${basis}_count`)} AS BIGINT)`;
  const shares = BASES.map((basis) => `${each(basis)} AS ${basis}_each`);
  const edges = BASES.map(
    (basis) =>
      `s.${basis}_order[CAST(w.${basis}_micro - s.${basis}_floors - ${each(basis)} * s.${basis}_count AS BIGINT)] AS ${basis}_edge`,
  );
  const micros = BASES.map(
    (basis) =>
      `p.${basis}_floor + ${basis}_each + CASE WHEN ${order(basis)} >= ${basis}_edge THEN 1 ELSE 0 END AS ${basis}_micro`,
  );
  return `CREATE TABLE ${into} AS WITH sums AS (SELECT ${keys}, ${sums.join(', ')} FROM ${parts} GROUP BY ALL),
      shares AS (SELECT ${within.map((key) => `s.${key}`).join(', ')}, ${shares.join(', ')}, ${edges.join(', ')}
        FROM sums s LEFT JOIN ${whole} w ON ${within.map((key) => `w.${key} = s.${key}`).join(' AND ')})
    SELECT p.*, ${micros.join(', ')} FROM ${parts} p JOIN shares USING (${keys})`;
}

/** DuckDB's // rounds towards zero. */
function floorDivide(a: string, b: string): string {
  return `((${a}) // ${b} - CASE WHEN (${a}) % ${b} < 0 THEN 1 ELSE 0 END)`;
}
