/** Compares alarms with labels, event by event: what was found, how late, and what was a false alarm. */
import type { Decision } from '../../analysis/detectors/decide.ts';
import type { LabelSpan } from './label-span.ts';
import type { Layout } from './lay-out.ts';
import type { Row } from './read-rows.ts';
import type { LabelComparison } from './types.ts';

interface Judged {
  readonly rows: readonly Row[];
  readonly times: Float64Array;
  readonly layout: Layout;
  readonly decision: Decision;
}

/** Slots, both ends included. */
interface Event {
  readonly first: number;
  readonly last: number;
  readonly point: boolean;
}

/**
 * An event is a labelled span; labelled single times that follow one another are one. It is found when an alarm is on
 * at any of its rows. An incident is a false alarm when it is on at no labelled row. Without events there is
 * no recall, without alarms no precision; F1 is their harmonic mean.
 */
export function compareLabels(
  spans: readonly LabelSpan[],
  judged: Judged,
): { readonly labelled: Uint8Array; readonly comparison: LabelComparison } {
  const { rows, times, layout, decision } = judged;
  const labelled = new Uint8Array(rows.length);
  const order = Uint32Array.from(times, (_, row) => row).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  const inEvents: Event[] = [];
  let outside = 0;
  for (const span of spans) {
    const slack = span.point ? layout.width / 2 : 0;
    let [first, last] = [Number.POSITIVE_INFINITY, -1];
    for (let place = firstFrom(order, times, span.from - slack); place < order.length; place++) {
      const row = order[place] ?? 0;
      if ((times[row] ?? 0) > span.to + slack) break;
      labelled[row] = 1;
      first = Math.min(first, layout.slots[row] ?? 0);
      last = Math.max(last, layout.slots[row] ?? 0);
    }
    if (last < 0) outside++;
    else inEvents.push({ first, last, point: span.point || first === last });
  }
  const events = merge(inEvents);
  const alarms = decision.episodes
    .map(({ first, last }) => alarmsWithin(decision.anomalous, first, last))
    .filter((slots) => slots.length > 0);
  const delays = events.map((event) => delayOf(event, decision.anomalous));
  const found = delays.filter((delay) => delay !== undefined);
  const right = alarms.filter((slots) => slots.some((slot) => events.some((event) => within(event, slot))));
  const precision = ratio(right.length, alarms.length);
  const recall = ratio(found.length, events.length);
  const stampOf = (slot: number): string => rows[layout.speakers[slot] ?? -1]?.text ?? '';
  return {
    labelled,
    comparison: {
      events: events.length,
      found: found.length,
      outside,
      alarms: alarms.length,
      falseAlarms: alarms.length - right.length,
      precision,
      recall,
      f1: precision === null || recall === null ? null : harmonicMean(precision, recall),
      medianDelay: found.length === 0 ? null : medianOf(found),
      missed: events
        .filter((_, index) => delays[index] === undefined)
        .map(({ first, last }) => ({ first: stampOf(first), last: stampOf(last) })),
    },
  };
}

/** Joins spans that overlap, and single times at neighbouring steps. */
function merge(events: readonly Event[]): Event[] {
  const merged: Event[] = [];
  for (const event of [...events].sort((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    const reach = before?.point && event.point ? 1 : 0;
    if (before && event.first <= before.last + reach)
      merged[merged.length - 1] = { ...before, last: Math.max(before.last, event.last) };
    else merged.push(event);
  }
  return merged;
}

function alarmsWithin(anomalous: Uint8Array, first: number, last: number): number[] {
  const slots: number[] = [];
  for (let slot = first; slot <= last; slot++) if (anomalous[slot] === 1) slots.push(slot);
  return slots;
}

function delayOf({ first, last }: Event, anomalous: Uint8Array): number | undefined {
  for (let slot = first; slot <= last; slot++) if (anomalous[slot] === 1) return slot - first;
  return undefined;
}

function within({ first, last }: Event, slot: number): boolean {
  return slot >= first && slot <= last;
}

/** The first place in the order of time at or after `time`. */
function firstFrom(order: Uint32Array, times: Float64Array, time: number): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[order[middle] ?? 0] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function harmonicMean(a: number, b: number): number {
  return a + b === 0 ? 0 : (2 * a * b) / (a + b);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}
