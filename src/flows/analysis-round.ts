/** Everything that follows from new figures: anomalies, alerts of budgets and SLOs, forecasts to be held against what comes. */
import { dayInZone } from '../core/day.ts';
import { hasForecastsOf } from '../store/forecasts.ts';
import { analyse } from './analyse.ts';
import { whenChanged } from './analysis-round/judged.ts';
import { tellAnomalies } from './anomaly-notices.ts';
import { tellBudgetAlerts } from './budget-alerts.ts';
import type { NewId } from './buttons.ts';
import type { Context } from './context.ts';
import { recordForecasts } from './forecast/record.ts';
import { realiseSavings } from './proposals/savings.ts';
import { tellSloAlerts } from './slo-alerts.ts';

export interface RoundResult {
  /** Messages that were written into the outbox. */
  readonly messages: number;
  /** Steps that failed; the log says why, and the next round tries again. */
  readonly failed: readonly string[];
}

/** May be called as often as one likes: what was told is not told again. One failing step holds up no other. */
export async function analysisRound(context: Context, options: { newId?: NewId } = {}): Promise<RoundResult> {
  let isNew = false;
  const steps: readonly [string, () => Promise<number>][] = [
    [
      'analysis',
      async () => {
        isNew = (await analyse(context)).scored;
        return 0;
      },
    ],
    ['anomalies', () => tellAnomalies(context, options)],
    ['budgets', () => whenChanged(context, 'budgets', () => tellBudgetAlerts(context, options))],
    ['SLOs', () => whenChanged(context, 'slos', () => tellSloAlerts(context, options))],
    [
      'savings',
      () =>
        whenChanged(context, 'savings', async () => {
          await realiseSavings(context);
          return 0;
        }),
    ],
    [
      'forecasts',
      async () => {
        if (isNew || !(await wereMadeToday(context))) await recordForecasts(context);
        return 0;
      },
    ],
  ];
  let messages = 0;
  const failed: string[] = [];
  for (const [name, step] of steps) {
    try {
      messages += await step();
    } catch (error) {
      context.log.error({ err: error, step: name }, 'a step of the analysis failed');
      failed.push(name);
    }
  }
  return { messages, failed };
}

function wereMadeToday({ store, settings, now }: Context): Promise<boolean> {
  return hasForecastsOf(store, dayInZone(now(), settings.timeZone));
}
