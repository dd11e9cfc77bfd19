/** Every chart there is. A new one is a file beside this one and a line here. */
import { dailyCost } from './daily-cost.ts';
import type { Chart } from './types.ts';

export const charts = [dailyCost] as const satisfies readonly Chart<never>[];
