/** All shapes of the benchmark. */

import type { Shape } from '../types.ts';
import { bursty } from './bursty.ts';
import { changing } from './changing.ts';
import { hourly } from './hourly.ts';
import { running } from './running.ts';

export const SHAPES: readonly Shape[] = [...running, ...changing, ...bursty, ...hourly];
