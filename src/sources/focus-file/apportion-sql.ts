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
 * left of it in 10^-18: `<basis>_floor` and `<basis>_rest`. Cut out of the text: DuckDB divides 128 bits slowly.
 */
export function splitSql(rows: string): string {
  const texts = BASES.map((basis) => `CAST(${basis}_high AS VARCHAR) AS ${basis}_text`);
  const digits = BASES.map((basis) => {
    const [micros, rest] = [`left(${basis}_text, -12)`, `right(${basis}_text, 12)`];
    const sign = `CASE WHEN starts_with(${basis}_text, '-') THEN -1 ELSE 1 END`;
    return `CAST(replace(${micros}, '.', '') AS BIGINT) AS ${basis}_micros,
      ${sign} * CAST(${rest} AS BIGINT) + CAST(floor(${basis}_low) AS BIGINT) AS ${basis}_left`;
  });
  const splits = BASES.map(
    (basis) => `${basis}_micros + ${floorDivide(`${basis}_left`, `${UNIT}`)} AS ${basis}_floor,
      ${basis}_left - ${floorDivide(`${basis}_left`, `${UNIT}`)} * ${UNIT} AS ${basis}_rest`,
  );
  const helpers = BASES.map((basis) => `${basis}_text, ${basis}_micros, ${basis}_left`);
  return `SELECT * EXCLUDE (${helpers.join(', ')}), ${splits.join(', ')} FROM (
    SELECT *, ${digits.join(', ')} FROM (SELECT *, ${texts.join(', ')} FROM ${rows}))`;
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
