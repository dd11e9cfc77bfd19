/** What is worth telling: severe enough, and not long ago. */
import { SEVERITIES, type Severity } from '../../core/analysis-settings.ts';
import type { NumberedEvent } from '../../store/anomaly-notices.ts';

/** What happened longer ago calls nobody: the process was down for days, or the database came from elsewhere. */
export const NEWS = 2 * 86_400_000;

export function isAtLeast(severity: Severity, from: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(from);
}

export function isNews({ at }: Pick<NumberedEvent, 'at'>, now: number): boolean {
  return now - at.getTime() <= NEWS;
}
