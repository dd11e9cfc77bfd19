/** Which days or hours get a label on the x axis, and what it says. */
import { isHourly } from '../../compose/stamps.ts';
import { shortDay } from '../../text/dates.ts';
import { dateTicks } from '../date-ticks.ts';

/** Hours between two labels, while the chart is short enough for hours. */
const HOUR_STEPS = [1, 2, 3, 6, 12] as const;

/** Labels by index of the stamp; never more than `max` of them (at least one). UTC. */
export function stampTicks(stamps: readonly string[], max: number): Map<number, string> {
  if (!isHourly(stamps)) return dateTicks(stamps, max);
  const room = Math.max(1, Math.floor(max));
  const hours = stamps.map((stamp, index) => ({ index, stamp, hour: Number(stamp.slice(11, 13)) }));
  const step = HOUR_STEPS.find((size) => hours.filter(({ hour }) => hour % size === 0).length <= room);
  if (step !== undefined) {
    const picked = hours.filter(({ hour }) => hour % step === 0);
    return new Map(
      (picked.length > 0 ? picked : hours.slice(0, 1)).map(({ index, stamp, hour }) => [
        index,
        hour === 0 ? shortDay(stamp) : `${String(hour).padStart(2, '0')}:00`,
      ]),
    );
  }
  const midnights = hours.filter(({ hour }) => hour === 0);
  const days = dateTicks(
    midnights.map(({ stamp }) => stamp.slice(0, 10)),
    room,
  );
  return new Map([...days].map(([day, label]) => [midnights[day]?.index ?? 0, label]));
}
