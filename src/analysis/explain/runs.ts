/** How long jobs run: by the days on which a resource costs something. */
import { type Day, daysBetween } from '../../core/day.ts';
import type { DayCell } from './types.ts';

export interface Run {
  readonly first: Day;
  readonly last: Day;
  /** Days on which it cost anything. */
  readonly days: number;
}

/** When each resource ran, of what was looked at. Null stands for no resource. */
export function runsOf(cells: readonly DayCell[]): Map<string, Run> {
  const runs = new Map<string, { first: Day; last: Day; seen: Set<Day> }>();
  for (const { day, key, attos } of cells) {
    if (key === null || attos <= 0n) continue;
    const run = runs.get(key);
    if (!run) runs.set(key, { first: day, last: day, seen: new Set([day]) });
    else {
      if (day < run.first) run.first = day;
      if (day > run.last) run.last = day;
      run.seen.add(day);
    }
  }
  return new Map([...runs].map(([key, { first, last, seen }]) => [key, { first, last, days: seen.size }]));
}

/** The part of a resource's name that its siblings share: "bert-retrain" of "…:training-job/bert-retrain-20261116". */
export function stemOf(resource: string): string | undefined {
  const name = resource.split(/[/:]/).filter(Boolean).at(-1) ?? '';
  const stem = name.replace(/(?:[-_.]?(?:v?\d+|\d[\dTZ-]*|[0-9a-f]{6,}))+$/i, '');
  return stem !== name && /\p{L}{3}/u.test(stem) ? stem.toLowerCase() : undefined;
}

/**
 * How many days jobs of the same name usually run (their median): those that had ended before this one began. Of jobs
 * that ran on the first day looked at nobody knows when they began. Undefined without any.
 */
export function usualRun(runs: ReadonlyMap<string, Run>, resource: string, since: Day): number | undefined {
  const stem = stemOf(resource);
  const own = runs.get(resource);
  if (stem === undefined || !own) return undefined;
  const lengths = [...runs]
    .filter(([name, { first, last }]) => stemOf(name) === stem && first > since && last < own.first)
    .map(([, { first, last }]) => daysBetween(first, last) + 1)
    .sort((a, b) => a - b);
  return lengths[Math.floor((lengths.length - 1) / 2)];
}

/** Whether it cost the same (within 3 %) on every day but its first: around the clock, whatever the load. */
export function isSteady(cells: readonly DayCell[], resource: string, through: Day): boolean {
  const own = cells
    .filter(({ key, day, attos }) => key === resource && day <= through && attos > 0n)
    .sort((a, b) => (a.day < b.day ? -1 : 1))
    .slice(1)
    .map(({ attos }) => Number(attos));
  return own.length >= 2 && Math.max(...own) <= Math.min(...own) * 1.03;
}
