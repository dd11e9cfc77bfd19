/** The detectors there are. */
import { drift } from './drift.ts';
import { newSpend } from './new-spend.ts';
import { rate } from './rate.ts';
import { rollingSigma } from './rolling-sigma.ts';
import { seasonal } from './seasonal.ts';
import { staticLevel } from './static.ts';
import type { Detector } from './types.ts';

/** Judged by when nobody names another. */
export const DEFAULT_DETECTOR = 'seasonal';

export const detectors: readonly Detector[] = [seasonal, staticLevel, rollingSigma, newSpend, rate, drift];
