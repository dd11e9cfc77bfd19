/** Adds scored series up to the figures that are printed. */
import type { EventScore, SeriesScore } from './score.ts';

/** Days of a quarter. */
const QUARTER = 365.25 / 4;

export interface Summary {
  readonly series: number;
  readonly incidents: number;
  readonly found: number;
  readonly falseAlarms: number;
  /** Shares; NaN where there is nothing to divide by. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Median steps from an incident's first to the alarm, of those that were found. */
  readonly delay: number;
  /** False alarms per quarter that one series was looked at: over all, and over series in which nothing goes wrong. */
  readonly falsePerQuarter: number;
  readonly falsePerCleanQuarter: number;
}

export function summarise(scores: readonly SeriesScore[]): Summary {
  const events = scores.flatMap((score) => score.events);
  const found = events.filter(({ delay }) => delay !== undefined);
  const falseAlarms = sum(scores, (score) => score.falseAlarms.length);
  return {
    series: scores.length,
    incidents: events.length,
    found: found.length,
    falseAlarms,
    precision: found.length / (found.length + falseAlarms),
    recall: found.length / events.length,
    f1: (2 * found.length) / (events.length + found.length + falseAlarms),
    delay: medianDelay(events),
    falsePerQuarter: perQuarter(scores),
    falsePerCleanQuarter: perQuarter(scores.filter(({ clean }) => clean)),
  };
}

/** Median delay of the events that were found; of an even number the later of the two in the middle. */
export function medianDelay(events: readonly EventScore[]): number {
  const delays = events.flatMap(({ delay }) => (delay === undefined ? [] : [delay])).sort((a, b) => a - b);
  return delays[Math.floor(delays.length / 2)] ?? Number.NaN;
}

function perQuarter(scores: readonly SeriesScore[]): number {
  const days = sum(scores, (score) => score.quietDays);
  return (sum(scores, (score) => score.falseAlarms.length) * QUARTER) / days;
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}
