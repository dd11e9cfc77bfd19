/** How a cost SLO stands: which days were good, what is left of its error budget, and how fast it burns. */
import type { Day } from '../../core/day.ts';
import { type BurnRule, burnRules } from './burn-rules.ts';

/** A complete day; null where cost or usage is unknown: such a day is neither good nor bad. */
export interface SloDay {
  readonly day: Day;
  readonly good: boolean | null;
}

export interface Burn {
  readonly rule: BurnRule;
  /** Burn rates of both windows; null when no day of a window is known. */
  readonly long: number | null;
  readonly short: number | null;
  /** Both at or above the rule's rate. */
  readonly firing: boolean;
}

export interface SloStatus {
  /** Days of the window by how they were. */
  readonly good: number;
  readonly bad: number;
  readonly unknown: number;
  /** Share of the known days that were good; null when none is known. */
  readonly attained: number | null;
  readonly met: boolean | null;
  /** Bad days that the objective allows in the window: 28 days at 95 % allow 1.4. */
  readonly allowedDays: number;
  /** What is left of it as a share; negative when more than all is used. */
  readonly budgetLeft: number;
  readonly burns: readonly Burn[];
  /** What was left after each of the window's days. */
  readonly left: readonly number[];
}

/**
 * The status over the last `windowDays` of `days` (gapless, oldest first; fewer are taken as they are).
 * allowed = (1 − objective) × windowDays; left = 1 − bad ÷ allowed; burn rate of some days = their share of bad days
 * ÷ (1 − objective), after https://sre.google/workbook/alerting-on-slos/. Throws RangeError for an objective
 * outside 0–1.
 *
 * Example: 95 % over 28 days allow 1.4 bad days; one bad day leaves 29 % of the budget.
 */
export function sloStatus(
  days: readonly SloDay[],
  { windowDays, objective }: { readonly windowDays: number; readonly objective: number },
): SloStatus {
  if (!(objective > 0 && objective < 1)) throw new RangeError('An objective lies between 0 and 1.');
  const window = days.slice(-windowDays);
  const good = window.filter((day) => day.good === true).length;
  const bad = window.filter((day) => day.good === false).length;
  const allowedDays = (1 - objective) * windowDays;
  const known = good + bad;
  let used = 0;
  const left = window.map((day) => {
    if (day.good === false) used += 1;
    return 1 - used / allowedDays;
  });
  return {
    good,
    bad,
    unknown: window.length - known,
    attained: known === 0 ? null : good / known,
    met: known === 0 ? null : bad <= allowedDays,
    allowedDays,
    budgetLeft: 1 - bad / allowedDays,
    burns: burnRules(windowDays).map((rule) => burnOf(rule, window, objective)),
    left,
  };
}

function burnOf(rule: BurnRule, days: readonly SloDay[], objective: number): Burn {
  const rate = (count: number): number | null => {
    const known = days.slice(-count).filter((day) => day.good !== null);
    if (known.length === 0) return null;
    return known.filter((day) => day.good === false).length / known.length / (1 - objective);
  };
  const [long, short] = [rate(rule.longDays), rate(rule.shortDays)];
  // One bad day of one known day is no fast burn of three: the long window must be known for the most part.
  const seen = days.slice(-rule.longDays).filter((day) => day.good !== null).length;
  const enough = seen * 2 > rule.longDays;
  const reached = (value: number | null) => value !== null && value >= rule.burnRate - 1e-9;
  return { rule, long, short, firing: enough && reached(long) && reached(short) };
}
