/** Why a history is too short for a forecast, in words. */
import { LEAST_DAYS } from '../../analysis/forecast/forecast-series.ts';
import type { UsageDay } from '../../analysis/forecast/outlook.ts';

/** "13 complete days are known, and it takes 14". */
export function tooShort(usage: readonly UsageDay[]): string {
  const first = usage.findIndex(({ micros }) => micros !== null && micros !== 0n);
  if (first < 0) return 'no usage is known';
  const count = usage.slice(first).filter(({ micros }) => micros !== null).length;
  return `${count === 1 ? '1 complete day is' : `${count} complete days are`} known, and it takes ${LEAST_DAYS}`;
}
