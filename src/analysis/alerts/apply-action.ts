/** What a person's decision makes of an alert. */
import { redraw } from './tell.ts';
import type { AlertAction, AlertEvent, AlertState, Transition } from './types.ts';

/** Time in milliseconds. What is over stays over, except when somebody opens it again; what people say of it is kept. */
export function applyAction(state: AlertState, action: AlertAction, now: number): Transition {
  const over = state.status === 'resolved';
  const to = (next: AlertState, event: AlertEvent): Transition => ({
    next,
    effects: redraw(next),
    events: [{ ...event, by: action.by }],
  });
  const taken = { acknowledgedAt: now, acknowledgedBy: action.by };
  switch (action.kind) {
    case 'acknowledge': {
      const status = state.status === 'open' || state.status === 'snoozed' ? 'acknowledged' : state.status;
      return to({ ...awake(state), ...taken, status }, { kind: 'acknowledged' });
    }
    case 'snooze': {
      if (over) return { next: state, effects: [], events: [] };
      const { until, growth } = action;
      const asleep = { snoozedUntil: until, snoozedMicros: state.perDayMicros };
      const next = { ...awake(state), ...asleep, status: 'snoozed' as const };
      return to(growth === undefined ? next : { ...next, snoozedGrowth: growth }, { kind: 'snoozed' });
    }
    case 'expected': {
      const { expectedUntil: _before, ...rest } = awake(state);
      const { until, perDayMicros } = action;
      const said = { ...rest, ...verdict('expected', action.by, now) };
      if (over) return to(said, { kind: 'feedback', note: 'expected' });
      const next: AlertState = {
        ...said,
        status: 'expected',
        ...(until !== undefined && { expectedUntil: until }),
        ...(perDayMicros !== undefined && { snoozedMicros: perDayMicros }),
      };
      return to(next, { kind: 'expected' });
    }
    case 'false-alarm': {
      const said = { ...awake(state), ...verdict('false-alarm', action.by, now) };
      if (over) return to(said, { kind: 'feedback', note: 'false-alarm' });
      const next = { ...said, status: 'resolved' as const, resolvedAt: now, statusReason: 'a false alarm' };
      return to(next, { kind: 'feedback', note: 'false-alarm' });
    }
    case 'real': {
      const said = { ...state, ...verdict('real', action.by, now) };
      const next = state.status === 'open' ? { ...said, ...taken, status: 'acknowledged' as const } : said;
      return to(next, { kind: 'feedback', note: 'real' });
    }
    case 'resolve': {
      if (over) return { next: state, effects: [], events: [] };
      const statusReason = action.reason ?? 'somebody settled it';
      const next = { ...awake(state), status: 'resolved' as const, resolvedAt: now, statusReason };
      return to(next, { kind: 'resolved', note: statusReason });
    }
    case 'reopen': {
      if (state.status === 'open') return { next: state, effects: [], events: [] };
      const {
        resolvedAt: _at,
        statusReason: _why,
        acknowledgedAt: _on,
        acknowledgedBy: _by,
        ...rest
      } = awake(state);
      return to({ ...rest, status: 'open' }, { kind: 'reopened' });
    }
  }
}

/** Without a snooze. Until when it was expected stays known: it says which days the verdict is about. */
export function awake(state: AlertState): AlertState {
  const { snoozedUntil: _until, snoozedGrowth: _growth, snoozedMicros: _micros, ...rest } = state;
  return rest;
}

function verdict(feedback: NonNullable<AlertState['feedback']>, by: string, now: number) {
  return { feedback, feedbackBy: by, feedbackAt: now };
}
