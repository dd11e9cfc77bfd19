/** What the newest days of a bill of the sample organisation say is running. */
import { addDays, type Day, dayToMs, msToDay } from '../../../core/day.ts';
import { INCIDENTS } from '../../sample-org/incidents.ts';
import type { SourceName } from '../../sample-org/meter.ts';
import { meterOf } from '../../sample-org/meters.ts';
import { hash } from '../../sample-org/random.ts';
import { SOURCES } from '../../sample-org/sources.ts';
import { tagsOf } from '../../sample-org/tags.ts';
import type { Entry, Line } from '../../sample-org/types.ts';
import { usageOf } from '../../sample-org/usage.ts';
import { grouped } from './grouped.ts';

export interface Billed {
  readonly line: Line;
  /** As the bill names it: "bert-retrain-20261116". */
  readonly name: string;
  /** What the price table calls its kind: "training-job", "instance" … */
  readonly kind: string;
  /** What one pricing unit is of: "ml.p4d.24xlarge training". */
  readonly item: string;
  readonly created: Date;
  /** False: it cost something a few days ago, and has ended since. */
  readonly runs: boolean;
  /** How many machines the hours of a day are. */
  readonly machines: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** What began before is told to have begun some time before that. */
const LOOKED_BACK = 60;
/** Proposals look at so many newest days; what ended before them is not there any more. */
const SHOWN = 4;
/** On the newest days that a bill has, in case the newest is only partly there. */
const NEWEST = 2;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Resources by their name on the bill, the longest known first. The same for the same day and seed. */
export function billedNow(source: SourceName, { now, seed }: { now: number; seed: number }): Billed[] {
  const today = msToDay(now);
  const start = addDays(today, -LOOKED_BACK);
  const entries = usageOf(SOURCES[source], { start, today, seed });
  const newest = entries.reduce((last, entry) => (entry.start > last ? entry.start : last), start);
  const byName = grouped(entries, ({ line, resource }) => `${meterOf(line.use.meter).resource} ${resource}`);
  return [...byName.values()].flatMap((charges) => {
    const last = charges.at(-1);
    if (!last || last.start <= addDays(newest, -SHOWN)) return [];
    const meter = meterOf(last.line.use.meter);
    return {
      line: last.line,
      name: last.resource,
      kind: meter.resource,
      item: meter.item,
      created: createdAt(charges, start, today),
      runs: last.start > addDays(newest, -NEWEST),
      machines: machinesOf(charges, newest),
      tags: tagsOf(source, last.line, last.start),
    };
  });
}

/** Incidents begin at seven; what runs every night began last night; the rest on its first day. */
function createdAt(charges: readonly Entry[], start: Day, today: Day): Date {
  const [first] = charges;
  if (!first) return new Date(dayToMs(start));
  const key = hash(first.resource);
  if (isIncident(first.resource)) return new Date(dayToMs(first.start) + 7 * HOUR_MS);
  const minutes = (key % 60) * MINUTE_MS;
  if (first.line.use.shape === 'nightly') return new Date(dayToMs(today) - 2 * HOUR_MS + minutes);
  if (first.start > addDays(start, 1)) return new Date(dayToMs(first.start) + 6 * HOUR_MS + minutes);
  return new Date(dayToMs(start) - (20 + (key % 300)) * DAY_MS + minutes * 8);
}

function isIncident(resource: string): boolean {
  return INCIDENTS.some(
    ({ effect }) => effect.kind === 'extra' && resource.startsWith(`${effect.resource}-2`),
  );
}

/** Hours of the dearest whole day, as machines that run all of it. */
function machinesOf(charges: readonly Entry[], newest: Day): number {
  const whole = charges.filter(({ start }) => start < newest && start > addDays(newest, -1 - SHOWN));
  const hours = new Map<Day, number>();
  for (const { start, quantity } of whole)
    hours.set(start, (hours.get(start) ?? 0) + Number(quantity ?? 0n) / 1e6);
  return Math.max(1, Math.round(Math.max(0, ...hours.values()) / 24));
}
