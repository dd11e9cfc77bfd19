/** What a restated bill has to do with an anomaly, in words and figures. */
import type { Day } from '../../core/day.ts';
import { decimalToMicros, microsToDecimal } from '../../core/money.ts';
import { dayOfStamp } from '../../core/series.ts';
import type { StoredAnomaly } from '../../store/anomalies.ts';
import type { StoredRestatement } from '../../store/restatements.ts';
import { formatMoney, formatRange } from '../../view/format.ts';

export interface Correction {
  /** "the bill for 18 Nov was restated from $2,310 to $870". */
  readonly sentence: string;
  /** What is kept of it; amounts as decimal texts. */
  readonly data: {
    readonly days: readonly Day[];
    readonly currency: string;
    readonly before: string;
    readonly after: string;
  };
}

/**
 * What bills said and say of the anomaly's days, in its currency, when they were restated after `since`. Of a day
 * that was restated several times, the first and the last word count. Undefined when nothing was.
 */
export function correctionOf(
  { firstStamp, lastStamp, currency }: Pick<StoredAnomaly, 'firstStamp' | 'lastStamp' | 'currency'>,
  restatements: readonly StoredRestatement[],
  {
    since,
    sources,
    today,
  }: { readonly since: Date; readonly sources: readonly string[]; readonly today: Day },
): Correction | undefined {
  const [first, last] = [dayOfStamp(firstStamp), dayOfStamp(lastStamp)];
  const bills = new Map<string, { day: Day; before: bigint; after: bigint }>();
  for (const one of restatements) {
    if (one.at < since || one.day < first || one.day > last || one.currency !== currency) continue;
    if (sources.length > 0 && !sources.includes(one.source)) continue;
    const key = JSON.stringify([one.source, one.billingAccount, one.day]);
    const after = amountOf(one.effectiveAfter ?? one.billedAfter);
    const before = bills.get(key)?.before ?? amountOf(one.effectiveBefore ?? one.billedBefore);
    bills.set(key, { day: one.day, before, after });
  }
  const rows = [...bills.values()].filter(({ before, after }) => before !== after);
  if (rows.length === 0) return undefined;
  const days = [...new Set(rows.map(({ day }) => day))].sort();
  const before = rows.reduce((sum, row) => sum + row.before, 0n);
  const after = rows.reduce((sum, row) => sum + row.after, 0n);
  return {
    sentence: `the bill for ${spanOf(days, today)} was restated from ${formatMoney(before, currency)} to ${formatMoney(after, currency)}`,
    data: { days, currency, before: microsToDecimal(before), after: microsToDecimal(after) },
  };
}

function spanOf(days: readonly Day[], today: Day): string {
  const [start = '', end = start] = [days[0], days.at(-1)];
  return formatRange({ start, end }, today);
}

/** A bill without the day said nothing of it: that cost nothing. */
function amountOf(text: string | null): bigint {
  return text === null ? 0n : decimalToMicros(text);
}
