/** What is doubtful about a file without being wrong, in words. */
import { BASES, BASIS_COLUMN } from '../../core/dimension.ts';
import type { Duck } from './duck.ts';
import { REPORT, type ReadableFile } from './read-sql.ts';
import { NO_ACCOUNT, NO_PROVIDER, NO_SERVICE } from './scan-sql.ts';
import { presentBases } from './typed-sql.ts';

export interface FileFacts {
  readonly rows: number;
  /** Last moment covered by charges of at most a day's length, 'YYYY-MM-DD HH:MM:SS'. */
  readonly shortEnd: string | undefined;
  readonly newestUsageDay: string | undefined;
  readonly warnings: readonly string[];
}

/** Reads the tables `scan` and `names` of one file. */
export async function checkScan(duck: Duck, file: ReadableFile): Promise<FileFacts> {
  const counts = [
    'sum(n)',
    'max(short_end)::VARCHAR',
    "max(day) FILTER (WHERE category = 'Usage')::VARCHAR",
    'sum(ends_early)',
    'sum(ambiguous)',
    "sum(negative) FILTER (WHERE category = 'Usage')",
    'sum(n) FILTER (WHERE day < period_start OR day >= period_end)',
    'sum(n) FILTER (WHERE names."BillingPeriodStart" IS NOT NULL AND period_start IS NULL)',
    'sum(n) FILTER (WHERE service IS NULL)',
    'sum(n) FILTER (WHERE provider IS NULL)',
    'sum(n) FILTER (WHERE account IS NULL)',
    ...BASES.map((basis) => `sum(${basis}_empty)`),
  ];
  const [values = []] = await duck.rows(`SELECT ${counts.join(', ')} FROM scan JOIN names USING (name_no)`);
  const [
    rows,
    shortEnd,
    newest,
    early,
    ambiguous,
    negative,
    outside,
    period,
    service,
    provider,
    account,
    ...empty
  ] = values;
  const has = (column: string) => [...file.map.positions.keys()].some((known) => known === column);
  const told: readonly [unknown, string][] = [
    [ambiguous, 'dates like 4/1/25, read as month/day/year'],
    // A Cost and Usage Report has every savings plan's discount as negative usage.
    [
      file.map.focusVersion === REPORT ? 0 : negative,
      'Usage with a negative cost (FOCUS wants Credit or Adjustment); counted as billed',
    ],
    [early, 'ChargePeriodEnd is not after ChargePeriodStart'],
    [outside, 'ChargePeriodStart is outside of the BillingPeriod; filed under the day of the charge'],
    [period, 'BillingPeriodStart is not a date; the month of the charge is taken'],
    [service, `no ServiceName; filed under ${NO_SERVICE}`],
    [provider, `no provider named; filed under ${NO_PROVIDER}`],
    [has('BillingAccountId') ? account : 0, `no BillingAccountId; filed under ${NO_ACCOUNT}`],
    ...BASES.filter((basis) => presentBases(file).includes(basis)).map((basis): [unknown, string] => [
      empty[BASES.indexOf(basis)],
      `${BASIS_COLUMN[basis]} is empty, which adds nothing to its sum`,
    ]),
  ];
  return {
    rows: Number(rows ?? 0),
    shortEnd: shortEnd === null || shortEnd === undefined ? undefined : String(shortEnd),
    newestUsageDay: newest === null || newest === undefined ? undefined : String(newest),
    warnings: [...told.flatMap(([count, words]) => tell(Number(count ?? 0), words)), ...(await gaps(duck))],
  };
}

function tell(count: number, words: string): string[] {
  if (count === 0) return [];
  return [`${count} ${count === 1 ? 'row' : 'rows'}: ${words}.`];
}

/** EffectiveCost and BilledCost more than a fifth apart: amortisation, or a column that cannot be trusted. */
async function gaps(duck: Duck): Promise<string[]> {
  const rows = await duck.rows(
    `SELECT provider, currency, round(billed, 2)::VARCHAR, round(effective, 2)::VARCHAR FROM (
       SELECT coalesce(provider, '${NO_PROVIDER}') AS provider, currency, sum(billed_high) AS billed, sum(effective_high) AS effective
       FROM scan JOIN names USING (name_no) GROUP BY ALL)
     WHERE abs(effective::DOUBLE - billed::DOUBLE) > 0.2 * greatest(abs(billed::DOUBLE), abs(effective::DOUBLE)) ORDER BY provider, currency LIMIT 10`,
  );
  return rows.map(
    ([provider, currency, billed, effective]) =>
      `${provider}: EffectiveCost (${effective} ${currency}) and BilledCost (${billed} ${currency}) are more than 20 % apart.`,
  );
}
