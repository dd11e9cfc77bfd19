/** What a new analysis makes of an alert. */
import { SEVERITIES } from '../../core/analysis-settings.ts';
import { daysBetween, msToDay } from '../../core/day.ts';
import { dayOfStamp } from '../../core/series.ts';
import { awake } from './apply-action.ts';
import { isAtLeast, redraw, tell } from './tell.ts';
import type { AlertRules, AlertState, Observation, Transition } from './types.ts';

type Seen = Extract<Observation, { kind: 'seen' }>;

export function applyObservation(
  state: AlertState,
  observation: Observation,
  rules: AlertRules,
  now: number,
): Transition {
  switch (observation.kind) {
    case 'seen':
      return seen(state, observation, rules, now);
    case 'quiet':
      return quiet(state, observation, rules, now);
    case 'no-data':
      return noData(state, observation.reason);
    case 'corrected':
      return corrected(state, observation.reason, now);
    case 'gone':
      return state.status === 'resolved' ? same(state) : resolve(state, observation.reason, now);
  }
}

function seen(state: AlertState, observation: Seen, rules: AlertRules, now: number): Transition {
  const { severity, perDayMicros, lastStamp } = observation;
  const later = lastStamp > state.lastStamp;
  const next: AlertState = { ...state, severity, perDayMicros, lastStamp };
  const correction = correctionOf(state, observation);
  const plus = (more: Transition): Transition => ({
    next: more.next,
    effects: [...correction.effects, ...more.effects],
    events: [...correction.events, ...more.events],
  });
  switch (state.status) {
    case 'open':
    case 'acknowledged':
      return plus(goesOn(state, next, rules, now));
    case 'snoozed':
      return plus(
        hasGrown(state, perDayMicros) ? wake(next, rules, now, 'it grew while it was snoozed') : same(next),
      );
    case 'expected':
      return plus(expectation(state, next, rules, now));
    case 'no-data': {
      const before: AlertState = { ...state, status: statusBefore(state), statusReason: KNOWN_AGAIN };
      // What its newly known days say counts as if they had never been unknown.
      const more = seen(before, observation, rules, now);
      return {
        ...more,
        effects: [...redraw(before), ...more.effects],
        events: [{ kind: 'known-again' }, ...more.events],
      };
    }
    case 'resolved':
      // What people settled stays settled while it does not get worse.
      return plus(
        later && (isWorse(state, next) || isBack(state, next, rules)) ? reopen(next, rules, now) : same(next),
      );
  }
}

/**
 * Whether it came again, or goes on beyond what was said of it. Somebody who closes it while it goes on has dealt with
 * the days up to then, however late their bills come; without such a word quiet days lie before the end.
 */
function isBack(state: AlertState, next: AlertState, { quietDays }: AlertRules): boolean {
  if (state.feedback !== undefined) return isBeyond(next);
  const day = dayOfStamp(next.lastStamp);
  const wentOn = daysBetween(dayOfStamp(state.lastStamp), day) <= quietDays;
  return !(wentOn && state.resolvedAt !== undefined && day <= msToDay(state.resolvedAt));
}

const KNOWN_AGAIN = 'its days are known again';

function correctionOf(
  state: AlertState,
  { corrected: reason }: Seen,
): Pick<Transition, 'effects' | 'events'> {
  if (reason === undefined) return { effects: [], events: [] };
  const effects = state.notifications > 0 ? [{ kind: 'correct' as const, reason }] : [];
  return { effects, events: [{ kind: 'corrected', note: reason }] };
}

/** Of something open: told when it becomes worth telling, and once more when it turns worse. */
function goesOn(state: AlertState, next: AlertState, rules: AlertRules, now: number): Transition {
  const worth = isAtLeast(next.severity, rules.notify);
  if (worth && state.notifications === 0 && state.status === 'open') return tell(next, 'opened', rules, now);
  if (!worth || !isWorse(state, next)) return same(next);
  const told = tell(next, 'worse', rules, now);
  return { ...told, events: [{ kind: 'worsened' }, ...told.events] };
}

/** More severe, or twice as much a day as when people were last told. */
function isWorse(state: AlertState, next: AlertState): boolean {
  const told = state.notifiedMicros ?? state.perDayMicros;
  const moreSevere = SEVERITIES.indexOf(next.severity) > SEVERITIES.indexOf(state.severity);
  return (moreSevere && next.perDayMicros > told) || (told > 0n && next.perDayMicros >= 2n * told);
}

function hasGrown({ snoozedGrowth, snoozedMicros }: AlertState, perDay: bigint): boolean {
  if (snoozedGrowth === undefined || snoozedMicros === undefined) return false;
  return perDay * 100n >= snoozedMicros * BigInt(100 + snoozedGrowth);
}

/** Whether it goes on after the day until when it was expected. */
function isBeyond({ feedback, expectedUntil, lastStamp }: AlertState): boolean {
  return feedback === 'expected' && expectedUntil !== undefined && dayOfStamp(lastStamp) > expectedUntil;
}

/** Expected until a day, up to an amount: beyond either it is not. */
function expectation(state: AlertState, next: AlertState, rules: AlertRules, now: number): Transition {
  const tooLong = isBeyond(next);
  const tooMuch = state.snoozedMicros !== undefined && next.perDayMicros > state.snoozedMicros;
  if (tooLong)
    return wake(next, rules, now, `it goes on after ${state.expectedUntil}, until when it was expected`);
  return tooMuch ? wake(next, rules, now, 'it is more a day than was expected') : same(next);
}

/** Out of a snooze or an expectation: open, and told. */
export function wake(state: AlertState, rules: AlertRules, now: number, reason: string): Transition {
  const { acknowledgedAt: _at, acknowledgedBy: _by, ...rest } = awake(state);
  const told = tell({ ...rest, status: 'open', statusReason: reason }, 'woken', rules, now);
  return { ...told, events: [{ kind: 'woken', note: reason }, ...told.events] };
}

function reopen(state: AlertState, rules: AlertRules, now: number): Transition {
  const { resolvedAt: _resolved, acknowledgedAt: _at, acknowledgedBy: _by, ...rest } = awake(state);
  const { escalatedAt: _escalated, ...open } = rest;
  const statusReason = 'it came back after it was over';
  const told = tell(
    { ...open, status: 'open', openedAt: state.openedAt, statusReason },
    'reopened',
    rules,
    now,
  );
  return { ...told, events: [{ kind: 'reopened', note: statusReason }, ...told.events] };
}

function quiet(
  state: AlertState,
  { days, ending, through }: Extract<Observation, { kind: 'quiet' }>,
  rules: AlertRules,
  now: number,
): Transition {
  if (state.status === 'resolved') return same(state);
  const waits =
    state.status === 'expected' && state.expectedUntil !== undefined && through < state.expectedUntil;
  if (days >= rules.quietDays && !waits) return resolve(state, ending, now);
  if (state.status !== 'no-data') return same(state);
  const known: AlertState = {
    ...state,
    status: statusBefore(state),
    statusReason: KNOWN_AGAIN,
  };
  return { next: known, effects: redraw(known), events: [{ kind: 'known-again' }] };
}

function noData(state: AlertState, reason: string): Transition {
  if (state.status === 'resolved' || state.status === 'no-data') return same(state);
  const next: AlertState = { ...state, status: 'no-data', statusReason: reason };
  return { next, effects: redraw(next), events: [{ kind: 'no-data', note: reason }] };
}

function corrected(state: AlertState, reason: string, now: number): Transition {
  if (state.status === 'resolved' && state.statusReason === reason) return same(state);
  const resolvedAt = state.resolvedAt ?? now;
  const next: AlertState = { ...awake(state), status: 'resolved', statusReason: reason, resolvedAt };
  const effects = state.notifications > 0 ? [{ kind: 'correct' as const, reason }] : [];
  return { next, effects, events: [{ kind: 'corrected', note: reason }] };
}

function resolve(state: AlertState, reason: string, now: number): Transition {
  const next: AlertState = { ...awake(state), status: 'resolved', statusReason: reason, resolvedAt: now };
  return { next, effects: redraw(next), events: [{ kind: 'resolved', note: reason }] };
}

/** What it was before its days became unknown. */
function statusBefore(state: AlertState): AlertState['status'] {
  const { feedback, snoozedUntil, acknowledgedAt } = state;
  if (feedback === 'expected' && !isBeyond(state)) return 'expected';
  if (snoozedUntil !== undefined) return 'snoozed';
  return acknowledgedAt === undefined ? 'open' : 'acknowledged';
}

function same(next: AlertState): Transition {
  return { next, effects: [], events: [] };
}
