/** Decides what becomes of each bill: it is new, known already, added beside what is stored, or replaces it. */
import { earlier, later } from '../../core/day.ts';
import type { StagedBill } from '../../sources/types.ts';
import type { BillPart, StoredBill } from '../../store/bills.ts';

export interface BillPlan {
  /** Index of the staged bill. */
  readonly index: number;
  readonly bill: StagedBill;
  readonly stored: StoredBill | undefined;
  readonly outcome: 'new' | 'unchanged' | 'beside' | 'added' | 'replaced';
  /** Stored stretches of days that give way. */
  readonly replaced: readonly BillPart[];
  /** The bill's stretches afterwards. */
  readonly parts: readonly BillPart[];
}

/**
 * A bill whose digest is stored is unchanged. One that shares no day with the stored stretches goes beside them;
 * one that does replaces those stretches, or joins them when `add` says that it is a further part.
 */
export function planBill(
  index: number,
  bill: StagedBill,
  stored: StoredBill | undefined,
  add: boolean,
): BillPlan {
  const parts = stored?.parts ?? [];
  const own: BillPart = { digests: [bill.digest], firstDay: bill.firstDay, lastDay: bill.lastDay };
  const plan = { index, bill, stored, replaced: [] };
  if (parts.some((part) => part.digests.includes(bill.digest)))
    return { ...plan, outcome: 'unchanged', parts };
  if (!stored) return { ...plan, outcome: 'new', parts: [own] };
  const shared = parts.filter((part) => part.firstDay <= own.lastDay && own.firstDay <= part.lastDay);
  const apart = parts.filter((part) => !shared.includes(part));
  if (shared.length === 0) return { ...plan, outcome: 'beside', parts: ordered([...parts, own]) };
  if (add) return { ...plan, outcome: 'added', parts: ordered([...apart, joined([...shared, own])]) };
  return { ...plan, outcome: 'replaced', replaced: shared, parts: ordered([...apart, own]) };
}

function joined(parts: readonly BillPart[]): BillPart {
  return {
    digests: parts.flatMap((part) => part.digests),
    firstDay: parts.map((part) => part.firstDay).reduce(earlier),
    lastDay: parts.map((part) => part.lastDay).reduce(later),
  };
}

function ordered(parts: readonly BillPart[]): BillPart[] {
  return [...parts].sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1));
}
