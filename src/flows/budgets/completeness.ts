/** What is known of what a budget counts, and up to which day. */
import type { DayCost } from '../../analysis/forecast/day-cost.ts';
import type { UsageDay } from '../../analysis/forecast/outlook.ts';
import type { Day } from '../../core/day.ts';
import { formatDay } from '../../view/format.ts';

/** A source that fell silent this recently is missing from what is counted; one that did earlier has ended. */
export const SILENT_DAYS = 35;

export interface Counted {
  /**
   * Used up by what runs; micros of the budget's currency or micro-units of its metric. Any order; null where it is not
   * known, days that are left out used nothing.
   */
  readonly usage: readonly UsageDay[];
  /** Charged by the calendar: taxes, purchases. */
  readonly fees: readonly DayCost[];
  /** Neither: credits and the like. */
  readonly others: readonly DayCost[];
  /** Spend that was planned: what it adds to days to come, and past days that are no guide to them. */
  readonly planned?: { readonly ahead: readonly DayCost[]; readonly past: ReadonlySet<Day> };
  /** While history is being loaded: what is before is no guide to what comes. */
  readonly loadedFrom?: Day;
  /** Last complete day, yesterday at the latest; absent when no source has one. */
  readonly until?: Day;
  /** Which source is silent, in words: the days after its last one lack it. */
  readonly silent?: string;
  /** Why the amounts of the budget's period are not known, in words: then none is given. */
  readonly unknown?: string;
}

export function silentWords({ name, since }: { name: string; since?: Day }, today: Day): string {
  return `${name} has sent nothing complete ${since ? `after ${formatDay(since, today)}` : 'yet'}`;
}
