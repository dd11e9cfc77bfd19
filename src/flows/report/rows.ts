/** The parts of a report's figure: cost of the complete days, beside the same days of the week before. */
import { changeOf } from '../../analysis/change.ts';
import { type Table, totalOf, totalsByKey } from '../../analysis/tabulate.ts';
import type { AnswerRow } from '../../core/answer.ts';
import { type Day, daysBetween } from '../../core/day.ts';
import type { UnitCost } from '../../core/usage.ts';
import type { Label } from '../answer/labels.ts';
import type { ReportDays } from './days.ts';

export interface Comparison {
  readonly total: bigint | null;
  readonly previousTotal: bigint | null;
  readonly change: bigint | null;
  readonly changeRatio: number | null;
  readonly rows: readonly AnswerRow[];
}

/** `leftOut` says whether a period has amounts that no rate converts: a part beside a whole is no comparison. */
export function compareDays(
  table: Table,
  days: ReportDays,
  parts: {
    readonly label: Label;
    readonly unitCosts?: ReadonlyMap<string | null, UnitCost | undefined>;
    readonly leftOut: (start: string, end: string) => boolean;
  },
): Comparison {
  const { complete, previous, reach } = days;
  if (!complete) return { total: null, previousTotal: null, change: null, changeRatio: null, rows: [] };
  const { leftOut, label } = parts;
  const knowsBefore =
    reach.firstDay !== undefined &&
    reach.firstDay <= previous.start &&
    !leftOut(previous.start, previous.end);
  const alike =
    knowsBefore &&
    reach.lacking.length === 0 &&
    !leftOut(complete.start, complete.end) &&
    unknownParts(table, complete.start, complete.end) === unknownParts(table, previous.start, previous.end);
  const now = totalsByKey(table, complete.start, complete.end);
  const before = totalsByKey(table, previous.start, previous.end);
  const total = totalOf(table, complete.start, complete.end);
  const previousTotal = knowsBefore ? (totalOf(table, previous.start, previous.end) ?? 0n) : null;
  const whole = changeOf(alike ? (total ?? 0n) : null, previousTotal);
  const rows = [...new Set([...now.keys(), ...before.keys()])].map((key): AnswerRow => {
    // Nothing is no zero while a source is silent: it may be all that this part has.
    const cost = now.has(key) ? (now.get(key) ?? null) : reach.lacking.length > 0 ? null : 0n;
    const previousCost = knowsBefore ? (before.get(key) ?? 0n) : null;
    const { change, ratio } = changeOf(alike ? cost : null, previousCost);
    const unitCost = parts.unitCosts?.get(key);
    return {
      key,
      label: label(key),
      cost,
      previousCost,
      change,
      changeRatio: ratio,
      share: total !== null && cost !== null && total > 0n ? Number(cost) / Number(total) : null,
      ...(unitCost && { unitCost }),
    };
  });
  return {
    total,
    previousTotal,
    change: total === null && rows.length === 0 ? null : whole.change,
    changeRatio: whole.ratio,
    rows: rows.sort((a, b) => bySize(b.cost, a.cost) || a.label.localeCompare(b.label)),
  };
}

/** Which parts are unknown on which of the days: where that differs, what is known of both is no comparison. */
function unknownParts({ cells }: Table, start: Day, end: Day): string {
  return cells
    .filter(({ day, attos }) => day >= start && day <= end && attos === null)
    .map(({ day, key }) => JSON.stringify([daysBetween(start, day), key]))
    .sort()
    .join();
}

/** A large credit matters as much as a large cost; unknown comes last. */
function bySize(a: bigint | null, b: bigint | null): number {
  const size = (micros: bigint | null) => (micros === null ? -1n : micros < 0n ? -micros : micros);
  return size(a) < size(b) ? -1 : size(a) > size(b) ? 1 : 0;
}
