/** When the error budget of a cost SLO burns too fast: pairs of windows, as for the reliability of services. */
import type { Severity } from '../../core/analysis-settings.ts';

export interface BurnRule {
  readonly id: 'fast' | 'slow';
  /** Days that must both burn: the long window shows that it matters, the short one that it still goes on. */
  readonly longDays: number;
  readonly shortDays: number;
  /** Least burn rate in both windows. 1 uses up the budget exactly in the SLO's window. */
  readonly burnRate: number;
  readonly severity: Severity;
}

/**
 * The rules of a window of `windowDays`. Multi-window, multi-burn-rate alerts after the Site Reliability Workbook
 * (https://sre.google/workbook/alerting-on-slos/), whose 30 days in hours become days here, because bills come by
 * the day: fast spends half of the budget or more within a ninth of the window (3 of 28 days), slow all of it
 * within half of the window.
 */
export function burnRules(windowDays: number): readonly BurnRule[] {
  const longDays = Math.max(2, Math.round(windowDays / 9));
  const half = Math.max(3, Math.round(windowDays / 2));
  return [
    { id: 'fast', longDays, shortDays: 1, burnRate: (0.5 * windowDays) / longDays, severity: 'high' },
    {
      id: 'slow',
      longDays: half,
      shortDays: Math.max(2, Math.round(windowDays / 9)),
      burnRate: windowDays / half,
      severity: 'medium',
    },
  ];
}
