/** What a report remembers of its figures, and what of it has changed when the next one is made. Pure. */
import type { Convert } from '../../analysis/convert.ts';
import { addDays, type Day, eachDay, earlier, later } from '../../core/day.ts';
import type { SourceDayCost, StoredReport } from '../../store/report-records.ts';
import type { ReportRestated } from '../../view/messages/weekly-report-types.ts';

/** The JSON of a report's record. Amounts are micros in billing currency, so that a new rate restates nothing. */
interface Remembered {
  /** First day that was looked at. */
  readonly from: Day;
  /** Per source the day up to which it was complete; days without an amount cost nothing. */
  readonly until: Readonly<Record<string, Day>>;
  /** Source → day → currency → micros as text; null was unknown. */
  readonly days: Readonly<Record<string, Readonly<Record<Day, Readonly<Record<string, string | null>>>>>>;
  /** Digest of the allocation rules. */
  readonly rules: string;
}

/** Days before the reported week that are remembered too: bills are restated for about a month. */
export const REMEMBERED_DAYS = 28;

/** Less than this, in micros, is not worth a word: a tenth of a cent. */
const NOTHING = 1_000n;

export function rememberFigures(
  rows: readonly SourceDayCost[],
  about: { from: Day; end: Day; watermarks: ReadonlyMap<string, Day>; rules: string },
): string {
  const { from, end, watermarks, rules } = about;
  const until = new Map(
    [...watermarks].filter(([, day]) => day >= from).map(([source, day]) => [source, earlier(day, end)]),
  );
  const days = new Map<string, Map<Day, Map<string, string | null>>>();
  for (const { source, day, currency, micros } of rows) {
    if (day < from || day > (until.get(source) ?? '')) continue;
    const ofSource = days.get(source) ?? new Map<Day, Map<string, string | null>>();
    const ofDay = ofSource.get(day) ?? new Map<string, string | null>();
    days.set(source, ofSource.set(day, ofDay.set(currency, micros?.toString() ?? null)));
  }
  const remembered: Remembered = {
    from,
    until: Object.fromEntries(until),
    days: Object.fromEntries([...days].map(([source, ofSource]) => [source, nested(ofSource)])),
    rules,
  };
  return JSON.stringify(remembered);
}

function nested(days: ReadonlyMap<Day, ReadonlyMap<string, string | null>>) {
  return Object.fromEntries([...days].map(([day, amounts]) => [day, Object.fromEntries(amounts)]));
}

/** The days that must be read again to compare with a record: its own. */
export function rememberedPeriod(report: StoredReport): { start: Day; end: Day } {
  const { from, until } = JSON.parse(report.figures) as Remembered;
  return { start: from, end: Object.values(until).reduce(later, from) };
}

/** Undefined when nothing that the last report called complete has changed. */
export function compareWithRecord(
  report: StoredReport,
  rows: readonly SourceDayCost[],
  today: { currency: string; convert: Convert; rules: string },
): ReportRestated | undefined {
  const before = JSON.parse(report.figures) as Remembered;
  const now = new Map<string, Map<string, bigint | null>>();
  for (const { source, day, currency, micros } of rows) {
    const key = `${source}\n${day}`;
    now.set(key, (now.get(key) ?? new Map()).set(currency, micros));
  }
  const days: { source: string; day: Day; change: bigint | null }[] = [];
  for (const [source, until] of Object.entries(before.until)) {
    for (const day of eachDay(before.from, until)) {
      const change = changeOfDay(
        before.days[source]?.[day] ?? {},
        now.get(`${source}\n${day}`) ?? new Map(),
        {
          ...today,
          day,
        },
      );
      if (change === null || change > NOTHING || change < -NOTHING) days.push({ source, day, change });
    }
  }
  if (days.length === 0) return undefined;
  const known = days.flatMap(({ change }) => (change === null ? [] : [change]));
  return {
    lastWeek: report.week,
    net: known.length === days.length ? known.reduce((a, b) => a + b, 0n) : null,
    days: days.sort((a, b) => size(b.change) - size(a.change) || (a.day < b.day ? -1 : 1)),
    rulesChanged: before.rules !== today.rules,
  };
}

/** Micros of the report's currency; null when a changed amount has no rate into it. Unknown on either side is no change. */
function changeOfDay(
  before: Readonly<Record<string, string | null>>,
  now: ReadonlyMap<string, bigint | null>,
  { currency, convert, day }: { currency: string; convert: Convert; day: Day },
): bigint | null {
  let sum = 0n;
  for (const from of new Set([...Object.keys(before), ...now.keys()])) {
    const [old, current] = [before[from], now.get(from)];
    if (old === null || current === null) continue;
    const change = (current ?? 0n) - BigInt(old ?? 0);
    if (change === 0n) continue;
    const converted = convert(change, from, currency, day);
    if (converted === undefined) return null;
    sum += converted;
  }
  return sum;
}

/** What cannot be converted comes first: it might be anything. */
function size(change: bigint | null): number {
  return change === null ? Number.POSITIVE_INFINITY : Math.abs(Number(change));
}

/** First day a record about a week starting on `week` remembers. */
export function rememberedFrom(week: Day): Day {
  return addDays(week, -REMEMBERED_DAYS);
}
