/** The picture of a plan: what its scope cost, and what it is foreseen to cost with the plan in it. */
import { AppError } from '../../core/errors.ts';
import { forecastScope } from '../../flows/forecast.ts';
import type { PlanLine } from '../../flows/plans.ts';
import type { Element } from '../../view/elements.ts';
import { forecastChart } from '../../view/messages/forecast-chart.ts';
import type { CommandContext } from '../types.ts';

/** Undefined where nothing is known to draw. */
export async function planChart(context: CommandContext, { scope }: PlanLine): Promise<Element | undefined> {
  try {
    const chart = forecastChart(await forecastScope(context, scope), 'next90');
    return chart && { kind: 'chart', chart };
  } catch (error) {
    // The plan is written down; a picture that cannot be drawn takes nothing from it.
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
