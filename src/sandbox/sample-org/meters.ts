/** The price table: everything the organisation is billed for, at (roughly) list prices. */

import type { Meter } from './meter.ts';
import { AWS_METERS } from './meters-aws.ts';
import { CLOUD_METERS } from './meters-cloud.ts';
import { LLM_METERS } from './meters-llm.ts';

export const METERS = { ...AWS_METERS, ...CLOUD_METERS, ...LLM_METERS };
export type MeterId = keyof typeof METERS;

export function meterOf(id: MeterId): Meter {
  return METERS[id];
}
