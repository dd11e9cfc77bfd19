/** Every chart there is. A new one is a file beside this one and a line here. */
import { dailyCost } from './daily-cost.ts';
import type { Chart } from './types.ts';
import { weeklyCost } from './weekly-cost.ts';

export const charts = [dailyCost, weeklyCost] as const satisfies readonly Chart<never>[];
