/** Lets things go wrong in a drawn series, and labels what a careful person would want to be told of. */
import { type Grain, STEPS_A_DAY } from '../../../src/core/series.ts';
import { amountOf, BURST_SHARE } from './magnitudes.ts';
import type { Drawn, Effort, Incident, Kind, Random, Span } from './types.ts';

/** A bill in the making; incidents change `factor` and `extra`. */
export interface Bill {
  readonly grain: Grain;
  readonly drawn: Drawn;
  /** What the noisy usual bill is multiplied with, per step. */
  readonly factor: Float64Array;
  /** Money added to it, per step. */
  readonly extra: Float64Array;
}

export interface IncidentRequest {
  readonly random: Random;
  readonly kind: Kind;
  readonly effort: Effort;
  /** It begins in here, and ends in here where it ends. */
  readonly room: Span;
}

export interface Labelled {
  readonly incident: Incident;
  readonly shrugs: readonly Span[];
}

/** How long things last, in steps. */
const LASTS: Readonly<
  Record<
    Grain,
    Readonly<Record<'spike' | 'step' | 'ramp' | 'plateau' | 'runaway' | 'drop', readonly [number, number]>>
  >
> = {
  day: { spike: [1, 2], step: [8, 20], ramp: [5, 14], plateau: [3, 10], runaway: [4, 25], drop: [3, 10] },
  hour: { spike: [1, 3], step: [24, 96], ramp: [12, 48], plateau: [12, 48], runaway: [8, 72], drop: [6, 72] },
};

/** What stays for good is an incident for so many steps; until `normal` nobody blames an alarm, then it is false. */
const STAYS: Readonly<Record<Grain, { readonly incident: number; readonly normal: number }>> = {
  day: { incident: 14, normal: 28 },
  hour: { incident: 72, normal: 168 },
};

/** Steps after an end at which an alarm is not false yet. */
const AFTER: Readonly<Record<Grain, number>> = { day: 2, hour: 6 };

/** The expected bill of a step, without noise. */
function expectedAt({ drawn, factor, extra }: Bill, at: number): number {
  return (drawn.usual[at] ?? 0) * (factor[at] ?? 1) + (extra[at] ?? 0);
}

/** Mean expected bill of the four weeks before a step. */
function levelBefore(bill: Bill, at: number): number {
  const steps = Math.min(at, 28 * STEPS_A_DAY[bill.grain]);
  let sum = 0;
  for (let index = at - steps; index < at; index++) sum += expectedAt(bill, index);
  return sum / Math.max(1, steps);
}

/** What one step in ten costs at least: a tenth of a busy hour is no news, even at night when nothing runs. */
function busyBefore(bill: Bill, at: number): number {
  const steps = Math.min(at, 28 * STEPS_A_DAY[bill.grain]);
  const costs = Float64Array.from({ length: steps }, (_, index) =>
    expectedAt(bill, at - steps + index),
  ).sort();
  return costs[Math.floor(0.9 * costs.length)] ?? 0;
}

function shape(first: number, last: number, height: (index: number) => number, bill: Bill): void {
  for (let at = first; at <= last; at++) bill.extra[at] = (bill.extra[at] ?? 0) + height(at - first);
}

function multiply(first: number, last: number, by: number, bill: Bill): void {
  for (let at = first; at <= last; at++) bill.factor[at] = (bill.factor[at] ?? 1) * by;
}

/** Lets one thing go wrong; `bill` is changed. */
export function befall(bill: Bill, request: IncidentRequest): Labelled {
  const { kind } = request;
  if (bill.drawn.burst && kind === 'runaway') return endlessBurst(bill, request);
  switch (kind) {
    case 'spike':
      return spike(bill, request);
    case 'step':
      return step(bill, request);
    case 'ramp':
      return ramp(bill, request);
    case 'runaway':
      return runaway(bill, request);
    case 'rate':
      return rate(bill, request);
    case 'drop':
      return drop(bill, request);
  }
}

function spike(bill: Bill, { random, effort, room }: IncidentRequest): Labelled {
  const { drawn, grain } = bill;
  const steps = random.whole(...LASTS[grain].spike);
  const first = random.whole(room.first, Math.max(room.first, room.last - steps + 1));
  const last = Math.min(first + steps - 1, room.last);
  const amount = drawn.burst
    ? beyondBursts(bill, random, effort, drawn.burst.height)
    : plain(bill, random, effort, first);
  shape(first, last, () => amount, bill);
  return ended(bill, { kind: 'spike', effort, amount, first, last });
}

function plain(bill: Bill, random: Random, effort: Effort, at: number): number {
  const level = Math.max(levelBefore(bill, at), 0.6 * busyBefore(bill, at));
  const deviation = bill.drawn.reach * Math.max(level, expectedAt(bill, at));
  return amountOf({
    random,
    grain: bill.grain,
    kind: 'spike',
    effort,
    level,
    deviation,
  });
}

/** Where bursts are usual, half as much again as the dearest of them is the least that is unusual. */
function beyondBursts(bill: Bill, random: Random, effort: Effort, height: number): number {
  const dearest = bill.drawn.usual.reduce((most, value) => Math.max(most, value), 0);
  const amount = amountOf({
    random,
    grain: bill.grain,
    kind: 'spike',
    effort,
    level: height,
    deviation: 0.35 * height,
  });
  return Math.max(amount, 1.5 * dearest);
}

/** The level is higher from one step to the next, for a while or for good. */
function step(bill: Bill, request: IncidentRequest): Labelled {
  const { random, effort, room } = request;
  const { first, amount } = lasting(bill, request, 'step');
  const stays = random.chance(0.65) || bill.drawn.stays === true;
  const end = stays
    ? bill.extra.length - 1
    : Math.min(first + random.whole(...LASTS[bill.grain].step) - 1, room.last);
  shape(first, end, () => amount, bill);
  return stays
    ? stayed(bill, { kind: 'step', effort, amount, first })
    : ended(bill, { kind: 'step', effort, amount, first, last: end });
}

/** Rises evenly, stays at its top for a while, and is then put right or not. */
function ramp(bill: Bill, request: IncidentRequest): Labelled {
  const { random, effort, room } = request;
  const { first, amount } = lasting(bill, request, 'ramp');
  const rise = Math.min(random.whole(...LASTS[bill.grain].ramp), Math.max(3, room.last - first));
  const top = Math.min(first + rise - 1, bill.extra.length - 1);
  const right = Math.min(top + random.whole(...LASTS[bill.grain].plateau), room.last);
  const stays = random.chance(0.5);
  const end = stays ? bill.extra.length - 1 : Math.max(right, top);
  shape(first, end, (index) => amount * Math.min(1, (index + 1) / rise), bill);
  const last = Math.min(end, Math.max(right, top));
  const incident: Incident = { kind: 'ramp', effort, amount, first, last };
  const quiet = stays ? STAYS[bill.grain].normal : 3 * AFTER[bill.grain];
  return { incident, shrugs: [{ first: last + 1, last: last + quiet }] };
}

/** A job that nobody stops: the same money every step until somebody does, or until the series ends. */
function runaway(bill: Bill, request: IncidentRequest): Labelled {
  const { random, effort, room } = request;
  const end = bill.extra.length - 1;
  const steps = random.whole(...LASTS[bill.grain].runaway);
  const untilNow = room.last === end && random.chance(0.4);
  const from = untilNow ? Math.max(room.first, end - steps + 1) : undefined;
  const { first, amount } = lasting(bill, request, 'runaway', from);
  const last = Math.min(first + steps - 1, room.last);
  shape(first, last, () => amount, bill);
  return ended(bill, { kind: 'runaway', effort, amount, first, last });
}

/** A burst like the others that goes on: an incident from the step on which the longest of them would have ended. */
function endlessBurst(bill: Bill, { random, effort, room }: IncidentRequest): Labelled {
  const { height, longest } = bill.drawn.burst ?? { height: 0, longest: 1 };
  const amount = height * random.between(...BURST_SHARE[effort]);
  const steps = longest * 2 + random.whole(...LASTS[bill.grain].runaway);
  const start = random.whole(room.first, Math.max(room.first, room.last - steps));
  const last = Math.min(start + steps - 1, room.last);
  shape(start, last, () => amount, bill);
  const first = Math.min(start + longest, last);
  const { incident, shrugs } = ended(bill, { kind: 'runaway', effort, amount, first, last });
  return { incident, shrugs: [{ first: start, last: first - 1 }, ...shrugs] };
}

/** The price of everything goes up, for good. */
function rate(bill: Bill, request: IncidentRequest): Labelled {
  const { effort } = request;
  const { first, amount, level } = lasting(bill, request, 'rate');
  multiply(first, bill.extra.length - 1, 1 + amount / level, bill);
  return stayed(bill, { kind: 'rate', effort, amount, first });
}

/** Part of the cost is gone: a lost service, or a bill that is not whole. */
function drop(bill: Bill, request: IncidentRequest): Labelled {
  const { random, effort, room } = request;
  const { first, amount, level } = lasting(bill, request, 'drop');
  const share = Math.min(0.98, amount / level);
  const stays = random.chance(0.3);
  const end = stays
    ? bill.extra.length - 1
    : Math.min(first + random.whole(...LASTS[bill.grain].drop) - 1, room.last);
  multiply(first, end, 1 - share, bill);
  const incident = { kind: 'drop', effort, amount: -share * level, first } as const;
  return stays ? stayed(bill, incident) : ended(bill, { ...incident, last: end });
}

/** Where something that stays begins, and how much it is; never at a step on which nothing is spent anyway. */
function lasting(
  bill: Bill,
  { random, effort, room }: IncidentRequest,
  kind: Kind,
  from?: number,
): { first: number; amount: number; level: number } {
  const least = bill.grain === 'day' ? 3 : 12;
  let first = from ?? random.whole(room.first, Math.max(room.first, room.last - least));
  const level = levelBefore(bill, first);
  const visible = (at: number) => expectedAt(bill, at) >= 0.7 * level;
  if (kind === 'rate' || kind === 'drop') while (first < room.last - least && !visible(first)) first += 1;
  const deviation = bill.drawn.reach * level;
  return { first, level, amount: amountOf({ random, grain: bill.grain, kind, effort, level, deviation }) };
}

function ended(bill: Bill, incident: Incident): Labelled {
  return { incident, shrugs: [{ first: incident.last + 1, last: incident.last + AFTER[bill.grain] }] };
}

function stayed(bill: Bill, incident: Omit<Incident, 'last'>): Labelled {
  const { incident: told, normal } = STAYS[bill.grain];
  const end = bill.extra.length - 1;
  const last = Math.min(incident.first + told - 1, end);
  return {
    incident: { ...incident, last },
    shrugs: [{ first: last + 1, last: Math.min(incident.first + normal - 1, end) }],
  };
}
