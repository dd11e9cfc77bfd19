/** The seasonal model, one step at a time: says what it expects, then is shown what came. */
import { createBursts } from './bursts.ts';
import { createBusyDays } from './busy-days.ts';
import { createEvidence } from './evidence.ts';
import { createLevel } from './level.ts';
import { createMonths } from './months.ts';
import { createRun } from './run.ts';
import { createSeason } from './season.ts';
import { createSpread } from './spread.ts';
import type { Tuning } from './tuning.ts';

/** What is expected of the next step. */
export interface Outlook {
  /** False while too little is known. */
  ready: boolean;
  expected: number;
  /** Distances from the expected value to the edges of the band; never negative. */
  above: number;
  below: number;
}

export interface Model {
  /** What is expected of this step; the same object each time. */
  outlook(step: number): Outlook;
  /** Shows the value of the step that was last looked at. `accepted`: usual, whatever it is. */
  learn(value: number, accepted: boolean): void;
  /** Recent mean absolute error of the forecasts. */
  error(): number;
}

/** A month's effect seen once may come again so much larger. */
const ONCE_MORE = 1.25;
/** Differences below this share of the numbers are rounding; below this share of their range, nothing to speak of. */
const ROUNDING = 1e-13;
const NOTHING = 1e-9;
/** Doubt about a new level, as a share of the change: where the old one says something of it, and where it does not. */
const DOUBT = 0.3;
const DOUBT_AFTER_LAUNCH = 1;
/** A slot's own mean absolute errors that are its band, where so many of them exceed what the pool says of it. */
const OWN_ERRORS = 6;
const OWN_SHARE = 2.5;
/** Lasting misses that the band allows for. */
const BIASES = 1.5;
/** Cycles in which the season is still being learnt. */
const YOUNG = 8;
const ERROR_MEMORY = 60;

export function createModel(tuning: Tuning, startMs: number, settle: number): Model {
  const { period, warmUp, sigmas } = tuning;
  const season = createSeason(period, tuning.cycles);
  const level = createLevel(season, tuning.levels);
  const spread = createSpread(tuning.kinds, tuning.residuals);
  const bursts = createBursts(tuning.bursts);
  const rise = createEvidence(tuning.evidence);
  const fall = createEvidence(tuning.evidence);
  const run = createRun(Math.min(settle, 24), tuning.pause);
  const months = tuning.months ? createMonths(startMs) : undefined;
  const busy = tuning.busyDays > 0 ? createBusyDays(tuning.busyDays, settle) : undefined;
  const past = new Float64Array(period).fill(Number.NaN);
  const fade = 0.5 ** (1 / tuning.doubt);
  const view: Outlook = { ready: false, expected: 0, above: 0, below: 0 };
  const at = { step: 0, slot: 0, known: 0, certainFrom: 0 };
  // The band before other levels that are usual too are allowed for, and what it is made of.
  const band = { base: 0, month: 0, least: 0, core: 0, above: 0, below: 0, widest: 0, reach: 0 };
  const seen = { highest: Number.NEGATIVE_INFINITY, lowest: Number.POSITIVE_INFINITY, error: 0, doubt: 0 };
  const other = { level: 0, above: 0, below: 0, until: -1 };

  /** Which kind of step a slot is. */
  function kindOf(slot: number): number {
    return slot < tuning.kinds ? slot : slot % tuning.kinds;
  }

  function outlook(step: number): Outlook {
    at.step = step;
    at.slot = step % period;
    months?.advance();
    if (step > at.certainFrom) seen.doubt *= fade;
    band.base = level.next();
    band.month = months ? months.effect() : 0;
    measure();
    view.ready = at.known >= warmUp;
    view.expected = band.base + season.at(at.slot) + band.month;
    reach();
    band.reach = view.above;
    if (busy) sizeUp(busy.top());
    return view;
  }

  /** The band around what is expected. */
  function measure(): void {
    const { step, slot } = at;
    const misses = spread.at(kindOf(slot));
    const largest = Math.max(seen.highest, -seen.lowest, 0);
    const least = at.known === 0 ? 0 : ROUNDING * largest + NOTHING * (seen.highest - seen.lowest);
    const core = Math.max(sigmas * misses.deviation + BIASES * misses.bias, least);
    const own = misses.own * OWN_SHARE > core ? OWN_ERRORS * misses.own : core;
    const tail = Math.min(tuning.tails * misses.tailAbove, bursts.most(step));
    const high = Math.max(own, tail) + seen.doubt;
    const low = Math.max(own, tuning.tails * misses.tailBelow) + seen.doubt;
    const quiet = core <= least;
    const surely = core + seen.doubt;
    let above = quiet ? high : rise.narrowed(high, sigmas);
    above = Math.max(above, bursts.size(step, quiet));
    if (above > 1.5 * surely) above = Math.max(surely, Math.min(above, bursts.rest(step)));
    if (months && !bursts.running()) above = Math.max(above, ONCE_MORE * months.once() - band.month);
    band.least = least;
    band.core = core;
    band.widest = Math.max(high, low);
    band.above = above;
    band.below = quiet ? low : fall.narrowed(low, sigmas);
  }

  /** Widens the band so that it reaches levels that are usual too: no effect of the month, lately, before a change. */
  function reach(): void {
    const { base, month, core, above, below } = band;
    const lag = level.steady() - base;
    view.above = Math.max(above, Math.min(core, above) + Math.max(lag, -month));
    view.below = Math.max(below, Math.min(core, below) + Math.max(-lag, month));
    if (at.step >= other.until) return;
    view.above = Math.max(view.above, other.level - base + other.above);
    view.below = Math.max(view.below, base - other.level + other.below);
  }

  /**
   * Where days are quiet or busy, the band reaches to how busy they get, whatever forecasts miss – unless it is one that
   * does not end. Only what is said: what is learnt from stays within the band of the misses.
   */
  function sizeUp(top: number): void {
    if (Number.isNaN(top)) return;
    const rest = Math.max(band.core + seen.doubt, bursts.rest(at.step));
    view.above = Math.max(Math.min(top - view.expected, rest), band.least);
  }

  function learn(value: number, accepted: boolean): void {
    seen.highest = Math.max(seen.highest, value);
    seen.lowest = Math.min(seen.lowest, value);
    at.known++;
    if (at.known <= warmUp) warm(value);
    else compare(value, accepted);
    busy?.learn(value, at.known > warmUp ? value - view.expected : Number.NaN);
    past[at.slot] = value;
    if (at.known <= YOUNG * period && at.known % period === 0) level.refresh();
    if (at.known === warmUp) findEarlyBursts();
  }

  /** Bursts in the last cycle before the first judgement: what the season, known by then, does not explain. */
  function findEarlyBursts(): void {
    const step = at.step;
    for (let back = period - 1; back >= 0; back--) {
      at.step = step - back;
      const slot = ((at.step % period) + period) % period;
      const miss = (past[slot] ?? 0) - level.next() - season.at(slot);
      band.core = sigmas * spread.at(kindOf(slot)).deviation;
      trackBurst(miss);
    }
    at.step = step;
  }

  /** While too little is known, the errors of the seasonal naive forecast stand in for the model's. */
  function warm(value: number): void {
    const before = past[at.slot] ?? Number.NaN;
    if (!Number.isNaN(before)) spread.learn(kindOf(at.slot), clean(value - before));
    if (at.known > 1) months?.learn(value - band.base, band.core);
    level.learn(at.slot, value, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    season.learn(at.slot, value);
  }

  /** Differences that are rounding are none. */
  function clean(difference: number): number {
    return Math.abs(difference) < band.least ? 0 : difference;
  }

  function compare(value: number, accepted: boolean): void {
    const { slot } = at;
    const { widest, month, core } = band;
    const miss = clean(value - view.expected);
    const cut = miss > widest ? widest : miss < -widest ? -widest : miss;
    seen.error += (Math.abs(cut) - seen.error) / ERROR_MEMORY;
    months?.learn(miss + month, core + seen.doubt);
    trackBurst(miss);
    const deviation = (widest || 1) / sigmas;
    rise.add(cut, deviation);
    fall.add(-cut, deviation);
    if (miss <= band.reach && miss >= -view.below) {
      usual(value, miss);
      return;
    }
    season.doubt(slot, value - month);
    if (run.steps() === 0) spread.learn(kindOf(slot), clean(cut / 2));
    run.add(miss > 0 ? 1 : -1, slot, value, value - season.at(slot) - month);
    if (accepted || run.steps() >= settle) settleAt(run.middle());
  }

  function usual(value: number, miss: number): void {
    const { slot, step } = at;
    const bare = value - band.month;
    run.pause();
    if (step < other.until && (miss > band.above || miss < -band.below)) {
      const way = other.level - band.base;
      if (Math.abs(miss - way) < Math.abs(miss)) {
        moveTo(bare - season.at(slot));
        season.restart();
        return;
      }
    }
    spread.learn(kindOf(slot), miss);
    if (miss > band.core + seen.doubt && bursts.like(miss)) {
      season.doubt(slot, bare);
      return;
    }
    if (band.month > 0) bursts.explained(step);
    level.learn(slot, bare, band.core + seen.doubt, band.widest);
    season.learn(slot, bare);
  }

  function trackBurst(miss: number): void {
    if (miss > band.core + seen.doubt) bursts.grow(miss);
    else bursts.end(at.step);
  }

  /** A change lasts: what came since it began is the new normal. */
  function settleAt(to: number): void {
    const change = Math.abs(to - band.base);
    const launch = change > 6 * band.widest && change > 5 * season.reach();
    moveTo(to);
    if (launch) {
      season.clear();
      spread.clear();
    } else season.restart();
    run.replay((slot, value, bare) => {
      season.learn(slot, value);
      if (launch) spread.learn(kindOf(slot), bare - to);
    });
    at.certainFrom = launch ? at.step + period : at.step;
    seen.doubt = (launch ? DOUBT_AFTER_LAUNCH : DOUBT) * change;
    bursts.drop();
    rise.clear();
    fall.clear();
    run.clear();
  }

  /** The level changes; the one before stays usual for a while, so that going back is no news. */
  function moveTo(to: number): void {
    other.level = band.base;
    other.above = band.above;
    other.below = band.below;
    other.until = at.step + tuning.remember;
    level.moveTo(to);
  }

  return { outlook, learn, error: () => seen.error };
}
