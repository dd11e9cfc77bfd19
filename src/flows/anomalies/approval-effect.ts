/** What it would do to the alarms of its place if an anomaly were approved now. */
import type { StoredAnomaly } from '../../store/anomalies.ts';
import type { Context } from '../context.ts';
import { type VerdictEffect, verdictEffect } from './verdict-effect.ts';

/** Undefined where it is approved already, or the place has no complete day any more. */
export async function approvalEffect(
  context: Context,
  anomaly: StoredAnomaly,
): Promise<VerdictEffect | undefined> {
  if (anomaly.feedback === 'expected') return undefined;
  const { expectedUntil: _, ...rest } = anomaly;
  return verdictEffect(context, { ...rest, feedback: 'expected' }, anomaly);
}
