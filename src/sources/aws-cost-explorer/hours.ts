/** The newest days by hour, where that is switched on at AWS; never a reason for a poll to fail. */
import { addDays, type Day, earlier, later } from '../../core/day.ts';
import { AppError, describeError } from '../../core/errors.ts';
import type { FetchRequest, HourCharge } from '../types.ts';
import { createAsker, runPlan } from './ask.ts';
import type { CostExplorer } from './client.ts';
import { type BillFacts, hourChargesOf } from './map.ts';

export interface Hours {
  /** First day that has hours; undefined when there are none. */
  readonly from: Day | undefined;
  readonly charges: readonly HourCharge[];
  readonly warnings: readonly string[];
}

/** AWS keeps hours of 14 days. */
const DAYS_KEPT = 14;

export interface HoursOptions {
  readonly client: CostExplorer;
  readonly request: FetchRequest;
  readonly dimensions: readonly string[];
  readonly metrics: readonly string[];
  readonly facts: BillFacts;
}

/** Service × one dimension by hour of the days of the window that AWS still has. */
export async function fetchHours({
  client,
  request,
  dimensions,
  metrics,
  facts,
}: HoursOptions): Promise<Hours> {
  const from = later(request.window.start, addDays(request.today, 1 - DAYS_KEPT));
  // The running hour has hardly anything yet, and later ones AWS does not take.
  const now = new Date(request.now()).toISOString().slice(0, 13);
  const end = earlier(`${addDays(request.window.end, 1)}T00`, now);
  if (`${from}T00` >= end) return { from: undefined, charges: [], warnings: [] };
  const asker = createAsker({
    client,
    access: request,
    granularity: 'HOURLY',
    start: `${from}T00:00:00Z`,
    end: `${end}:00:00Z`,
    metrics,
  });
  try {
    const plan = await runPlan(asker, dimensions.slice(0, 2), { access: request, reserve: 0 });
    return { from, charges: hourChargesOf(plan, facts), warnings: [] };
  } catch (error) {
    request.signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    const [said] = describeError(error).split('\n');
    return {
      from: undefined,
      charges: [],
      warnings: [
        `Hours are not known: ${said} Switch on hourly granularity in the Cost Explorer preferences of the management account (Billing and Cost Management → Cost Management preferences), or set hourly: no.`,
      ],
    };
  }
}
