/** Every chart there is. A new one is a file beside this one and a line here. */
import { anomalyBand } from './anomaly-band.ts';
import { budgetBurn } from './budget-burn.ts';
import { dailyCost } from './daily-cost.ts';
import { forecastFan } from './forecast-fan.ts';
import { sloBurn } from './slo-burn.ts';
import type { Chart } from './types.ts';
import { weeklyCost } from './weekly-cost.ts';

export const charts = [
  anomalyBand,
  budgetBurn,
  dailyCost,
  forecastFan,
  sloBurn,
  weeklyCost,
] as const satisfies readonly Chart<never>[];
